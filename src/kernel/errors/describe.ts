import path from "node:path";
import { types } from "node:util";
import { inspectSafely } from "../display/inspectSafely.ts";
import { saysAll } from "../../notebook/told.ts";
import type { CellError, CellErrorKind } from "../result.ts";
import type { Position } from "../transform/positions.ts";
import { attempt } from "./attempt.ts";
import { describePlace, type Frame, framesOf } from "./frames.ts";
import { placeOf } from "./source.ts";

/**
 * What was thrown in a cell, as its result and as lines to print. `awaited` is the `await` that it
 * came from, for errors that know no place themselves.
 */
export function describeThrown(thrown: unknown, cell: number, directory: string, awaited?: Position): CellError {
  // Whatever a thrown value does when it is looked at, the cell must end.
  const message = "a value that cannot be looked at";
  const otherwise: CellError = { kind: "thrown", name: "Uncaught", message, cell, traceback: [`Uncaught ${message}`] };
  return attempt(() => described(thrown, cell, directory, awaited), otherwise);
}

function described(thrown: unknown, cell: number, directory: string, awaited?: Position): CellError {
  const { name, message } = nameAndMessage(thrown, directory);
  const kind: CellErrorKind = placeOf(Object(thrown)) ? "syntax" : "thrown";
  // The stack of an error that was awaited ends where the cell's own line should stand.
  const own =
    awaited && !namesLine(thrown, cell, awaited.line) ? [`    at ${describePlace({ cell }, awaited, directory)}`] : [];
  const lines = traceback(thrown, directory, own);
  const place = placeInCell(thrown, cell) ?? awaited;
  const thrownAt = placeInModule(thrown);
  return { kind, name, message, cell, ...place, ...(thrownAt && { thrownAt }), traceback: lines };
}

/** The lines of an uncaught error: what it says, where it was (`outer`: frames that its stack lacks), and what caused it. */
export function traceback(thrown: unknown, directory: string, outer: readonly string[] = []): string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  for (let error = thrown, prefix = ""; !seen.has(error); ) {
    seen.add(error);
    const isWhole = isError(error) && saysAll(nameAndMessage(error, directory).name);
    const frames = isWhole ? framesForReader(error) : framesOf(error);
    lines.push(...(prefix + headline(error, directory)).split("\n"), ...frameLines(frames, directory));
    if (error === thrown) lines.push(...outer);
    if (!isWhole) lines.push(...ownProperties(error));
    for (const inner of innerErrors(error)) lines.push(`  ${headline(inner, directory)}`);
    const cause = causeOf(error);
    if (cause === undefined) break;
    error = cause.value;
    prefix = "Caused by: ";
  }
  return lines;
}

function headline(thrown: unknown, directory: string): string {
  const { name, message } = nameAndMessage(thrown, directory);
  if (!isError(thrown)) return `${name} ${message}`;
  return message ? `${name}: ${message}` : name;
}

function nameAndMessage(thrown: unknown, directory: string): { name: string; message: string } {
  if (!isError(thrown)) return { name: "Uncaught", message: showThrown(thrown) };
  const place = placeOf(thrown);
  let message = attempt(() => String(thrown.message), "(its message cannot be read)");
  if (place) message = message.replace(place.file, path.relative(directory, place.file));
  return { name: attempt(() => String(thrown.name || "Error"), "Error"), message };
}

/** What an error carries besides its message, as node shows it: `{ code: 'ENOENT', path: 'x' }`. */
function ownProperties(error: unknown): string[] {
  if (!isError(error)) return [];
  const own = attempt(() => {
    const names = Reflect.ownKeys(error).filter(
      name => !said.has(name) && Object.getOwnPropertyDescriptor(error, name)?.enumerable,
    );
    return Object.fromEntries(names.map(name => [name, attempt(() => Reflect.get(error, name), "(cannot be read)")]));
  }, {});
  if (Reflect.ownKeys(own).length === 0) return [];
  return inspectSafely(own, { depth: 2, maxStringLength: 1000, breakLength: 100 })
    .split("\n")
    .map(line => `    ${line}`);
}

/** Shown in other ways, or of no use to a reader. */
const said: ReadonlySet<string | symbol> = new Set(["stack", "message", "name", "cause", "errors"]);

/** Of an error that says all, the lines of cells: those of what threw it are of no use. */
function framesForReader(error: unknown): Frame[] {
  const frames = framesOf(error);
  const inCells = frames.filter(({ origin }) => "cell" in origin);
  return inCells.length > 0 ? inCells : frames;
}

function frameLines(frames: readonly Frame[], directory: string): string[] {
  return frames.map(({ name, origin, position }) => {
    const place = describePlace(origin, position, directory);
    return name ? `    at ${name} (${place})` : `    at ${place}`;
  });
}

/**
 * Where a reader should look first: the line of the cell that ran, even if a function of another cell or module threw
 * below it. The place in the file, for a module that does not parse.
 */
function placeInCell(thrown: unknown, cell: number): (Position & { file?: string }) | undefined {
  const named = placeOf(Object(thrown));
  if (named) return { ...named.position, file: named.file };
  for (const error of causes(thrown)) {
    const own = framesOf(error).find(({ origin }) => "cell" in origin && origin.cell === cell);
    if (own) return own.position;
  }
  return undefined;
}

function placeInModule(thrown: unknown): { file: string; line: number; column: number } | undefined {
  for (const error of causes(thrown)) {
    const [first] = framesOf(error);
    if (first) return "file" in first.origin ? { file: first.origin.file, ...first.position } : undefined;
  }
  return undefined;
}

/** Whether the lines of the error itself hold the line at which the cell waited, and not only those of its functions. */
function namesLine(thrown: unknown, cell: number, line: number): boolean {
  // A function may have no name either.
  return framesOf(thrown).some(
    ({ name, origin, position }) =>
      name === undefined && "cell" in origin && origin.cell === cell && position.line === line,
  );
}

/** The error, what caused it, what caused that, … */
function causes(thrown: unknown): unknown[] {
  const chain = [thrown];
  for (let next = causeOf(thrown); next && !chain.includes(next.value); next = causeOf(next.value))
    chain.push(next.value);
  return chain;
}

function causeOf(error: unknown): { value: unknown } | undefined {
  if (!isError(error)) return undefined;
  const cause = attempt(() => error.cause, undefined);
  return cause === undefined ? undefined : { value: cause };
}

function innerErrors(error: unknown): unknown[] {
  const inner: unknown = attempt(() => error instanceof AggregateError && error.errors, undefined);
  return Array.isArray(inner) ? inner : [];
}

function isError(thrown: unknown): thrown is Error {
  if (types.isProxy(thrown)) return false;
  return attempt(
    () => thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]",
    types.isNativeError(thrown),
  );
}

function showThrown(thrown: unknown): string {
  return typeof thrown === "string" ? JSON.stringify(thrown) : inspectSafely(thrown);
}
