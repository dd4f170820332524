import { ascent, descent, type FontStyle, textWidth } from "./font.ts";
import { type Box, parseTransform, transformBox, union } from "./matrix.ts";
import { pathBox } from "./path.ts";

/**
 * Boxes of SVG elements. jsdom keeps the tree but lays nothing out, and without the widths of texts plotly
 * clips its legends ("train" becomes "t"), so this measures what plotly asks about: texts and groups of them.
 */
export function elementBox(element: Element): Box {
  const tag = element.tagName.toLowerCase();
  if (tag === "text" || tag === "tspan") return textBox(element);
  if (tag === "g" || tag === "svg" || tag === "a") return childrenBox(element);
  return shapeBox(element, tag);
}

/** The same box as it lies on the page: after the element's own transform and those of all around it. */
export function boxOnPage(element: Element): Box {
  let box = elementBox(element);
  for (let at: Element | null = element; at; at = at.parentElement) {
    box = transformBox(parseTransform(at.getAttribute("transform")), box);
  }
  return box;
}

/** The sum of the widths of the runs of text in an element. */
export function runWidth(element: Element): number {
  let width = 0;
  for (const node of element.childNodes) {
    if (node.nodeType === TEXT_NODE) width += textWidth(collapse(node.nodeValue ?? ""), fontStyle(element));
    else if (node.nodeType === ELEMENT_NODE) width += runWidth(node as Element);
  }
  return width;
}

function textBox(element: Element): Box {
  // A line has a place of its own; what is raised or lowered goes on in its line.
  const own = [...element.children].filter(child => child.classList.contains("line") || child.hasAttribute("x"));
  const lines = own.length ? own : [element];
  const font = fontStyle(element);
  const anchor = inherited(element, "text-anchor") ?? "start";
  const x = number(element, "x") ?? 0;
  const y = number(element, "y") ?? 0;
  return union(
    lines.map(line => {
      const width = runWidth(line);
      const left = (number(line, "x") ?? x) - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
      const baseline = (number(line, "y") ?? y) + ems(line.getAttribute("dy")) * font.size;
      return { left, right: left + width, top: baseline - ascent(font), bottom: baseline + descent(font) };
    }),
  );
}

function childrenBox(element: Element): Box {
  const drawn = [...element.children].filter(child => !UNDRAWN.has(child.tagName.toLowerCase()));
  const boxes = drawn.map(child => transformBox(parseTransform(child.getAttribute("transform")), elementBox(child)));
  return union(boxes.filter(box => box.right > box.left || box.bottom > box.top));
}

function shapeBox(element: Element, tag: string): Box {
  if (tag === "path") return pathBox(element.getAttribute("d") ?? "");
  const left = number(element, "x") ?? 0;
  const top = number(element, "y") ?? 0;
  return { left, top, right: left + (number(element, "width") ?? 0), bottom: top + (number(element, "height") ?? 0) };
}

function fontStyle(element: Element): FontStyle {
  const weight = inherited(element, "font-weight") ?? "normal";
  return {
    size: fontSizeOf(element),
    bold: weight === "bold" || Number(weight) >= 600,
    italic: inherited(element, "font-style") === "italic",
  };
}

/** The size of the letters of an element, by what it says itself and what it inherits. */
export function fontSizeOf(element: Element | null): number {
  if (!element) return DEFAULT_SIZE;
  const own = property(element, "font-size");
  const value = Number.parseFloat(own ?? "");
  if (!own || Number.isNaN(value)) return fontSizeOf(element.parentElement);
  if (own.endsWith("%")) return (value / 100) * fontSizeOf(element.parentElement);
  return own.endsWith("em") ? value * fontSizeOf(element.parentElement) : value;
}

function inherited(element: Element, name: string): string | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = property(at, name);
    if (value) return value;
  }
  return undefined;
}

/** Read from the style attribute's text: jsdom's parsed styles drop what they do not know and cost more. */
function property(element: Element, name: string): string | undefined {
  const declared = (element.getAttribute("style") ?? "").match(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`)?.[1];
  return declared?.trim() ?? element.getAttribute(name) ?? undefined;
}

function number(element: Element, name: string): number | undefined {
  const value = Number.parseFloat(element.getAttribute(name) ?? "");
  return Number.isNaN(value) ? undefined : value;
}

function ems(length: string | null): number {
  return length?.endsWith("em") ? Number.parseFloat(length) : 0;
}

function collapse(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\u200b/g, "");
}

const TEXT_NODE = 3;
const ELEMENT_NODE = 1;
const DEFAULT_SIZE = 12;
const UNDRAWN = new Set(["defs", "clippath", "title", "desc", "style", "metadata"]);
