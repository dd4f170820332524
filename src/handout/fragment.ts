import { JSDOM } from "jsdom";

/** HTML as a tree that nothing runs in and nothing is loaded by. */
export function toFragment(html: string): DocumentFragment {
  shared ??= new JSDOM("");
  const template = shared.window.document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function toHtml(fragment: DocumentFragment): string {
  const template = fragment.ownerDocument.createElement("template");
  template.content.append(fragment);
  return template.innerHTML;
}

let shared: JSDOM | undefined;
