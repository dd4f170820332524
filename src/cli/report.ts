import { relative } from "node:path";
import type { CellError } from "../kernel/index.ts";
import type { Edition } from "../notebook/editions/index.ts";
import { CLAIM, type Notebook, type Output, VERDICT } from "../notebook/index.ts";
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
  exercises: ExerciseReport[];
  /** For whom the notebook that ran is, where it was run for somebody. */
  edition?: Edition;
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

/** What the check of an exercise said, and the cell that asked. */
export interface ExerciseReport {
  exercise: string;
  state: "right" | "unanswered" | "wrong";
  message: string;
  cell: number;
}

export interface ErrorReport {
  kind: string;
  /** Absent where the notebook could not be read. */
  cell?: number;
  line?: number;
  column?: number;
  file?: string;
  thrownAt?: { file: string; line: number; column: number };
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
    claims: bundles(run.notebook, CLAIM).map(({ cell, value }) => ({
      ...(value as ClaimReport),
      cell,
    })),
    exercises: bundles(run.notebook, VERDICT).map(({ cell, value }) => ({
      ...(value as ExerciseReport),
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
    exercises: [],
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
    const place = file === undefined ? [path, error.cell, line, column] : [short(file), line, column];
    return `${place.filter(part => part !== undefined).join(":")}: ${oneLine(message)}${origin(error)}`;
  });
}

/** TypeScript explains itself in a chain of lines, of which the last names the cause. */
function oneLine(message: string): string {
  const lines = message.split("\n").map(line => line.trim());
  const [first = "", last = ""] = [lines[0], lines.at(-1)];
  return lines.length > 1 && first.includes("not assignable") ? `${first} ${last}` : first;
}

/** Where a module threw, below the line of the cell. A claim is made by the cell itself, and so is a check. */
function origin({ thrownAt, name }: CellError): string {
  if (thrownAt === undefined || ["ClaimError", "DerivationError", "WrongAnswer", "Unanswered"].includes(name))
    return "";
  return ` (thrown at ${short(thrownAt.file)}:${thrownAt.line}:${thrownAt.column})`;
}

/** A file as a person in this folder would write it. */
function short(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith("..") ? file : path;
}

function reportError({ kind, cell, line, column, file, thrownAt, name, message }: CellError): ErrorReport {
  return {
    kind,
    cell,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(file !== undefined && { file }),
    ...(thrownAt !== undefined && { thrownAt }),
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
