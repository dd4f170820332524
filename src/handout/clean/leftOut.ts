import { isLinkable } from "./addresses.ts";

/** What stands in the place of a picture or an embedded thing that a page without requests and programs cannot show. */
export function placeOf(element: Element): Element | undefined {
  const what = KINDS[element.localName.toLowerCase()];
  if (what === undefined) return undefined;
  const address = addressOf(element);
  const words = element.getAttribute("alt") || element.getAttribute("title") || address;
  // Within a link it is that link's words: one in another would end it, and leave it empty.
  const isLink = isLinkable(address) && address !== "" && !element.closest("a");
  const link = element.ownerDocument.createElement(isLink ? "a" : "span");
  link.textContent = words ? `[${what}: ${shortened(words)}]` : `[${what}]`;
  if (link.localName === "a") link.setAttribute("href", address);
  link.className = what === "picture" ? "picture-elsewhere" : "left-out";
  return link;
}

/** Where it is; what is in the page itself has no address that anybody could read. */
function addressOf(element: Element): string {
  const own = element.getAttribute("src") ?? element.getAttribute("data");
  const address = (own ?? element.querySelector("source[src]")?.getAttribute("src") ?? "").trim();
  return /^(data|blob|about|javascript):/i.test(address.replace(/[\p{Cc}\s]/gu, "")) ? "" : address;
}

function shortened(words: string): string {
  return words.length > 120 ? `${words.slice(0, 119)}…` : words;
}

const KINDS: Readonly<Record<string, string>> = {
  img: "picture",
  iframe: "embedded page",
  frame: "embedded page",
  object: "embedded document",
  embed: "embedded document",
  audio: "sound",
  video: "film",
};
