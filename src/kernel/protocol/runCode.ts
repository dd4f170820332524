import type { CellChecker } from "../check/cellChecker.ts";
import type { CellResult } from "../result.ts";
import type { CellNames } from "../transform/uses.ts";
import type { MainThread } from "./mainThread.ts";
import type { Outlet } from "./outlet.ts";
import type { Run } from "./runs.ts";
import { sayingWhy } from "./waiting.ts";

export interface CodePath {
  main: MainThread;
  checker: () => Promise<CellChecker>;
  outlet: Outlet;
}

/** Hears of the names of a cell that ran, and of the statements that finished. */
type Noted = (names: CellNames, finished: readonly number[]) => void;

/** How long the check of a cell that is over may go on, in milliseconds; ending it earlier costs more than waiting. */
const patience = 1000;

/**
 * Takes one piece of code through the checker, the main thread and back to the checker. Shows what is
 * wrong with it where it does not run; does not start it when the signal is aborted by then.
 */
export async function runCode(
  path: CodePath,
  run: Run,
  source: string,
  signal: AbortSignal,
  note: Noted = () => {},
): Promise<CellResult> {
  const { main, outlet } = path;
  const checker = await path.checker();
  const check = checker.check({ id: run.id, cell: run.number, source }, delayed(signal));
  const { error, types, names, warnings } = await sayingWhy(outlet, run, () => checker.waitsFor?.(), check);
  for (const warning of warnings) {
    const output = { output_type: "stream" as const, name: "stderr" as const, text: `${warning}\n` };
    outlet.receive({ cell: run.number, run: run.id, kind: "output", output });
  }
  if (error) {
    if (!signal.aborted) outlet.error(error, run);
    return { status: "error", error };
  }
  await main.ready;
  const nothing = { result: { status: "ok" } as CellResult, finished: [] };
  const { result, finished } = signal.aborted
    ? nothing
    : await main.execute({ id: run.id, number: run.number, source, types });
  if (names && !signal.aborted) note(names, finished);
  // Not waited for: the checker takes its questions in order.
  checker.commit({ id: run.id, finished }).catch(() => {});
  return result;
}

/** A signal that follows another after a while. */
function delayed(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener("abort", () => setTimeout(() => controller.abort(), patience), { once: true });
  return controller.signal;
}
