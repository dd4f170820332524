import { belowTitle } from "../belowTitle.ts";
import { cleanNotebook } from "../clean.ts";
import type { Cell, MarkdownCell, Notebook } from "../types.ts";
import { isMarked } from "./marks.ts";
import { checksOf } from "./exercises.ts";

/** The id of the cell in which a starter says what it needs. */
export const NEEDS = "lectern-needs";

/**
 * A notebook as it is handed out: the student's edition, with a cell that says what it needs to run, and with marks for
 * editors and for who grades it: checks can neither be edited nor deleted, answers not deleted, and an answer keeps the
 * id of its cell in its metadata too, where it outlives tools that give cells new ids.
 *
 * @param joined the instructor's edition, which knows which cells are answers
 */
export function starterEdition(student: Notebook, joined: Notebook, needs: string): Notebook {
  const answers = new Set(joined.cells.filter(isMarked).map(({ id }) => id));
  const checks = new Set(checksOf(student).map(({ cell }) => student.cells[cell - 1]?.id));
  const { kernelspec, language_info, lang, title, authors } = student.metadata;
  const { fingerprint } = (student.metadata.lectern ?? {}) as Record<string, unknown>;
  const hasOutputs = student.cells.some(cell => cell.cell_type === "code" && cell.outputs.length > 0);
  const lectern = hasOutputs && typeof fingerprint === "string" ? { fingerprint } : undefined;
  const shown = { kernelspec, language_info, lang, title, authors, lectern };
  const clean = cleanNotebook({ ...student, metadata: {} }, { keepOutputs: true });
  const cells = clean.cells.map(cell => {
    const others = withoutTraces(cell);
    if (answers.has(cell.id)) return marked(others, { deletable: false }, { answer: cell.id });
    return checks.has(cell.id) ? marked(others, { deletable: false, editable: false }) : others;
  });
  const note: MarkdownCell = { cell_type: "markdown", id: NEEDS, metadata: {}, source: needs };
  return { ...clean, metadata: compact(shown), cells: belowTitle(cells, note) };
}

function marked(cell: Cell, flags: Record<string, boolean>, lectern: Record<string, unknown> = {}): Cell {
  const all = { ...(cell.metadata.lectern as object | undefined), ...lectern };
  return { ...cell, metadata: { ...cell.metadata, ...flags, ...(Object.keys(all).length > 0 && { lectern: all }) } };
}

/** Without what the author of the lecture predicted, and what tools of theirs noted. */
function withoutTraces(cell: Cell): Cell {
  const { tags, slideshow, raw_mimetype, format, lectern } = cell.metadata;
  const { summary, points } = (lectern ?? {}) as Record<string, unknown>;
  const own = compact({ summary, points });
  const metadata = compact({
    tags,
    slideshow,
    raw_mimetype,
    format,
    lectern: Object.keys(own).length > 0 ? own : undefined,
  });
  return { ...cell, metadata };
}

function compact(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
