import { JSDOM } from "jsdom";
import { address, escapeText, spelled } from "./escape.ts";
import type { Formula } from "../mathText.ts";

/** Has drawings say themselves what their style sheets apply to: the element around them is not in their files. */
export function scopeDrawings(fragment: DocumentFragment): void {
  for (const svg of fragment.querySelectorAll("svg")) {
    const scope = svg.closest("[data-scope]")?.getAttribute("data-scope");
    if (scope) svg.setAttribute("data-scope", scope);
  }
}

/** The figures of a lecture as files that lie beside its text, in a folder of their own. */
export class FigureFiles {
  /** What is to be written, by the names in the folder. */
  readonly files = new Map<string, string | Uint8Array>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps a picture as a file, and returns what shows it, with its words. Pictures come from the sanitiser. */
  reference(element: Element, formulas: readonly Formula[]): string {
    const kept = element.localName === "svg" ? this.#drawing(element) : this.#picture(element);
    const words = element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "";
    const alt = escapeText(spelled(words, formulas).replace(/\s+/g, " ").trim());
    return kept === undefined ? alt : `![${alt}](${address(`${encodeURIComponent(this.#folder)}/${kept}`)})`;
  }

  #drawing(svg: Element): string {
    const copy = svg.cloneNode(true) as Element;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return this.#keep("svg", `${serializer().serializeToString(copy)}\n`);
  }

  #picture(image: Element): string | undefined {
    const source = image.getAttribute("src") ?? "";
    const [, type = "", isBase64, content = ""] = /^data:image\/([a-z+]+)[^,]*?(;base64)?,(.*)$/is.exec(source) ?? [];
    const ending = ENDINGS[type.toLowerCase()];
    if (ending === undefined) return undefined;
    return this.#keep(ending, isBase64 ? Buffer.from(content, "base64") : decoded(content));
  }

  #keep(ending: string, content: string | Uint8Array): string {
    const name = `figure-${this.files.size + 1}.${ending}`;
    this.files.set(name, content);
    return name;
  }
}

function serializer(): XMLSerializer {
  shared ??= new new JSDOM("").window.XMLSerializer();
  return shared;
}

let shared: XMLSerializer | undefined;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Drawings in addresses are left out: what is in them has not been through the sanitiser. */
const ENDINGS: Readonly<Record<string, string>> = { png: "png", jpeg: "jpg", gif: "gif", webp: "webp", avif: "avif" };
