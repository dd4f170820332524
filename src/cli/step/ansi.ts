import { createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

/** TypeScript in the colours of its tokens, for a terminal that has all colours. */
export async function codeToAnsi(source: string): Promise<string> {
  highlighter ??= createHighlighterCore({
    langs: [import("shiki/langs/typescript.mjs")],
    themes: [import("shiki/themes/github-dark-default.mjs")],
    engine: createJavaScriptRegexEngine(),
  });
  const { tokens } = (await highlighter).codeToTokens(source, { lang: "typescript", theme: "github-dark-default" });
  return tokens.map(line => line.map(({ content, color }) => coloured(content, color)).join("")).join("\n");
}

function coloured(text: string, colour: string | undefined): string {
  const [, red, green, blue] = /^#(..)(..)(..)/.exec(colour ?? "") ?? [];
  if (red === undefined || green === undefined || blue === undefined) return text;
  return `\u001b[38;2;${[red, green, blue].map(each => Number.parseInt(each, 16)).join(";")}m${text}\u001b[39m`;
}

let highlighter: ReturnType<typeof createHighlighterCore> | undefined;
