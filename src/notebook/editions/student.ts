import { hasTag } from "../tags.ts";
import type { Cell, CellMetadata, MarkdownCell, Notebook, NotebookMetadata } from "../types.ts";
import { isMarked, partsOf } from "./marks.ts";
import { assertNoNearMarks } from "./nearMarks.ts";

/** Whether a notebook holds what students do not get: marked solutions, or cells tagged `instructor-only`. */
export function holdsSolutions(notebook: Notebook): boolean {
  return notebook.cells.some(isSolution);
}

/**
 * The notebook as students get it: a stub in place of each marked solution, no cell tagged `instructor-only`, and of
 * the outputs those of the cells before the first solution, since nothing further on is sure to be free of it. Running
 * it gives it the others. A notebook without solutions is its own student's edition.
 *
 * Of the metadata of a cell with a solution only what says how it is shown is left, and it is not folded: it is where
 * the student writes. Pictures that only a solution shows go, and the state of widgets.
 *
 * @throws NotebookFormatError where a mark is missing its other end, or something looks like a mark and is none
 */
export function studentEdition(notebook: Notebook, file = "notebook.ipynb"): Notebook {
  assertNoNearMarks(notebook, file);
  const stub = defaultStub(notebook);
  const cells: Cell[] = [];
  let isBefore = true;
  for (const [index, cell] of notebook.cells.entries()) {
    if (isSolution(cell)) isBefore = false;
    if (hasTag(cell, INSTRUCTOR)) continue;
    const own = isMarked(cell) ? stubbed(cell, stub, file, index + 1) : cell;
    cells.push(isBefore ? own : withoutOutputs(own));
  }
  return { ...notebook, cells, metadata: isBefore ? notebook.metadata : withoutWidgets(notebook.metadata) };
}

/** Cells with this tag are the instructor's: teaching notes, further checks. */
export const INSTRUCTOR = "instructor-only";

function isSolution(cell: Cell): boolean {
  return isMarked(cell) || hasTag(cell, INSTRUCTOR);
}

function stubbed(cell: Cell, stub: Stub, file: string, number: number): Cell {
  const lines = partsOf(cell, file, number).flatMap(part => {
    if (part.kind === "shared") return part.lines;
    return part.stub ?? [`${part.indent}${stub(cell)}`];
  });
  const source = lines.join("\n");
  return { ...cell, source, metadata: shownMetadata(cell.metadata), ...ownAttachments(cell, source) };
}

/** A picture that only the solution shows goes with it. */
function ownAttachments(cell: Cell, source: string): Pick<MarkdownCell, "attachments"> {
  if (cell.cell_type === "code" || cell.attachments === undefined) return {};
  const shown = Object.entries(cell.attachments).filter(([name]) =>
    [name, encodeURI(name)].some(each => source.includes(`attachment:${each}`)),
  );
  return { attachments: Object.fromEntries(shown) };
}

/** What widgets showed came from a run with the solutions. */
function withoutWidgets({ widgets: _, ...others }: NotebookMetadata): NotebookMetadata {
  return others;
}

function withoutOutputs(cell: Cell): Cell {
  return cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell;
}

/** All else may hold the solution, in words or in numbers. */
function shownMetadata({ tags, slideshow, editable, deletable }: CellMetadata): CellMetadata {
  const shown = tags?.filter(tag => !FOLDING.includes(tag));
  const all = { tags: shown?.length ? shown : undefined, slideshow, editable, deletable };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const FOLDING = ["hide-input", "hide-cell", "hide-output", "remove-input", "remove-output", "remove-cell", "solution"];

type Stub = (cell: Cell) => string;

/** What stands in place of a solution that names no stub; it must not run through as if it were an answer. */
function defaultStub(notebook: Notebook): Stub {
  const language = notebook.metadata.kernelspec?.language ?? notebook.metadata.language_info?.name ?? "typescript";
  const knowsUnanswered = notebook.cells.some(cell => cell.cell_type === "code" && /\bunanswered\b/.test(cell.source));
  return cell => {
    if (cell.cell_type !== "code") return "*Your answer here.*";
    if (language === "python") return "raise NotImplementedError()  # your answer, in place of this line";
    if (language !== "typescript" && language !== "javascript") return "# Your answer here.";
    return knowsUnanswered
      ? "return unanswered(); // your answer, in place of this line"
      : 'throw new Error("not answered yet"); // your answer, in place of this line';
  };
}
