import path from "node:path";
import { inspect } from "node:util";
import type { CellError, CellErrorKind } from "../result.ts";
import type { Position } from "../transform/positions.ts";
import { describePlace, framesOf } from "./frames.ts";
import { placeOf } from "./source.ts";

/**
 * What was thrown in a cell, as its result and as lines to print. `awaited` is the `await` that it
 * came from, for errors that know no place themselves.
 */
export function describeThrown(thrown: unknown, cell: number, directory: string, awaited?: Position): CellError {
  const { name, message } = nameAndMessage(thrown, directory);
  const kind: CellErrorKind = placeOf(Object(thrown)) ? "syntax" : "thrown";
  const lines = traceback(thrown, directory);
  const place = placeInCell(thrown, cell) ?? awaited;
  const thrownAt = placeInModule(thrown);
  if (awaited && place === awaited) lines.push(`    at ${describePlace({ cell }, awaited, directory)}`);
  return { kind, name, message, cell, ...place, ...(thrownAt && { thrownAt }), traceback: lines };
}

/** The lines of an uncaught error: what it says, where it was, and what caused it. */
export function traceback(thrown: unknown, directory: string): string[] {
  const lines: string[] = [];
  const seen = new Set<unknown>();
  for (let error = thrown, prefix = ""; !seen.has(error); ) {
    seen.add(error);
    lines.push(...(prefix + headline(error, directory)).split("\n"), ...frameLines(error, directory));
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
  let message = String(thrown.message);
  if (place) message = message.replace(place.file, path.relative(directory, place.file));
  return { name: String(thrown.name || "Error"), message };
}

function frameLines(error: unknown, directory: string): string[] {
  return framesOf(error).map(({ name, origin, position }) => {
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

/** The error, what caused it, what caused that, … */
function causes(thrown: unknown): unknown[] {
  const chain = [thrown];
  for (let next = causeOf(thrown); next && !chain.includes(next.value); next = causeOf(next.value))
    chain.push(next.value);
  return chain;
}

function causeOf(error: unknown): { value: unknown } | undefined {
  if (!isError(error) || error.cause === undefined) return undefined;
  return { value: error.cause };
}

function innerErrors(error: unknown): unknown[] {
  return error instanceof AggregateError ? error.errors : [];
}

function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";
}

function showThrown(thrown: unknown): string {
  return typeof thrown === "string" ? JSON.stringify(thrown) : inspect(thrown, { depth: 2, colors: false });
}
