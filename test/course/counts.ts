import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EXPLORE } from "../../src/explore/index.ts";
import { type CodeCell, CLAIM, formatNotebook, hasTag, type Notebook } from "../../src/notebook/index.ts";

/** What a lecture weighs, counted from its notebook. */
export interface Counts {
  /** Of the text cells, but for formulas and links. */
  words: number;
  /** Words before the first figure; infinite where there is none. */
  wordsBeforeFigure: number;
  shownLines: number;
  foldedLines: number;
  /** The longest shown cell, in lines. */
  longestShown: number;
  claims: number;
  /** Figures that move. */
  moving: number;
  exercises: number;
  bytes: number;
  /** Files of the library that it imports from and names in no link. */
  unlinked: string[];
}

export function countsOf(notebook: Notebook): Counts {
  const texts = notebook.cells.filter(cell => cell.cell_type === "markdown").map(({ source }) => source);
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const [folded, shown] = [code.filter(isFolded), code.filter(cell => !isFolded(cell))];
  const shownData = code.flatMap(({ outputs }) => outputs.flatMap(output => ("data" in output ? [output.data] : [])));
  const first = notebook.cells.findIndex(
    cell =>
      cell.cell_type === "code" && cell.outputs.some(output => "data" in output && "image/svg+xml" in output.data),
  );
  const before = notebook.cells.slice(0, first).filter(cell => cell.cell_type === "markdown");
  return {
    words: sum(texts.map(wordsIn)),
    wordsBeforeFigure: first < 0 ? Number.POSITIVE_INFINITY : sum(before.map(({ source }) => wordsIn(source))),
    shownLines: sum(shown.map(linesOf)),
    foldedLines: sum(folded.map(linesOf)),
    longestShown: Math.max(0, ...shown.map(linesOf)),
    claims: shownData.filter(data => CLAIM in data).length,
    moving: shownData.filter(data => EXPLORE in data).length,
    exercises: code.filter(({ source }) => /^\s*check\(/m.test(source)).length,
    bytes: Buffer.byteLength(formatNotebook(notebook)),
    unlinked: unlinked(code.map(({ source }) => source).join("\n"), texts.join("\n")),
  };
}

function isFolded(cell: CodeCell): boolean {
  return ["hide-input", "hide-cell", "remove-input", "remove-cell"].some(tag => hasTag(cell, tag));
}

/** Blank lines and comments are read too. */
function linesOf({ source }: CodeCell): number {
  return source.trim() === "" ? 0 : source.trimEnd().split("\n").length;
}

function wordsIn(text: string): number {
  const prose = text.replace(/\$\$[\s\S]*?\$\$|\$[^$\n]*\$|```[\s\S]*?```|\]\([^)]*\)|<[^>]*>/g, " ");
  return prose.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** The files that define what is imported, but for those of no mathematics, which are tools in every lecture. */
function unlinked(code: string, text: string): string[] {
  const imports = /import\s*\{([^}]*)\}\s*from\s*"\.\.\/src\/index\.ts"/g;
  const names = [...code.matchAll(imports)]
    .flatMap(([, list = ""]) => list.split(","))
    .map(each => each.trim().split(/\s+as\s+/)[0] ?? "")
    .filter(name => name !== "" && !name.startsWith("type "));
  const files = [...new Set(names.flatMap(name => definedIn.get(name) ?? []))];
  return files.filter(file => LESSONS.test(file) && !text.includes(`../src/${file}`)).sort();
}

/** The rooms whose files are what a lecture is about. */
const LESSONS = /^generative\/(models|flows|objectives|exact|estimates|distributions|networks)\//;

const source = resolve(import.meta.dirname, "../../src");

/** By name, the file below `src` that defines it, found along the index files. */
const definedIn = new Map(exportsOf("index.ts"));

function exportsOf(index: string): [name: string, file: string][] {
  const text = readFileSync(join(source, index), "utf8");
  const from = (path: string) => join(dirname(index), path);
  const all = [...text.matchAll(/export \* from "([^"]+)"/g)].flatMap(([, path = ""]) => exportsOf(from(path)));
  const named = [...text.matchAll(/export (?:type )?\{([^}]*)\} from "([^"]+)"/g)].flatMap(([, list = "", path = ""]) =>
    list
      .split(",")
      .map(
        each =>
          each
            .trim()
            .replace(/^type /, "")
            .split(/\s+as\s+/)
            .at(-1) ?? "",
      )
      .filter(Boolean)
      .map((name): [string, string] => [name, from(path)]),
  );
  return [...all, ...named];
}
