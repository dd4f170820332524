import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { bundledLanguages } from "shiki/langs";
import { Html, html, joined } from "./html.ts";

/** Coloured HTML of a source; the lines of a solution, counted from 0, are marked as such. */
export type Highlight = (source: string, language: string, isSolution?: (line: number) => boolean) => Promise<Html>;

/** Source code coloured by the grammar of its language; a language that has none stays plain. */
export const highlight: Highlight = async (source, language, isSolution) => {
  const lang = SAME_GRAMMAR[language.toLowerCase()] ?? language.toLowerCase();
  if (!(await knows(lang))) return preformatted(source, html`${source}`, isSolution);
  const coloured = (await highlighter()).codeToHtml(source, {
    lang,
    theme: THEME,
    colorReplacements: { "#6e7781": "#59636e" }, // of comments, which were 4.27 : 1 on the grey of code
    structure: "inline",
    tokenizeTimeLimit: 0, // by default a busy machine leaves the rest of a line without colours
  });
  return preformatted(source, Html.of(coloured.replaceAll("<br>", "\n")), isSolution);
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
