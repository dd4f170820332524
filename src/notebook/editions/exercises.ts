import { NotebookFormatError } from "../errors.ts";
import type { Cell, CodeCell, Notebook } from "../types.ts";
import { isMarked } from "./marks.ts";

/**
 * What is wrong with the exercises of a notebook that has its solutions in: a solution that no check looks at, and two
 * checks of one name. One error for each, with its cell.
 *
 * A notebook without a check has nothing of the kind: its exercises are for the reader alone.
 */
export function exerciseProblems(notebook: Notebook, file = "notebook.ipynb"): NotebookFormatError[] {
  const checks = checksOf(notebook);
  if (checks.length === 0) return [];
  const fail = (cell: number, problem: string) => new NotebookFormatError(file, { cell }, problem);
  const twice = checks.flatMap(({ name, cell }, i) => {
    const first = checks.slice(0, i).find(other => other.name === name);
    if (first === undefined) return [];
    const problem = `each check must have a name of its own, but got ${JSON.stringify(name)} in cell ${first.cell} too; number one of them anew.`;
    return [fail(cell, problem)];
  });
  const unchecked = notebook.cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code" || !isMarked(cell) || isChecked(cell, index, notebook.cells)) return [];
    const problem = `a solution must have a check, but got none that uses ${declared(cell).join(" or ") || "it"}; add a cell below with check("…", must => …), or tag this one instructor-only.`;
    return [fail(index + 1, problem)];
  });
  return [...twice, ...unchecked];
}

/** The checks of a notebook by the names under which they are shown; cells are counted from 1. */
export function checksOf(notebook: Pick<Notebook, "cells">): { name: string; cell: number }[] {
  return notebook.cells.flatMap((cell, index) => {
    if (!isCode(cell)) return [];
    return [...withoutComments(cell).matchAll(CHECK)].map(([, , name = ""]) => ({ name, cell: index + 1 }));
  });
}

/** Whether a check uses what the cell declares, by itself or by way of another solution, or stands in it or right below. */
function isChecked(cell: CodeCell, index: number, cells: readonly Cell[]): boolean {
  const next = cells.slice(index + 1).find(isCode);
  if ([cell, next].some(each => each && hasCheck(each))) return true;
  const uses = declared(cell).map(name => new RegExp(String.raw`(?<![\w$.])${name.replaceAll("$", "\\$")}(?![\w$])`));
  return cells.some(other => {
    if (other === cell || !isCode(other) || !(hasCheck(other) || isMarked(other))) return false;
    const source = withoutComments(other);
    return uses.some(name => name.test(source));
  });
}

function hasCheck(cell: CodeCell): boolean {
  return withoutComments(cell).search(CHECK) >= 0;
}

/** The names that a cell declares for those after it: what is indented is its own. */
export function declared({ source }: Pick<CodeCell, "source">): string[] {
  return [...source.matchAll(DECLARATION)].flatMap(([, names = ""]) => names.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function isCode(cell: Cell): cell is CodeCell {
  return cell.cell_type === "code";
}

function withoutComments({ source }: CodeCell): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

const CHECK = /(?<![\w$.])check\(\s*(["'`])((?:(?!\1).)*)\1/g;
const DECLARATION =
  /^(?:export\s+)?(?:async\s+)?(?:function\s*\*?|class|const|let|var|enum)\s*(\{[^}]*\}|\[[^\]]*\]|[A-Za-z_$][\w$]*)/gm;
