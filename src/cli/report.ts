import type { CellError } from "../kernel/index.ts";
import type { Notebook, Output } from "../notebook/index.ts";
import type { NotebookRun } from "./runNotebook.ts";

/** What `lectern run --report json` prints. */
export interface Report {
  ok: boolean;
  seconds: number;
  /** The tensor backend the first notebook chose; null where none did. */
  backend: string | null;
  notebooks: NotebookReport[];
}

export interface NotebookReport {
  path: string;
  ok: boolean;
  seconds: number;
  cells: { run: number; failed: number };
  claims: ClaimReport[];
  error?: ErrorReport;
}

/** A claim as the notebook shows it, and the cell that makes it. */
export interface ClaimReport {
  text: string;
  holds: boolean;
  residual: number | null;
  within: number;
  label?: string;
  cell: number;
  [detail: string]: unknown;
}

export interface ErrorReport {
  kind: string;
  /** Absent where the notebook could not be read. */
  cell?: number;
  line?: number;
  column?: number;
  file?: string;
  name: string;
  message: string;
}

/** The report of one notebook that ran. */
export function reportRun(path: string, run: NotebookRun): NotebookReport {
  const { cells, seconds, error } = run;
  return {
    path,
    ok: error === undefined,
    seconds: Number(seconds.toFixed(2)),
    cells,
    claims: bundles(run.notebook, "application/vnd.lectern.claim+json").map(({ cell, value }) => ({
      ...(value as ClaimReport),
      cell,
    })),
    ...(error && { error: reportError(error) }),
  };
}

/** The report of a notebook that could not be read. */
export function reportUnreadable(path: string, error: Error): NotebookReport {
  const { name, message } = error;
  return {
    path,
    ok: false,
    seconds: 0,
    cells: { run: 0, failed: 0 },
    claims: [],
    error: { kind: "format", name, message },
  };
}

/** The tensor backend that a notebook showed it runs on. */
export function backendOf(notebook: Notebook): string | null {
  const [first] = bundles(notebook, "application/vnd.lectern.backend+json");
  return (first?.value as { name: string } | undefined)?.name ?? null;
}

/** One line for people: `file:cell:line:column: message`, as far as it is known. */
export function diagnosticLines(path: string, error: CellError): string[] {
  const first = { ...error, message: error.name === "" ? error.message : `${error.name}: ${error.message}` };
  const all = error.diagnostics?.length ? error.diagnostics : [first];
  return all.map(({ file, line, column, message }) => {
    const place = file === undefined ? [path, error.cell, line, column] : [file, line, column];
    return `${place.filter(part => part !== undefined).join(":")}: ${message.split("\n")[0]}`;
  });
}

function reportError({ kind, cell, line, column, file, name, message }: CellError): ErrorReport {
  return {
    kind,
    cell,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(file !== undefined && { file }),
    name,
    message,
  };
}

function bundles(notebook: Notebook, type: string): { cell: number; value: unknown }[] {
  return notebook.cells.flatMap(cell => {
    if (cell.cell_type !== "code" || cell.execution_count === null) return [];
    const number = cell.execution_count;
    return cell.outputs.flatMap(output => {
      const value = dataOf(output)?.[type];
      return value === undefined ? [] : [{ cell: number, value }];
    });
  });
}

function dataOf(output: Output): Record<string, unknown> | undefined {
  return "data" in output ? output.data : undefined;
}
