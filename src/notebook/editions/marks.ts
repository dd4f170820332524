import { NotebookFormatError } from "../errors.ts";
import type { Cell } from "../types.ts";

/** A run of lines of a cell: for everybody, or a solution with what stands in its place for students. */
export type Part =
  | { kind: "shared"; lines: string[] }
  | { kind: "solution"; lines: string[]; stub: string[] | undefined; indent: string };

/**
 * The parts of a cell's source. A solution stands between `BEGIN SOLUTION` and `END SOLUTION`, each in a comment of its
 * own line; what students get in its place may follow it below `STUB`, each line in a comment:
 *
 * ```ts
 * // BEGIN SOLUTION
 * const width = Math.sqrt(variance);
 * // STUB
 * // const width: number = unanswered();
 * // END SOLUTION
 * ```
 *
 * Comments of other languages will do: `#`, and `<!-- … -->` in a cell of text.
 *
 * @throws NotebookFormatError where a mark is missing its other end
 */
export function partsOf(cell: Cell, file: string, number: number): Part[] {
  const fail = (problem: string): never => {
    throw new NotebookFormatError(file, { cell: number }, problem);
  };
  const parts: Part[] = [];
  let open: (Part & { kind: "solution" }) | undefined;
  for (const line of cell.source.split("\n")) {
    const [, indent = "", mark] = MARK.exec(line) ?? [];
    if (mark === "BEGIN SOLUTION") {
      if (open) fail("END SOLUTION must come before the next BEGIN SOLUTION, but got none; end the first solution.");
      open = { kind: "solution", lines: [], stub: undefined, indent };
      parts.push(open);
    } else if (mark === "END SOLUTION") {
      if (!open)
        fail("END SOLUTION must have a BEGIN SOLUTION above it, but got none; mark where the solution begins.");
      open = undefined;
    } else if (open && mark === "STUB" && !open.stub) open.stub = [];
    else if (open?.stub) open.stub.push(uncommented(line, () => fail(STUB_RULE(line))));
    else if (open) open.lines.push(line);
    else sharedEnd(parts).push(line);
  }
  if (open) fail("BEGIN SOLUTION must have an END SOLUTION below it, but got none; mark where the solution ends.");
  return parts;
}

/** Whether a cell holds a marked solution, or only half of one: its end or its beginning. */
export function isMarked(cell: Cell): boolean {
  return cell.source.split("\n").some(isMarkLine);
}

/** Whether a line is the beginning or the end of a solution. */
export function isMarkLine(line: string): boolean {
  return SOLUTION.test(line);
}

/** The parts as an instructor reads them: solutions without their marks and stubs. With half a mark, all of it as it is. */
export function shownParts(cell: Cell): Part[] {
  const asItIs: Part[] = [{ kind: "shared", lines: cell.source.split("\n") }];
  if (!isMarked(cell)) return asItIs;
  try {
    return partsOf(cell, "notebook.ipynb", 1);
  } catch {
    return asItIs;
  }
}

function sharedEnd(parts: Part[]): string[] {
  const last = parts.at(-1);
  if (last?.kind === "shared") return last.lines;
  const next: Part = { kind: "shared", lines: [] };
  parts.push(next);
  return next.lines;
}

/** `  // return 1;` -> `  return 1;` */
function uncommented(line: string, fail: () => never): string {
  if (line.trim() === "") return line;
  const [, indent = "", text = ""] = COMMENT.exec(line) ?? fail();
  return indent + text;
}

const STUB_RULE = (line: string) =>
  `each line between STUB and END SOLUTION must be a comment, but got ${JSON.stringify(line.trim())}; write // before it.`;

const MARK = /^([ \t]*)(?:\/\/|#+|<!--)[ \t]*(BEGIN SOLUTION|STUB|END SOLUTION)\b/;
const SOLUTION = /^[ \t]*(?:\/\/|#+|<!--)[ \t]*(?:BEGIN|END) SOLUTION\b/;
const COMMENT = /^([ \t]*)(?:\/\/|#+|<!--) ?(.*?)(?: ?-->)?$/s;
