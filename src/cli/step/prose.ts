import { stripVTControlCharacters, styleText } from "node:util";
import MarkdownIt from "markdown-it";
import { type Formula, replaceMarks, separateMath } from "../../handout/mathText.ts";

type Token = ReturnType<InstanceType<typeof MarkdownIt>["parse"]>[number];

/** A text cell for a terminal: headings, lists, emphasis and code; formulas stay as their TeX. */
export function renderProse(source: string, width: number): string {
  // Formulas are no Markdown: their underscores and stars mean something else.
  const { text, formulas } = separateMath(source);
  const lines: string[] = [];
  const prefix: string[] = [];
  let isHeading = false;
  const lists: { next: number | undefined }[] = [];
  for (const token of parser.parse(text, {})) {
    const indent = "  ".repeat(Math.max(0, lists.length - 1));
    if (token.type === "bullet_list_open") lists.push({ next: undefined });
    else if (token.type === "ordered_list_open") lists.push({ next: Number(token.attrGet("start") ?? 1) });
    else if (token.type.endsWith("list_close")) lists.pop();
    else if (token.type === "list_item_open") prefix.push(`${indent}${marker(lists.at(-1))} `);
    else if (token.type === "blockquote_open") prefix.push("│ ");
    else if (token.type === "heading_open") {
      isHeading = true;
      prefix.push("");
    } else if (token.type === "inline") {
      const plain = inline(token.children ?? []);
      const inside = isHeading ? styled("bold", plain) : plain;
      isHeading = false;
      const lead = prefix.pop() ?? "  ".repeat(lists.length);
      lines.push(...wrap(inside, width, lead), "");
    } else if (token.type === "fence" || token.type === "code_block") {
      lines.push(
        ...token.content
          .trimEnd()
          .split("\n")
          .map(line => `    ${line}`),
        "",
      );
    } else if (token.type === "hr") lines.push("─".repeat(Math.min(width, 40)), "");
  }
  return replaceMarks(lines.join("\n"), index => texOf(formulas[index]));
}

function texOf(formula: Formula | undefined): string {
  if (formula === undefined) return "";
  return styled("magenta", formula.display ? `$$${formula.tex.trim()}$$` : `$${formula.tex}$`);
}

function marker(list: { next: number | undefined } | undefined): string {
  if (list?.next === undefined) return "•";
  return `${list.next++}.`;
}

function inline(tokens: readonly Token[]): string {
  let text = "";
  const open: string[] = [];
  for (const token of tokens) {
    if (token.type === "strong_open") open.push("bold");
    else if (token.type === "em_open") open.push("italic");
    else if (token.type === "link_open") open.push("underline");
    else if (token.nesting === -1) open.pop();
    else if (token.type === "code_inline") text += styled("cyan", token.content);
    else if (token.type === "image") text += `[picture: ${token.content}]`;
    else if (token.type === "softbreak" || token.type === "hardbreak") text += " ";
    else text += open.reduce((inside, style) => styled(style, inside), token.content);
  }
  return text;
}

function styled(style: string, text: string): string {
  return styleText(style as Parameters<typeof styleText>[0], text);
}

/** Lines no wider than that, as a terminal shows them; formulas count as one character, so they stay whole. */
function wrap(text: string, width: number, lead: string): string[] {
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(/\s+/)) {
    const isFirst = line === lead || line.trim() === "";
    if (!isFirst && shownLength(line) + 1 + shownLength(word) > width) {
      lines.push(line);
      line = `${" ".repeat(lead.length)}${word}`;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line];
}

function shownLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

const parser = new MarkdownIt();
