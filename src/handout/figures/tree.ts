import { JSDOM } from "jsdom";

/**
 * A drawing as a tree of plain elements, to be read and shortened: under another name of its language, because jsdom
 * parses the style of every element of SVG anew whenever it changes, which takes longer than all else. Undefined where
 * there is no drawing.
 */
export function parseDrawing(svg: string): Element | undefined {
  const { window } = opened();
  const { documentElement } = new window.DOMParser().parseFromString(svg.replaceAll(SVG, PLAIN), "application/xml");
  if (documentElement.localName === "svg") return documentElement;
  // What is no XML may still be what a browser takes.
  const holder = window.document.createElement("div");
  holder.innerHTML = svg;
  return holder.querySelector("svg") ?? undefined;
}

/** A tree as the text of a drawing. */
export function writeDrawing(drawing: Element): string {
  return new (opened().window.XMLSerializer)().serializeToString(drawing).replaceAll(PLAIN, SVG);
}

function opened(): JSDOM {
  shared ??= new JSDOM("");
  return shared;
}

let shared: JSDOM | undefined;

const SVG = ' xmlns="http://www.w3.org/2000/svg"';
const PLAIN = ' xmlns="urn:lectern:drawing"';
