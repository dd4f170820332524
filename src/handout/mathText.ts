/** A formula found in Markdown: its TeX, and whether it stands on a line of its own. */
export interface Formula {
  tex: string;
  display: boolean;
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
  const text = markdown.replace(TOKEN, (token, ...rest) => {
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

/** Puts something back in place of each mark. */
export function replaceMarks(text: string, replacement: (index: number) => string): string {
  return text.replace(MARK, (_, index) => replacement(Number(index)));
}

/** Private-use characters: Markdown takes them for letters, and no text has them. */
function markOf(index: number): string {
  return `\uE000${index}\uE001`;
}

const MARK = /\uE000(\d+)\uE001/g;

const CODE =
  "^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?(?:^ {0,3}\\k<fence>[`~]*[ \\t]*$|(?![\\s\\S]))|(?<ticks>`+)(?!`)[\\s\\S]*?[^`]\\k<ticks>(?!`)";
const ESCAPED = "(?<escaped>\\\\\\$)|\\\\\\\\(?![(\\[])";
const DISPLAY = "\\$\\$(?<dollars>(?:\\\\[\\s\\S]|[^$\\\\])+?)\\$\\$";
const BRACKETS =
  "\\\\{1,2}\\[(?<bracket>[\\s\\S]+?)\\\\{1,2}\\]|\\\\{1,2}\\((?<parenthesis>(?:(?!\\n[ \\t]*\\n)[\\s\\S])+?)\\\\{1,2}\\)";
const ENVIRONMENT = "(?<environment>\\\\begin\\{(?<name>[a-zA-Z]+\\*?)\\}[\\s\\S]*?\\\\end\\{\\k<name>\\})";
const INLINE = "\\$(?<dollar>(?:\\\\[\\s\\S]|(?!\\n[ \\t]*\\n)[^$\\\\])+)\\$";
const REFERENCE = "(?<reference>\\\\(?:eq)?ref\\{[^}\\n]*\\})";
const TOKEN = new RegExp([CODE, ESCAPED, DISPLAY, BRACKETS, ENVIRONMENT, INLINE, REFERENCE].join("|"), "gm");
