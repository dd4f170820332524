import { plainTex } from "./plainTex.ts";

/**
 * Markdown in plain words, for places where nothing is typeset: links, emphasis, code and formulas lose their marks.
 * References get the numbers of their equations, by the labels.
 */
export function plainWords(markdown: string, numbers?: ReadonlyMap<string, string>): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(?<!\\)(\$\$?)([^$]*)\1/g, (_, __, tex: string) => plainTex(tex, numbers))
    .replace(/\\begin\{([a-z]+\*?)\}[\s\S]*?\\end\{\1\}|\\(?:eq)?ref\{[^}\n]*\}/g, tex => plainTex(tex, numbers))
    .replace(/(\*\*|__|\*|`)(.+?)\1/g, "$2");
}

/** The text of a whole cell as it reads, in one line: what marks its blocks goes too. */
export function plainText(markdown: string, numbers?: ReadonlyMap<string, string>): string {
  const inLines = markdown
    .replace(/^ {0,3}(`{3,}|~{3,}).*$/gm, "")
    .replace(/<!--[\s\S]*?-->|<\/?[a-z][^<>]*>/gi, " ")
    .replace(/^ {0,3}(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, "")
    .replace(/^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t:-]*$/gm, "")
    .replace(/^[ \t]*\||\|[ \t]*$/gm, "");
  return plainWords(inLines, numbers).replace(/\s+/g, " ").trim();
}
