/** Markdown in plain words, for places where nothing is typeset: links, emphasis, code and formulas lose their marks. */
export function plainWords(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\$\$?)([^$]*)\1/g, (_, __, tex: string) =>
      tex.replace(/\\(?:mathrm|mathbb|mathcal|text|operatorname)\{([^}]*)\}/g, "$1").replace(/[\\{}]/g, ""),
    )
    .replace(/(\*\*|__|\*|`)(.+?)\1/g, "$2");
}
