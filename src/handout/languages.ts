import type { Cell, Notebook } from "../notebook/index.ts";

/** The language of a notebook's code, in lower case; empty where the notebook does not say. */
export function languageOfNotebook({ metadata }: Notebook): string {
  const { language_info, kernelspec } = metadata;
  const named = [language_info?.name, kernelspec?.language].find(name => typeof name === "string" && name !== "");
  // Older notebooks name their kernel alone: python3, ir, julia-1.10.
  const [, kernel = ""] = /^(python|julia|ir|deno|tslab|jslab|xcpp)/.exec(String(kernelspec?.name ?? "")) ?? [];
  return (named ?? KERNELS[kernel] ?? kernel).toLowerCase();
}

/** The language of one cell, which may be another: by a magic such as `%%bash`, or as VS Code notes it. */
export function languageOf({ source, metadata }: Cell, language: string): string {
  const [, magic] = /^%%(\w+)/.exec(source) ?? [];
  if (magic !== undefined && Object.hasOwn(MAGICS, magic)) return MAGICS[magic] ?? language;
  const noted = (metadata.vscode as { languageId?: unknown } | null | undefined)?.languageId;
  return typeof noted === "string" ? noted : language;
}

const KERNELS: Readonly<Record<string, string>> = {
  ir: "r",
  deno: "typescript",
  tslab: "typescript",
  jslab: "javascript",
  xcpp: "c++",
};

const MAGICS: Readonly<Record<string, string>> = {
  bash: "bash",
  sh: "bash",
  html: "html",
  svg: "xml",
  javascript: "javascript",
  js: "javascript",
  latex: "latex",
  markdown: "markdown",
  perl: "perl",
  ruby: "ruby",
  R: "r",
  sql: "sql",
  cython: "python",
};
