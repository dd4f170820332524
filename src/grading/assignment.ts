import { basename } from "node:path";
import { assertNotSolutions, checksOf, editionFrom, INSTRUCTOR, isMarked } from "../notebook/editions/index.ts";
import {
  type Cell,
  type CodeCell,
  fingerprint,
  hasTag,
  type Notebook,
  NotebookFormatError,
  readNotebook,
} from "../notebook/index.ts";

/** A lecture with its exercises, as answers to it are graded. */
export interface Assignment {
  path: string;
  /** The name of its file, without `.ipynb`. */
  name: string;
  /** As students get it; and where the solutions are at hand, the instructor's checks too. */
  notebook: Notebook;
  /** The ids of the cells that students fill in. */
  answers: ReadonlySet<string>;
  /** In the order in which they run. */
  checks: readonly Check[];
  /** What the lecture depends on: another one grades otherwise. */
  key: string;
}

export interface Check {
  /** The id of its cell. */
  cell: string;
  exercise: string;
  points: number;
}

/**
 * Reads a lecture to grade by. With its solutions at hand they say which cells are answers; without them those are that
 * call `unanswered()`. Checks in cells tagged `instructor-only`, which students never had, are asked too.
 *
 * @throws NotebookFormatError for a lecture that cannot be graded by: no check, one in the cell of an answer, wrong points
 */
export async function readAssignment(path: string): Promise<Assignment> {
  const stored = await readNotebook(path);
  assertNotSolutions(path, stored);
  const joined = await editionFrom(path, stored, "instructor");
  const student = await editionFrom(path, stored, "student");
  const own = new Map(student.cells.map(cell => [cell.id, cell]));
  const cells = joined.cells.flatMap(cell => own.get(cell.id) ?? (isHiddenCheck(cell) ? [cell] : []));
  const notebook = { ...student, cells };
  const marked = joined.cells.filter(isMarked);
  const filledIn = marked.length > 0 ? marked : student.cells.filter(isStub);
  const answers = new Set(filledIn.map(({ id }) => id));
  const checks = checksIn(notebook, answers, path);
  const key = await fingerprint(path, notebook);
  return { path, name: basename(path, ".ipynb"), notebook, answers, checks, key };
}

/** Whether students never see the cell. */
export function isHidden(cell: Cell): boolean {
  return hasTag(cell, INSTRUCTOR);
}

function isHiddenCheck(cell: Cell): boolean {
  return isHidden(cell) && cell.cell_type === "code" && holdsCheck(cell);
}

function isStub(cell: Cell): boolean {
  return cell.cell_type === "code" && /(?<![\w$.])unanswered\(/.test(cell.source) && !holdsCheck(cell);
}

function holdsCheck(cell: CodeCell): boolean {
  return checksOf({ cells: [cell] }).length > 0;
}

function checksIn(notebook: Notebook, answers: ReadonlySet<string>, path: string): Check[] {
  const found = checksOf(notebook);
  const fail = (cell: number, problem: string): never => {
    throw new NotebookFormatError(path, { cell }, problem);
  };
  if (found.length === 0) {
    throw new NotebookFormatError(
      path,
      {},
      'a lecture must have a check to be graded by, but got none; add check("…").',
    );
  }
  return found.map(({ name, cell: number }) => {
    const cell = notebook.cells[number - 1] as CodeCell;
    if (answers.has(cell.id)) {
      fail(
        number,
        `an answer and its check must be two cells, but got both in ${cell.id}; move the check to the next.`,
      );
    }
    if (name.includes("${")) fail(number, `the name of a check must be plain text, but got ${name}; write it out.`);
    if (found.some(other => other.name === name && other.cell !== number))
      fail(number, `each check must have a name of its own, but got ${JSON.stringify(name)} twice; number one anew.`);
    const inCell = found.filter(other => other.cell === number).map(other => other.name);
    return { cell: cell.id, exercise: name, points: pointsOf(cell, name, inCell, problem => fail(number, problem)) };
  });
}

/** `metadata.lectern.points`: a number for the check of its cell, or one by each name where there are several. */
function pointsOf(cell: CodeCell, name: string, names: readonly string[], fail: (problem: string) => never): number {
  const said = (cell.metadata.lectern as { points?: unknown } | undefined)?.points;
  if (said === undefined) return 1;
  const rule = `points must be a number of at least 0${names.length > 1 ? ", by the name of each check" : ""}`;
  const byName = typeof said === "object" && said !== null ? (said as Record<string, unknown>) : undefined;
  const unknown = byName && Object.keys(byName).find(each => !names.includes(each));
  if (unknown !== undefined)
    fail(`${rule}, but got some for ${JSON.stringify(unknown)}; its checks are ${names.join(", ")}.`);
  if (byName === undefined && names.length > 1) {
    fail(
      `${rule}, but got ${JSON.stringify(said)}; write { ${names.map(each => `${JSON.stringify(each)}: 1`).join(", ")} }.`,
    );
  }
  const points = byName === undefined ? said : (byName[name] ?? 1);
  if (typeof points !== "number" || !Number.isFinite(points) || points < 0) {
    fail(`${rule}, but got ${JSON.stringify(points)} in metadata.lectern.points; write 1, say.`);
  }
  return points as number;
}
