import { JSDOM } from "jsdom";
import { Html } from "./html.ts";

/** HTML of a notebook as a tree that nothing runs in and nothing is loaded by. */
export function toFragment(html: string): DocumentFragment {
  shared ??= new JSDOM("");
  const template = shared.window.document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** A tree that has been sanitised, as HTML of a page. */
export function toHtml(fragment: DocumentFragment): Html {
  const template = fragment.ownerDocument.createElement("template");
  template.content.append(fragment);
  return Html.of(template.innerHTML);
}

let shared: JSDOM | undefined;
