import { escapeHtml, escapeStart, fenced, spelled } from "./escape.ts";
import { inline, oneLine, type Setting } from "./inline.ts";

/** The blocks of a piece of a page, which has been sanitised, as Markdown. */
export function blocks(parent: Node, setting: Setting): string[] {
  const all: string[] = [];
  let loose = parent.ownerDocument?.createElement("p");
  const endParagraph = () => {
    if (loose?.hasChildNodes()) all.push(...paragraph(loose, setting));
    loose = parent.ownerDocument?.createElement("p");
  };
  for (const node of parent.childNodes) {
    const isBlock = node.nodeType === ELEMENT_NODE && BLOCKS.has((node as Element).localName);
    if (!isBlock) loose?.append(node.cloneNode(true));
    else {
      endParagraph();
      all.push(...block(node as Element, setting));
    }
  }
  endParagraph();
  return all;
}

function block(element: Element, setting: Setting): string[] {
  const name = element.localName;
  const [, level] = /^h([1-6])$/.exec(name) ?? [];
  if (level !== undefined) return [`${"#".repeat(Number(level))} ${oneLine(element, setting)}`];
  switch (name) {
    case "p":
      return told(element, setting) ?? paragraph(element, setting);
    case "pre":
      return [code(element, setting)];
    case "ul":
    case "ol":
      return [list(element, setting)];
    case "blockquote":
      return [quoted(blocks(element, setting))];
    case "hr":
      return ["---"];
    case "table":
      return [table(element, setting)];
    case "details":
      return details(element, setting);
    case "figcaption":
      return paragraph(element, setting).map(text => `*${text}*`);
    case "dt":
      return paragraph(element, setting).map(text => `**${text}**`);
    case "dd":
      return [indented(blocks(element, setting).join("\n\n"), "- ")];
    default:
      return element.classList.contains("instructor") ? [quoted(blocks(element, setting))] : blocks(element, setting);
  }
}

/** A displayed formula ends the paragraph, as a line of its own has it drawn large. */
function paragraph(element: Element, setting: Setting): string[] {
  return inline(element, setting)
    .split(/\n\n+/)
    .map(text => escapeStart(text.trim()))
    .filter(Boolean);
}

/** Claims and verdicts, which a page shows by colours too, in words. */
function told(element: Element, setting: Setting): string[] | undefined {
  if (element.classList.contains("instructor-label")) return [`**${oneLine(element, setting)}**`];
  if (!element.classList.contains("claim") && !element.classList.contains("exercise")) return undefined;
  const copy = element.cloneNode(true) as Element;
  const mark = copy.querySelector(".mark");
  const sign = mark?.textContent ?? "";
  mark?.remove();
  const small = copy.querySelector("small");
  const distance = small ? oneLine(small, setting) : "";
  small?.remove();
  const words = element.classList.contains("claim")
    ? `**Claim, ${element.classList.contains("holds") ? "holds" : "fails"}:** `
    : "";
  return [quoted([`${sign} ${words}${oneLine(copy, setting)}${distance ? `; ${distance}` : ""}`])];
}

function code(element: Element, { formulas, language }: Setting): string {
  const text = spelled(element.textContent ?? "", formulas).replace(/\n$/, "");
  return fenced(text, element.classList.contains("code") ? language : "text");
}

function list(element: Element, setting: Setting): string {
  const start = Number(element.getAttribute("start") ?? 1);
  const items = [...element.children].filter(each => each.localName === "li");
  const isLoose = items.some(item => [...item.children].some(each => each.localName === "p"));
  return items
    .map((item, index) => {
      const mark = element.localName === "ol" ? `${Number.isSafeInteger(start) ? start + index : index + 1}. ` : "- ";
      return indented(blocks(item, setting).join("\n\n"), mark);
    })
    .join(isLoose ? "\n\n" : "\n");
}

function indented(text: string, mark: string): string {
  return mark + text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(mark.length)}`);
}

function quoted(all: readonly string[]): string {
  return all.join("\n\n").replace(/^/gm, "> ").replace(/^> $/gm, ">");
}

function table(element: Element, setting: Setting): string {
  const rows = [...element.querySelectorAll("tr")].map(row =>
    [...row.children].map(cell => oneLine(cell, setting).replaceAll("|", "\\|")),
  );
  const width = Math.max(1, ...rows.map(({ length }) => length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, index) => cells[index] ?? "").join(" | ")} |`;
  const hasHead = element.querySelector("tr th:first-child, thead") !== null;
  const [head = [], ...body] = hasHead ? rows : [[], ...rows];
  const rule = `|${" --- |".repeat(width)}`;
  return [line(head), rule, ...body.map(line)].join("\n");
}

/** Folded as on the page; where Markdown is read as text, it reads on. */
function details(element: Element, setting: Setting): string[] {
  const summary = [...element.children].find(each => each.localName === "summary");
  const rest = element.cloneNode(true) as Element;
  [...rest.children].find(each => each.localName === "summary")?.remove();
  const words = spelled(summary?.textContent ?? "More", setting.formulas)
    .replace(/\s+/g, " ")
    .trim();
  return [`<details>\n<summary>${escapeHtml(words)}</summary>`, ...blocks(rest, setting), "</details>"];
}

const BLOCKS = new Set(
  "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table ul".split(
    " ",
  ),
);
const ELEMENT_NODE = 1;
