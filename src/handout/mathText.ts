import { Html, html, joined } from "./html.ts";

/** A formula found in Markdown: its TeX, and whether it stands on a line of its own. */
export interface Formula {
  tex: string;
  display: boolean;
  /** Whether it stands in a link, where no other link may be. */
  inLink?: boolean;
}

export interface SeparatedMath {
  /** The text with a mark in place of each formula. */
  text: string;
  formulas: Formula[];
}

/**
 * Takes the formulas out of Markdown before it is read, as Jupyter does: TeX is full of `_`, `*`, `|` and
 * `\\`, which Markdown would take for its own. Code keeps its dollars. Marks count on from `first`.
 */
export function separateMath(markdown: string, first = 0): SeparatedMath {
  const formulas: Formula[] = [];
  const text = withoutMarks(markdown).replace(TOKEN, (token, ...rest) => {
    const found = rest.at(-1) as Record<string, string | undefined>;
    if (found.escaped) return "&#36;";
    const inline = found.dollar ?? found.parenthesis ?? found.reference;
    const tex = inline ?? found.dollars ?? found.bracket ?? found.environment;
    if (tex === undefined) return token;
    formulas.push({ tex: tex.trim(), display: inline === undefined });
    return markOf(first + formulas.length - 1);
  });
  return { text, formulas };
}

/** Text that was searched for formulas, as HTML with its marks in it. */
export function withMarks(text: string): Html {
  return joined(
    text.split(SPLIT).map(part => (WHOLE.test(part) ? Html.of(part) : html`${part}`)),
    "",
  );
}

/** Has the formulas of a fragment know that they stand in a link. */
export function noteMathInLinks(fragment: DocumentFragment, formulas: readonly Formula[]): void {
  for (const link of fragment.querySelectorAll("a")) {
    for (const [, index] of (link.textContent ?? "").matchAll(MARK)) {
      const formula = formulas[Number(index)];
      if (formula) formula.inLink = true;
    }
  }
}

/** Text without what reads as a mark: nobody but us may say where a formula stands. */
export function withoutMarks(text: string): string {
  return text.replace(/[\uE000\uE001]/g, "");
}

/** Puts something back in place of each mark. */
export function replaceMarks(text: string, replacement: (index: number) => string): string {
  return text.replace(MARK, (_, index) => replacement(Number(index)));
}

/** Private-use characters: Markdown takes them for letters, and no text has them. */
function markOf(index: number): string {
  return `\uE000${index}\uE001`;
}

const MARK = /\uE000(\d+)\uE001/g;
const SPLIT = /(\uE000\d+\uE001)/;
const WHOLE = /^\uE000\d+\uE001$/;

const CODE =
  "^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?(?:^ {0,3}\\k<fence>[`~]*[ \\t]*$|(?![\\s\\S]))|(?<ticks>`+)(?!`)[\\s\\S]*?[^`]\\k<ticks>(?!`)";
const ESCAPED = "(?<escaped>\\\\\\$)|\\\\\\\\(?![(\\[])";
const DISPLAY = "\\$\\$(?<dollars>(?:\\\\[\\s\\S]|[^$\\\\])+?)\\$\\$";
const BRACKETS =
  "\\\\{1,2}\\[(?<bracket>[\\s\\S]+?)\\\\{1,2}\\]|\\\\{1,2}\\((?<parenthesis>(?:(?!\\n[ \\t]*\\n)[\\s\\S])+?)\\\\{1,2}\\)";
const ENVIRONMENT = "(?<environment>\\\\begin\\{(?<name>[a-zA-Z]+\\*?)\\}[\\s\\S]*?\\\\end\\{\\k<name>\\})";
// As in pandoc: text stands right inside both dollars and no digit right behind, or `$5 and $10` would be a formula.
const INLINE = "\\$(?!\\s)(?<dollar>(?:\\\\[\\s\\S]|(?!\\n[ \\t]*\\n)[^$\\\\])*(?:\\\\\\S|[^\\s$\\\\]))\\$(?!\\d)";
const REFERENCE = "(?<reference>\\\\(?:eq)?ref\\{[^}\\n]*\\})";
const TOKEN = new RegExp([CODE, ESCAPED, DISPLAY, BRACKETS, ENVIRONMENT, INLINE, REFERENCE].join("|"), "gm");
