import { NotebookFormatError } from "../errors.ts";
import type { Cell, Notebook } from "../types.ts";
import { isMarkLine } from "./marks.ts";

/**
 * What looks like a mark of a solution, or like the tag `instructor-only`, and is none: what it means to hide would be
 * handed out. One error for each, with its cell and line.
 */
export function nearMarks(notebook: Notebook, file = "notebook.ipynb"): NotebookFormatError[] {
  return notebook.cells.flatMap((cell, index) =>
    [...nearTags(cell), ...nearLines(cell)].map(problem => new NotebookFormatError(file, { cell: index + 1 }, problem)),
  );
}

/** @throws NotebookFormatError for the first thing that looks like a mark or the tag and is none */
export function assertNoNearMarks(notebook: Notebook, file?: string): void {
  const [first] = nearMarks(notebook, file);
  if (first) throw first;
}

function nearTags({ metadata }: Cell): string[] {
  return (metadata.tags ?? [])
    .filter(tag => tag !== "instructor-only" && TAG.test(tag.replace(/[\s_-]+/g, "")))
    .map(
      tag =>
        `the tag of what students do not get must be instructor-only, but got ${JSON.stringify(tag)}; write it so, or take it away.`,
    );
}

function nearLines(cell: Cell): string[] {
  // What is quoted is spoken of.
  const quoted = cell.cell_type === "code" ? /(["'`])(?:(?!\1).)*\1/g : /(`+)(?:(?!\1).)*\1/g;
  return cell.source.split("\n").flatMap((line, index) => {
    if (isMarkLine(line)) return [];
    const text = line.replace(quoted, "");
    if (!NEAR.some(each => each.test(text))) return [];
    return `line ${index + 1}: the mark of a solution must be // BEGIN SOLUTION or // END SOLUTION, in capitals in a line of its own (# or <!-- in place of // will do), but got ${JSON.stringify(line.trim())}; write it so.`;
  });
}

const GAP = String.raw`[\s_:.-]*`;
const SHOUTED = `(?:(?:BEGIN|END|START|STOP)${GAP}SOLUTIONS?|SOLUTIONS?${GAP}(?:BEGIN|END|START|STOP))`;
const COMMENT = String.raw`(?:\/\/|\/\*|#|<!--|--|%)`;
const NEAR = [
  // In capitals, wherever it stands.
  new RegExp(String.raw`\b${SHOUTED}\b`, "u"),
  // In a comment that begins with it.
  new RegExp(String.raw`${COMMENT}[^\p{L}]*(?:begin|end)${GAP}solutions?\b`, "iu"),
  // A line or a comment of nothing else.
  new RegExp(String.raw`(?:^|${COMMENT})[^\p{L}]*${SHOUTED}[^\p{L}]*$`, "iu"),
];
const TAG = /^(?:only)?(?:for)?(?:instructor|teacher)s?(?:only)?$/i;
