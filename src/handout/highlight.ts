import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { bundledLanguages } from "shiki/langs";
import { Html, html, joined } from "./html.ts";

/** What the two themes give to words, names, texts, numbers, comments and the rest: on white, and on black. */
export const COLOURS = [
  ["#1f2328", "#e6edf3"],
  ["#cf222e", "#ff7b72"],
  ["#0a3069", "#a5d6ff"],
  ["#59636e", "#8b949e"],
  ["#0550ae", "#79c0ff"],
  ["#8250df", "#d2a8ff"],
  ["#953800", "#ffa657"],
  ["#116329", "#7ee787"],
] as const;

/** And what they give now and then, as to what a grammar calls invalid. */
export const RARE_COLOURS: Readonly<Record<string, string>> = {
  "#82071e": "#ffa198",
  "#f6f8fa": "#f0f6fc",
  "#eaeef2": "#161b22",
  "#57606a": "#8b949e",
};

/** Coloured HTML of a source; the lines of a solution, counted from 0, are marked as such. */
export type Highlight = (source: string, language: string, isSolution?: (line: number) => boolean) => Promise<Html>;

/** Source code coloured by the grammar of its language; a language that has none stays plain. */
export const highlight: Highlight = async (source, language, isSolution) => {
  const lang = SAME_GRAMMAR[language.toLowerCase()] ?? language.toLowerCase();
  if (!(await knows(lang))) return preformatted(source, html`${source}`, isSolution);
  const coloured = (await highlighter()).codeToHtml(source, {
    lang,
    // For each theme shiki reads the source anew, and a colour of the one says which the other has.
    theme: THEME,
    colorReplacements: { "#6e7781": "#59636e" }, // of comments, which were 4.27 : 1 on the grey of code
    structure: "inline",
    tokenizeTimeLimit: 0, // by default a busy machine leaves the rest of a line without colours
  });
  return preformatted(source, Html.of(named(coloured.replaceAll("<br>", "\n"))), isSolution);
};

/** One theme, and no grammar before it is asked for: all of shiki would be loading for seconds. */
export function highlighter(): Promise<HighlighterCore> {
  loading ??= createHighlighterCore({
    langs: [],
    themes: [import("shiki/themes/github-light-default.mjs")],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return loading;
}

export const THEME = "github-light-default";

/** The colours of code as classes: said once, they take a third less of a page. */
export const codeStyle = `${COLOURS.map(([light, dark], index) => `.c${index} { color: light-dark(${light}, ${dark}); }`).join(" ")}\n`;

/** The common colours by the name of their class, and the colour of all text not at all. */
function named(coloured: string): string {
  return coloured.replace(SPAN, (_, light: string, text: string) => {
    const known = COLOURS.findIndex(([each]) => each === light.toLowerCase());
    if (known === 0) return text;
    const dark = RARE_COLOURS[light.toLowerCase()]?.toUpperCase() ?? "currentColor";
    const look = known < 0 ? `style="color:light-dark(${light},${dark})"` : `class="c${known}"`;
    return `<span ${look}>${text}</span>`;
  });
}

const SPAN = /<span style="color:(#\w+)[^"]*">([^<]*)<\/span>/g;

/** Whether there is a grammar for a language; then it is loaded. */
async function knows(language: string): Promise<boolean> {
  if (!Object.hasOwn(bundledLanguages, language)) return false;
  await (await highlighter()).loadLanguage(bundledLanguages[language as keyof typeof bundledLanguages]);
  return true;
}

/** A line by itself, so that what is too long for the page goes on below, further in than the line begins. */
function preformatted(source: string, code: Html, isSolution: (line: number) => boolean = () => false): Html {
  const sources = source.split("\n");
  const lines = code
    .toString()
    .split("\n")
    .map((text, i, all) => {
      const indent = INDENT.exec(sources[i] ?? "")?.[0].replaceAll("\t", "  ").length ?? 0;
      const line = Html.of(i < all.length - 1 ? `${text}\n` : text);
      return indent > 0
        ? html`<span class="line" style="--indent:${indent}">${line}</span>`
        : html`<span class="line">${line}</span>`;
    });
  const marked = lines.map((line, i) => {
    const [before, here, after] = [i - 1, i, i + 1].map(at => at in lines && isSolution(at));
    return Html.of(`${here && !before ? OPEN : ""}${line}${here && !after ? "</span>" : ""}`);
  });
  return html`<pre class="code"><code>${joined(marked, "")}</code></pre>`;
}

let loading: Promise<HighlighterCore> | undefined;

const INDENT = /^[ \t]*/;
const OPEN = '<span class="solution" role="note" aria-label="Solution">';

/** TypeScript's grammar reads JavaScript as well, and another would take half a second to load. */
const SAME_GRAMMAR: Readonly<Record<string, string>> = { ts: "typescript", javascript: "typescript", js: "typescript" };
