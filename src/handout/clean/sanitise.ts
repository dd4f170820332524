import { isLinkable, isPicture } from "./addresses.ts";
import { attributesAllowed, elementsAllowed, elementsDropped, XHTML } from "./allowed.ts";
import { cleanDeclarations, cleanStyleSheet } from "./css.ts";
import { placeOf } from "./leftOut.ts";

/** Where a fragment goes. */
export interface Destination {
  /** Put before every id and every reference to one, so that several fragments share a page. */
  ids: string;
  /** The `data-scope` of the element around the fragment, to which its style sheets apply; without it they go. */
  scope?: string;
}

/** What a reader should know that was there and is not. */
export interface LeftOut {
  scripts: boolean;
}

/**
 * Takes out of HTML or SVG all that could run, reach outside the page or disturb it: known elements and
 * attributes stay, everything else goes. Pictures from elsewhere become links, as a handout asks for nothing.
 */
export function sanitise(fragment: DocumentFragment, destination: Destination): LeftOut {
  const cleaner = new Cleaner(destination);
  cleaner.children(fragment);
  return { scripts: cleaner.scripts };
}

/** The value of an attribute that may stay, or nothing. */
export function cleanAttribute(element: string, name: string, value: string, ids: string): string | undefined {
  if (ID_LISTS.has(name) || (name === "name" && element === "a")) return prefixAll(withoutMarks(value), ids);
  if (name === "href" || name === "xlink:href") return cleanReference(element, withoutMarks(value).trim(), ids);
  if (name === "src") return element === "img" && isPicture(value) ? value : undefined;
  if (name === "style") return cleanDeclarations(value, ids) || undefined;
  if (name === "tabindex") return value.trim() === "0" ? "0" : "-1";
  if (!attributesAllowed.has(name) && !/^aria-[a-z]+$/.test(name)) return undefined;
  return WORDS.test(name) ? withoutMarks(value) : cleanPresentation(value, ids);
}

class Cleaner {
  scripts = false;
  readonly #destination: Destination;

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  children(parent: ParentNode & Node): void {
    for (let node = parent.firstChild; node; ) {
      let next: ChildNode | null = node.nextSibling;
      if (node.nodeType === ELEMENT_NODE) next = this.#element(node as Element) ?? next;
      else if (node.nodeType !== TEXT_NODE) node.remove();
      node = next;
    }
  }

  /** Where the content of an element stays without it, the first of that, which is still to be seen to. */
  #element(element: Element): ChildNode | undefined {
    const name = element.localName.toLowerCase();
    if (name === "style") return this.#style(element);
    if (name === "script") this.scripts = true;
    if (elementsDropped.has(name)) {
      const place = placeOf(element);
      if (place) element.replaceWith(place);
      else element.remove();
      return undefined;
    }
    if (!isAllowed(element)) {
      const [first] = element.childNodes;
      element.replaceWith(...element.childNodes);
      return first;
    }
    if (name === "img" && !isPicture(element.getAttribute("src") ?? "")) {
      element.replaceWith(placeOf(element) as Element);
      return undefined;
    }
    for (const attribute of [...element.attributes]) {
      const kept = cleanAttribute(name, attribute.name.toLowerCase(), attribute.value, this.#destination.ids);
      if (kept === undefined) element.removeAttributeNode(attribute);
      else attribute.value = kept;
    }
    this.children(element);
    return undefined;
  }

  #style(element: Element): undefined {
    const { ids, scope } = this.#destination;
    const css = scope === undefined ? "" : cleanStyleSheet(element.textContent ?? "", scope, ids);
    for (const attribute of [...element.attributes]) element.removeAttributeNode(attribute);
    element.textContent = css;
    if (css === "") element.remove();
  }
}

/** Whether an element is known in its own language, and stands where that language may begin or go on. */
function isAllowed(element: Element): boolean {
  const { localName, namespaceURI, parentElement } = element;
  const name = localName.toLowerCase();
  if (!elementsAllowed[namespaceURI ?? ""]?.has(name)) return false;
  const around = parentElement?.namespaceURI ?? XHTML;
  return (
    around === namespaceURI || name === "svg" || name === "math" || INTEGRATION.has(parentElement?.localName ?? "")
  );
}

function cleanReference(element: string, value: string, ids: string): string | undefined {
  if (value.startsWith("#")) return `#${ids}${value.slice(1)}`;
  if (element === "image") return isPicture(value) ? value : undefined;
  return element === "a" && isLinkable(value) ? value : undefined;
}

/** Attributes for the look: references inside the page stay, anything that could load goes. */
function cleanPresentation(value: string, ids: string): string | undefined {
  const outside = value.replace(REFERENCE, "");
  if (/url\s*\(|image\s*\(|image-set|src\s*\(|@import|expression|javascript:|[\\<]/i.test(outside)) return undefined;
  return withoutMarks(value).replace(REFERENCE, (_, _quote, id) => `url(#${ids}${id})`);
}

function prefixAll(list: string, ids: string): string {
  return list.replace(/[^\s]+/g, id => ids + id);
}

/** What stands for a formula is HTML later on, which has no place in an attribute. */
function withoutMarks(value: string): string {
  return value.replace(/[\uE000\uE001]/g, "");
}

const REFERENCE = /url\(\s*(["']?)#([^"')\s\\<]+)\1\s*\)/gi;
const ID_LISTS = new Set(["id", "headers", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"]);
/** Attributes that hold words for a reader, which may well speak of expressions and urls. */
const WORDS = /^(alt|title|alttext|aria-.*|lang|class|cite|datetime|abbr)$/;
/** Elements of SVG and MathML in which HTML may stand. */
const INTEGRATION = new Set(["desc", "title", "mtext", "mi", "mo", "mn", "ms"]);
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;
