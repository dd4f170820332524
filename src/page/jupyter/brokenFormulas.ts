/**
 * Markdown in which a formula whose braces do not match stands by itself: as its TeX, with what is wrong.
 *
 * Jupyter goes on to the brace that closes, and takes the rest of a table into the formula.
 */
export function withoutBrokenFormulas(markdown: string): string {
  return markdown.replace(TOKEN, (token, ...rest) => {
    const { tex = "" } = rest.at(-1) as { tex?: string };
    const fault = faultOf(tex);
    if (fault === undefined) return token;
    const code = tex
      .trim()
      .replace(/\s+/g, " ")
      .replaceAll("`", "'")
      .replace(/(?<!\\)\|/g, "\\|");
    return `\`${code}\` **✗ ${fault}**`;
  });
}

function faultOf(tex: string): string | undefined {
  let open = 0;
  for (const [brace] of tex.matchAll(BRACES)) {
    if (brace === "{") open++;
    else if (brace === "}" && --open < 0) return "a } closes what no { opened";
  }
  return open > 0 ? "a { is not closed" : undefined;
}

const BRACES = /\\[\s\S]|[{}]/g;
const CODE =
  "^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?(?:^ {0,3}\\k<fence>[`~]*[ \\t]*$|(?![\\s\\S]))|(?<ticks>`+)(?!`)[\\s\\S]*?[^`]\\k<ticks>(?!`)";
const ESCAPED = "\\\\[\\s\\S]";
const FORMULA = "(?<dollars>\\$\\$?)(?<tex>(?:\\\\[\\s\\S]|(?!\\n[ \\t]*\\n)[^$\\\\])+)\\k<dollars>";
/** A text in a formula may hold a formula, three braces deep. */
const inBraces = (inner: string) => `\\{(?:\\\\.|[^{}\\\\\\n]|${inner})*\\}`;
const NESTED = inBraces(inBraces(inBraces("(?!)")));
const WHOLE = `(?<whole>\\$\\$?)(?:\\\\.|[^$\\\\{}\\n]|${NESTED})+\\k<whole>`;
const TOKEN = new RegExp([CODE, ESCAPED, WHOLE, FORMULA].join("|"), "gm");
