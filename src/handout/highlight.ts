import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { escapeHtml } from "./escape.ts";

export type Highlight = (source: string, language: string) => string;

/** A function from source code to coloured HTML. TypeScript is coloured; other languages stay plain. */
export async function loadHighlight(): Promise<Highlight> {
  loading ??= load();
  const highlighter = await loading;
  return (source, language) => {
    if (!TYPESCRIPT.has(language.toLowerCase())) return preformatted(escapeHtml(source));
    const html = highlighter.codeToHtml(source, {
      lang: "typescript",
      theme: THEME,
      structure: "inline",
      tokenizeTimeLimit: 0, // by default a busy machine leaves the rest of a line without colours
    });
    return preformatted(html.replaceAll("<br>", "\n"));
  };
}

/** A focusable block: long lines scroll, and a keyboard must reach them too. */
function preformatted(html: string): string {
  return `<pre class="code" tabindex="0"><code>${html}</code></pre>`;
}

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
