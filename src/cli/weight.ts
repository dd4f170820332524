import { EXPLORE, readRecord } from "../explore/index.ts";
import { type CodeCell, formatNotebook, type Notebook } from "../notebook/index.ts";

/** What a notebook may weigh: it is in git, with every change of its outputs. */
export const MOST_BYTES = 300_000;

/**
 * What is wrong with the weight of a notebook, in one line that says which figures that move weigh what; undefined for
 * one that is light enough.
 */
export function weightProblem(notebook: Notebook, numberOf: (cell: CodeCell) => number): string | undefined {
  const bytes = Buffer.byteLength(formatNotebook(notebook));
  if (bytes <= MOST_BYTES) return undefined;
  const moving = notebook.cells.flatMap(cell => {
    if (cell.cell_type !== "code") return [];
    return cell.outputs.flatMap(output => {
      const written = "data" in output ? output.data[EXPLORE] : undefined;
      const record = readRecord(written);
      if (!record) return [];
      const names = record.controls.map(({ name }) => name).join(", ");
      const size = Buffer.byteLength(JSON.stringify(written));
      return [{ size, words: `cell ${numberOf(cell)} (${names}) ${kilo(size)} in ${count(record.frames.length + 1)}` }];
    });
  });
  moving.sort((a, b) => b.size - a.size);
  const remedy =
    moving.length > 0
      ? `its figures that move: ${moving.map(({ words }) => words).join("; ")}; give fewer stops or frames`
      : "show less of what is computed";
  return `a notebook must weigh at most ${kilo(MOST_BYTES)} with its outputs, but got ${kilo(bytes)}; ${remedy}.`;
}

function kilo(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function count(frames: number): string {
  return `${frames} frame${frames === 1 ? "" : "s"}`;
}
