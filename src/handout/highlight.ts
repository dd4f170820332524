import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { escapeHtml } from "./escape.ts";

/** Coloured HTML of a source; the lines of a solution, counted from 0, are marked as such. */
export type Highlight = (source: string, language: string, isSolution?: (line: number) => boolean) => string;

/** A function from source code to coloured HTML. TypeScript is coloured; other languages stay plain. */
export async function loadHighlight(): Promise<Highlight> {
  loading ??= load();
  const highlighter = await loading;
  return (source, language, isSolution) => {
    if (!TYPESCRIPT.has(language.toLowerCase())) return preformatted(source, escapeHtml(source), isSolution);
    const html = highlighter.codeToHtml(source, {
      lang: "typescript",
      theme: THEME,
      structure: "inline",
      tokenizeTimeLimit: 0, // by default a busy machine leaves the rest of a line without colours
    });
    return preformatted(source, html.replaceAll("<br>", "\n"), isSolution);
  };
}

/** A line by itself, so that what is too long for the page goes on below, further in than the line begins. */
function preformatted(source: string, html: string, isSolution: (line: number) => boolean = () => false): string {
  const sources = source.split("\n");
  const lines = html.split("\n").map((line, i, all) => {
    const indent = INDENT.exec(sources[i] ?? "")?.[0].replaceAll("\t", "  ").length ?? 0;
    const end = i < all.length - 1 ? "\n" : "";
    return `<span class="line"${indent > 0 ? ` style="--indent:${indent}"` : ""}>${line}${end}</span>`;
  });
  const code = lines.map((line, i) => {
    const [before, here, after] = [i - 1, i, i + 1].map(at => at in lines && isSolution(at));
    return `${here && !before ? OPEN : ""}${line}${here && !after ? "</span>" : ""}`;
  });
  return `<pre class="code"><code>${code.join("")}</code></pre>`;
}

const INDENT = /^[ \t]*/;
const OPEN = '<span class="solution" role="note" aria-label="Solution">';

/** One grammar and one theme: all of shiki would be loading for seconds. */
function load(): Promise<HighlighterCore> {
  return createHighlighterCore({
    langs: [import("shiki/langs/typescript.mjs")],
    themes: [import("shiki/themes/github-light-default.mjs")],
    engine: createJavaScriptRegexEngine(),
  });
}

let loading: Promise<HighlighterCore> | undefined;

const THEME = "github-light-default";
const TYPESCRIPT = new Set(["typescript", "ts", "javascript", "js", "tsx"]);
