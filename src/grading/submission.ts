import { readFile, stat } from "node:fs/promises";
import { type Notebook, NotebookFormatError, parseNotebook } from "../notebook/index.ts";

/** What came back from a student. */
export interface Submission {
  notebook: Notebook;
  /** Ids that stand on more than one cell. */
  duplicates: readonly string[];
  /** The text of the file. */
  text: string;
  modified: Date;
}

/**
 * Reads what came back, where two cells may have one id: cells are copied by hand and by tools. The first keeps it that
 * is not empty, and the others are cells of no name.
 *
 * @throws NotebookFormatError for what is no notebook at all
 */
export async function readSubmission(path: string): Promise<Submission> {
  const fail = (problem: string): never => {
    throw new NotebookFormatError(path, {}, problem);
  };
  const { size, mtime } = await stat(path).catch((error: Error) =>
    fail(`the file must be readable, but got ${error.message}.`),
  );
  if (size > LARGEST) {
    fail(
      `a notebook must be smaller than ${LARGEST / 1e6} MB, but got ${Math.round(size / 1e6)} MB; ask for it without outputs.`,
    );
  }
  const text = await readFile(path, "utf8").catch((error: Error) =>
    fail(`the file must be readable, but got ${error.message}.`),
  );
  if (text.trim() === "") fail("a notebook must be JSON, but got an empty file; ask for it again.");
  const { value, duplicates } = withOwnIds(text);
  return { notebook: parseNotebook(value, path), duplicates, text, modified: mtime };
}

function withOwnIds(text: string): { value: string; duplicates: string[] } {
  let raw: { cells?: unknown };
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser says what is wrong, and where.
    return { value: text, duplicates: [] };
  }
  if (!Array.isArray(raw?.cells)) return { value: text, duplicates: [] };
  const cells = raw.cells as ({ id?: unknown; source?: unknown } | null)[];
  const keepers = new Map<unknown, unknown>();
  for (const cell of cells) {
    if (cell?.id === undefined) continue;
    const keeper = keepers.get(cell.id) as typeof cell | undefined;
    if (keeper === undefined || isBlank(keeper.source)) keepers.set(cell.id, cell);
  }
  const duplicates = new Set<string>();
  const own = cells.map(cell => {
    if (cell?.id === undefined || keepers.get(cell.id) === cell) return cell;
    duplicates.add(String(cell.id));
    const { id: _, ...others } = cell;
    return others;
  });
  return duplicates.size === 0
    ? { value: text, duplicates: [] }
    : { value: JSON.stringify({ ...raw, cells: own }), duplicates: [...duplicates] };
}

function isBlank(source: unknown): boolean {
  return String(Array.isArray(source) ? source.join("") : source).trim() === "";
}

const LARGEST = 50e6;
