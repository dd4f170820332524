import { attributesAllowed, elementsAllowed, elementsDropped } from "./allowed.ts";

/**
 * Takes out of HTML or SVG all that could run, reach outside the page or disturb it: known elements and
 * attributes stay, everything else goes. Pictures from elsewhere become links, as a handout asks for nothing.
 *
 * `namespace` is put before every id and every reference to one, so that several fragments share a page.
 */
export function sanitise(fragment: DocumentFragment, namespace: string): void {
  cleanChildren(fragment, namespace);
}

function cleanChildren(parent: ParentNode & Node, namespace: string): void {
  for (const node of [...parent.childNodes]) {
    if (node.nodeType === TEXT_NODE) continue;
    if (node.nodeType !== ELEMENT_NODE) node.remove();
    else cleanElement(node as Element, namespace);
  }
}

function cleanElement(element: Element, namespace: string): void {
  const name = element.localName.toLowerCase();
  if (elementsDropped.has(name)) {
    element.remove();
    return;
  }
  cleanChildren(element, namespace);
  if (!elementsAllowed.has(name)) {
    element.replaceWith(...element.childNodes);
    return;
  }
  const picture = element.getAttribute("src");
  if (name === "img" && picture !== null && !isPicture(picture)) {
    element.replaceWith(linkTo(element, picture));
    return;
  }
  for (const { name: attribute, value } of [...element.attributes]) {
    const kept = cleanAttribute(name, attribute.toLowerCase(), value, namespace);
    if (kept === undefined) element.removeAttribute(attribute);
    else element.setAttribute(attribute, kept);
  }
}

/** The value that may stay, or nothing. */
function cleanAttribute(element: string, name: string, value: string, namespace: string): string | undefined {
  if (name === "id" || name === "headers" || (name === "name" && element === "a")) return prefixAll(value, namespace);
  if (name === "aria-labelledby" || name === "aria-describedby") return prefixAll(value, namespace);
  if (name === "href" || name === "xlink:href") return cleanReference(element, value.trim(), namespace);
  if (name === "src") return value;
  if (!attributesAllowed.has(name) && !name.startsWith("aria-") && !name.startsWith("data-")) return undefined;
  return WORDS.test(name) ? value : cleanCss(value, namespace);
}

function cleanReference(element: string, value: string, namespace: string): string | undefined {
  if (value.startsWith("#")) return `#${namespace}${value.slice(1)}`;
  if (element === "image") return isPicture(value) ? value : undefined;
  if (element !== "a") return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(withoutControls(value))?.[1]?.toLowerCase();
  return scheme === undefined || LINK_SCHEMES.has(scheme) ? value : undefined;
}

/** Styles and presentation attributes: references inside the page stay, anything that could load goes. */
function cleanCss(value: string, namespace: string): string | undefined {
  const outside = value.replace(/url\(\s*(["']?)#([^"')]+)\1\s*\)/gi, "");
  if (/url\s*\(|image\s*\(|image-set|src\s*\(|@import|expression|\\|position\s*:\s*(fixed|sticky)/i.test(outside))
    return undefined;
  return value.replace(/url\(\s*(["']?)#([^"')]+)\1\s*\)/gi, (_, _quote, id) => `url(#${namespace}${id})`);
}

function prefixAll(ids: string, namespace: string): string {
  return ids.replace(/[^\s]+/g, id => namespace + id);
}

function isPicture(address: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(address.trim());
}

function linkTo(image: Element, address: string): Element {
  const link = image.ownerDocument.createElement("a");
  link.textContent = `[picture: ${image.getAttribute("alt") || address}]`;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(withoutControls(address))?.[1]?.toLowerCase();
  if (scheme === undefined || LINK_SCHEMES.has(scheme)) link.setAttribute("href", address);
  link.className = "picture-elsewhere";
  return link;
}

/** Browsers skip control characters and spaces inside a scheme; so must whoever checks it. */
function withoutControls(address: string): string {
  return address.replace(/[\p{Cc}\s]/gu, "");
}

/** Attributes that hold words for a reader, which may well speak of expressions and urls. */
const WORDS = /^(alt|title|alttext|aria-.*|data-.*|lang|class)$/;
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;
const LINK_SCHEMES = new Set(["http", "https", "mailto"]);
