import type { CellError } from "../result.ts";
import type { Content } from "./message.ts";

/** A cell that was interrupted before its code ran. */
export function interruptedError(cell: number): CellError {
  const message = "the cell was interrupted";
  return { kind: "interrupted", name: "Interrupted", message, cell, traceback: [`Interrupted: ${message}`] };
}

/** Code asked for the end of the kernel. */
export function exitError(cell: number, code: number, place: string | undefined): CellError {
  const message = `process.exit(${code}) called`;
  const where = place === undefined ? [] : [`    at ${place}`];
  return { kind: "exit", name: "Exit", message, cell, traceback: [`Exit: ${message}; the kernel ends.`, ...where] };
}

/** The kernel itself failed, in a way that nobody foresaw. */
export function kernelFault(error: unknown, cell: number): CellError {
  const { message: reason = String(error), stack = "" } = (error ?? {}) as Partial<Error>;
  const message = `the kernel could not run the cell: ${reason}`;
  const traceback = [`KernelError: ${message}`, ...stack.split("\n")];
  return { kind: "crash", name: "KernelError", message, cell, traceback };
}

/** The fields by which messages report an error. */
export function errorContent(error: CellError): Content {
  return { ename: error.name, evalue: error.message, traceback: coloured(error.traceback) };
}

/** The lines of a traceback with ANSI colours: the error's name in red, what caused it too, places in bold. */
export function coloured(traceback: readonly string[]): string[] {
  return traceback.map((line, index) => {
    if (/^ {4}at /.test(line) || startsWithPlace.test(line)) return line.replace(place, bold("$1"));
    const named = index === 0 || line.startsWith("Caused by: ");
    return named ? line.replace(/^(Caused by: )?([\w.$]+)/, `$1${boldRed("$2")}`) : line;
  });
}

const place = /(cell \d+, line \d+, column \d+|[^\s(]+:\d+:\d+)/;
const startsWithPlace = new RegExp(`^${place.source}: `);
const boldRed = (text: string) => `\u001b[1;31m${text}\u001b[0m`;
const bold = (text: string) => `\u001b[1m${text}\u001b[0m`;
