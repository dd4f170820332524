import type { CellError, CellErrorKind } from "../result.ts";
import type { FromKernel } from "./frames.ts";

/** The cell took longer than it was given. */
export function timeoutError(milliseconds: number, cell: number): CellError {
  const message = `the cell must finish within ${milliseconds / 1000} s, but was still running; allow more time or make it shorter.`;
  return failure("timeout", "Timeout", message, cell);
}

/** The cell asked for the end of its process. */
export function exitError(exit: Extract<FromKernel, { type: "exit" }>, cell: number): CellError {
  const { code, type: _, ...place } = exit;
  const message = `the cell called process.exit(${code}), which ends the kernel; remove it, or throw an error to stop the notebook.`;
  return { ...failure("exit", "Exit", message, cell), ...place };
}

/** The process ended while the cell ran, and nobody asked for it. */
export function crashError(ended: string, lastWords: string, cell: number): CellError {
  const memory = /heap out of memory|Reached heap limit/.test(lastWords);
  const message = memory
    ? `the kernel ran out of memory (${ended}); keep less, or start node with --max-old-space-size.`
    : `the kernel ${ended} while the cell ran.`;
  return failure("crash", "KernelDied", message, cell);
}

/** We ended the process, for a reason that its reader understands. */
export function stoppedError(why: string, cell: number): CellError {
  return failure("crash", "Stopped", why, cell);
}

/** The process had ended before the cell came. */
export function deadError(ended: string, cell: number): CellError {
  return failure("crash", "KernelDied", `the kernel ${ended}; start a new one.`, cell);
}

/** Why nothing more is read of what a process says. */
export function refusal(why: "forged" | "too much", limit = 0): string {
  if (why === "forged") return "a cell must not write to the kernel's own channel, but did so.";
  return `the cells must not show more than ${Math.round(limit / 1e6)} MB in all, but did so; print less.`;
}

function failure(kind: CellErrorKind, name: string, message: string, cell: number): CellError {
  return { kind, name, message, cell, traceback: [`${name}: ${message}`] };
}
