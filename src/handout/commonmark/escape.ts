import { type Formula, replaceMarks } from "../mathText.ts";

/** A text as Markdown that reads as it is: nothing in it is a mark, a tag or an address of its own. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*[\]$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/~(?=~)/g, "\\~")
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replaceAll("<", "&lt;");
}

/** A line whose first sign would make it a heading, an item or a rule. */
export function escapeStart(line: string): string {
  return line.replace(/^(\s*)([#+=>-])/, "$1\\$2").replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

/** The content of an element of HTML that Markdown leaves alone. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Code with as many backticks around it as it takes. */
export function inlineCode(code: string): string {
  const text = code.replace(/\s+/g, " ");
  const fence = "`".repeat(longestRun(text) + 1);
  const space = /^`|`$|^ .*\S.* $/.test(text) ? " " : "";
  return text === "" ? "" : `${fence}${space}${text}${space}${fence}`;
}

/** A block of code, with a fence that nothing in it ends. */
export function fenced(code: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${/^[\w+#.-]*$/.test(language) ? language : ""}\n${code}\n${fence}`;
}

/** An address in angle brackets where it needs them; no address ends the link. */
export function address(href: string): string {
  const written = href.replace(/[\s<>\\]/g, encodeURIComponent);
  return /[()]/.test(written) ? `<${written}>` : written;
}

/**
 * A formula between dollars. References have the numbers of their equations, which not every reader of Markdown counts;
 * and a reader that knows no formulas finds neither a tag nor a link in one.
 */
export function formula({ tex, display }: Formula, numbers: ReadonlyMap<string, string>): string {
  const [, eq, label = ""] = /^\\(eq)?ref\{([^}]*)\}$/.exec(tex) ?? [];
  const number = numbers.get(label);
  if (number !== undefined) return escapeText(eq ? `(${number})` : number);
  const line = tex
    .replace(/(?<!\\)%.*$/gm, "")
    .replace(/\\label\s*\{[^{}]*\}/g, "")
    .replace(/\\(eq)?ref\s*\{([^{}]*)\}/g, (whole, isEq, name) => {
      const known = numbers.get(name);
      return known === undefined ? whole : `\\text{${isEq ? `(${known})` : known}}`;
    })
    .replace(/\\?<|&lt;/g, "\\lt ")
    .replace(/`/g, "\\unicode{96}")
    .replace(/\](?=[(:[])/g, "]{}")
    .replace(/\s+/g, " ")
    .trim();
  return display ? `$$${line}$$` : `$${line}$`;
}

/** A text of a page with its formulas in words of TeX, for alt texts. */
export function spelled(text: string, formulas: readonly Formula[]): string {
  return replaceMarks(text, index => formulas[index]?.tex ?? "");
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
