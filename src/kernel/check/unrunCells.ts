import fs from "node:fs";
import { parseCell } from "../transform/parse.ts";

/** The other cells of a notebook: those that a front end hands over, else those of its file. */
export class UnrunCells {
  #sources: readonly string[] | undefined;

  /** Without a path, the notebook is the one for which the server started this process. */
  constructor(readonly notebook = process.env.JPY_SESSION_NAME) {}

  /** The sources of all code cells, in order. */
  set(sources: readonly string[]): void {
    this.#sources = sources;
  }

  /** `cells 3 and 4 define tau2 and line; run them first`, where cells define names that nobody knows. */
  hint(names: readonly string[]): string | undefined {
    if (names.length === 0) return undefined;
    const sources = this.#sources ?? codeCellsOf(this.notebook);
    const found = definersOf(names, sources);
    if (found.length === 0) return undefined;
    const [what, verb, them] = found.length === 1 ? ["cell", "defines", "it"] : ["cells", "define", "them"];
    const cells = list(found.map(each => each.cell + 1));
    return `${what} ${cells} ${verb} ${list(found.flatMap(each => each.names))}; run ${them} first`;
  }
}

/** The cells, in order and counted from 0, that are the first to define these names. */
export function definersOf(names: readonly string[], sources: readonly string[]): { cell: number; names: string[] }[] {
  const found = new Map<number, string[]>();
  for (const name of names) {
    const cell = sources.findIndex(source => declares(source, name));
    if (cell >= 0) found.set(cell, [...(found.get(cell) ?? []), name]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([cell, defined]) => ({ cell, names: defined }));
}

/** A cell that mentions a name may declare it: only those are parsed. */
function declares(source: string, name: string): boolean {
  return source.includes(name) && parseCell(source).declarations.some(each => each.name === name);
}

function codeCellsOf(notebook: string | undefined): string[] {
  if (notebook === undefined || !notebook.endsWith(".ipynb")) return [];
  try {
    const { cells } = JSON.parse(fs.readFileSync(notebook, "utf8")) as { cells: FileCell[] };
    return cells.filter(each => each.cell_type === "code").map(({ source }) => [source].flat().join(""));
  } catch {
    // Not saved as yet, or not to be read now.
    return [];
  }
}

interface FileCell {
  cell_type: string;
  source: string | string[];
}

/** `a`, `a and b`, `a, b and c`. */
function list(items: readonly unknown[]): string {
  return new Intl.ListFormat("en-GB").format(items.map(String));
}
