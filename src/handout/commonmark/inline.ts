import type { Formula } from "../mathText.ts";
import { address, escapeText, formula, inlineCode, spelled } from "./escape.ts";
import type { FigureFiles } from "./figureFiles.ts";

/** What the text of a lecture needs to become Markdown. */
export interface Setting {
  formulas: readonly Formula[];
  /** The numbers of equations, by their labels. */
  numbers: ReadonlyMap<string, string>;
  figures: FigureFiles;
  /** The language of the code of a cell. */
  language: string;
}

/** The content of a paragraph on one line, displayed formulas on lines of their own. */
export function inline(node: Node, setting: Setting): string {
  return [...node.childNodes].map(child => inlineNode(child, setting)).join("");
}

/** The same for places that are one line: headings, cells of tables. */
export function oneLine(node: Node, setting: Setting): string {
  return inline(node, setting).replace(/\s+/g, " ").trim();
}

function inlineNode(node: Node, setting: Setting): string {
  if (node.nodeType === TEXT_NODE) return textWithFormulas(node.nodeValue ?? "", setting);
  if (node.nodeType !== ELEMENT_NODE) return "";
  const element = node as Element;
  const inside = () => inline(element, setting);
  switch (element.localName) {
    case "style":
    case "script":
      return "";
    case "br":
      return "<br>";
    case "code":
      return inlineCode(spelled(element.textContent ?? "", setting.formulas));
    case "em":
    case "i":
      return around("*", inside());
    case "strong":
    case "b":
      return around("**", inside());
    case "del":
    case "s":
      return around("~~", inside());
    case "sub":
    case "sup":
    case "kbd":
    case "u":
      return `<${element.localName}>${inside()}</${element.localName}>`;
    case "a":
      return link(element, inside());
    case "img":
    case "svg":
      return setting.figures.reference(element, setting.formulas);
    default:
      return inside();
  }
}

/** Marks stand right at the text, or they are none. */
function around(mark: string, text: string): string {
  const [, before = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return words === "" ? text : `${before}${mark}${words}${mark}${after}`;
}

/** Cells have no names in Markdown: a link to one leads to its file, and one within the file is its text. */
function link(element: Element, text: string): string {
  const href = element.getAttribute("href");
  const target = href?.replace(/#cell-id=.*$/s, "") ?? "";
  if (target === "" || text.trim() === "") return text;
  return `[${text.replace(/\s+/g, " ")}](${address(target.startsWith("#") ? slug(target) : target)})`;
}

/** What hosts of Markdown call a heading. */
function slug(anchor: string): string {
  const name = decoded(anchor.slice(1)).toLowerCase();
  return `#${name.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function textWithFormulas(text: string, { formulas, numbers }: Setting): string {
  return text
    .split(/(\uE000\d+\uE001)/)
    .map(part => {
      const [, index] = /^\uE000(\d+)\uE001$/.exec(part) ?? [];
      const found = index === undefined ? undefined : formulas[Number(index)];
      if (found === undefined) return escapeText(part.replace(/\s+/g, " "));
      const written = formula(found, numbers);
      return found.display ? `\n\n${written}\n\n` : written;
    })
    .join("");
}

const ELEMENT_NODE = 1;
const TEXT_NODE = 3;
