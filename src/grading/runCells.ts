import { setTimeout } from "node:timers/promises";
import { type CellError, KernelProcess, type KernelOutput, OutputList } from "../kernel/index.ts";
import type { CodeCell, Output } from "../notebook/index.ts";
import { hasTag } from "../notebook/index.ts";
import type { GradedCell } from "./assemble.ts";
import { slowness } from "../kernel/process/slowness.ts";
import { watchMemory } from "./memory.ts";
import { type KeptNames, keptNames, preludeOf } from "./prelude.ts";
import type { Limits, Workplace } from "./workplace.ts";

/** What a check said, and what was not as the lecture left it. */
export interface Heard {
  exercise: string;
  state: string;
  message: string;
  changed: readonly string[];
}

/** One code cell that ran. */
export interface CellOutcome {
  outputs: Output[];
  heard: Heard[];
  error?: CellError;
  /** The process ended in it. */
  fatal?: true;
}

export interface RunSettings {
  limits: Limits;
  signal?: AbortSignal | undefined;
  onCell?: (done: number, total: number) => void;
}

/**
 * Runs cells in a fresh kernel, all of them whatever fails. A cell that ends the kernel is left out of the next try, an
 * answer for the lecture's own stub, so that one exercise costs no other.
 */
export async function runCells(
  cells: readonly GradedCell[],
  place: Workplace,
  settings: RunSettings,
): Promise<CellOutcome[]> {
  const until = performance.now() + settings.limits.totalSeconds * 1000 * slowness();
  const fatal = new Map<number, CellOutcome>();
  const names = keptNames(cells);
  for (;;) {
    const outcomes = await runOnce(cells, names, fatal, place, settings, until);
    const killer = outcomes.findIndex((each, index) => each?.fatal && !fatal.has(index));
    const isOver = settings.signal?.aborted || performance.now() > until || fatal.size >= MOST_RESTARTS;
    if (killer < 0 || isOver) return cells.map((_, index) => fatal.get(index) ?? outcomes[index] ?? notReached());
    fatal.set(killer, outcomes[killer] as CellOutcome);
  }
}

async function runOnce(
  cells: readonly GradedCell[],
  names: KeptNames,
  left: ReadonlyMap<number, CellOutcome>,
  { directory, confinement }: Workplace,
  { limits, signal, onCell }: RunSettings,
  until: number,
): Promise<(CellOutcome | undefined)[]> {
  const outcomes: (CellOutcome | undefined)[] = [];
  const lists = new Map<number, OutputList>();
  const heard = new Map<number, Heard[]>();
  const allowed = new Set<string>();
  const all = new Set(names.declared.flat());
  let before: readonly string[] = [];
  let isOurs = false;
  const kernel = await KernelProcess.start({
    directory,
    confinement,
    onOutput: message => deliver(lists, message),
    guard: {
      onVerdict(cell, verdict, changed) {
        const { exercise, state, message } = verdict as Heard;
        const own = names.reliedOn(cell - 1);
        const others = changed.filter(each => !allowed.has(each) && (own.has(each) || !all.has(each)));
        heard.set(cell, [...(heard.get(cell) ?? []), { exercise, state, message, changed: others }]);
      },
      onChanged(cell, changed) {
        // What a cell of the lecture changes is as it should be; in a check, answers run.
        if (isOurs && !heard.has(cell)) for (const each of changed) if (!before.includes(each)) allowed.add(each);
        before = changed;
      },
    },
  });
  const stopWatching = watchMemory(kernel.child.pid ?? 0, limits.memoryMegabytes, () =>
    kernel.kill(`the cells must do with ${limits.memoryMegabytes} MB of memory, but took more; keep less.`),
  );
  const interrupt = () => kernel.kill("interrupted");
  signal?.addEventListener("abort", interrupt);
  try {
    for (const source of preludeOf(cells)) await kernel.run(source, { number: 0 });
    kernel.close();
    for (const [index, { cell: own, whose, stub }] of cells.entries()) {
      onCell?.(index + 1, cells.length);
      const cell = left.has(index) && stub ? stub : own;
      const isLeftOut = (left.has(index) && !stub) || cell.cell_type !== "code" || hasTag(cell, "skip-execution");
      if (isLeftOut || signal?.aborted) continue;
      const rest = until - performance.now();
      if (rest <= 0) break;
      const number = index + 1;
      const list = new OutputList();
      lists.set(number, list);
      isOurs = whose === "lecture" && !left.has(index);
      const due = 1000 * limits.timeoutSeconds * slowness();
      const milliseconds = Math.min(due, rest);
      const result = await kernel.run(
        cell.source,
        { number },
        { timeoutMilliseconds: milliseconds, keep: names.declared[index] ?? [] },
      );
      const outcome: CellOutcome = { outputs: list.outputs, heard: heard.get(number) ?? [] };
      heard.set(number, outcome.heard);
      outcomes[index] = outcome;
      if (result.status === "error") {
        outcome.error = result.error.kind === "timeout" ? tooLong(result.error, limits, rest < due) : result.error;
      }
      if (!kernel.alive || (result.status === "error" && result.error.kind === "exit")) {
        outcome.fatal = true;
        break;
      }
    }
    // What comes late is shown, and judged no more.
    if (kernel.alive) await setTimeout(SETTLING_MS);
  } finally {
    stopWatching();
    signal?.removeEventListener("abort", interrupt);
    await kernel.stop();
  }
  return outcomes;
}

function deliver(lists: Map<number, OutputList>, message: KernelOutput): void {
  const own = lists.get(message.cell);
  if (own?.add(message) || message.kind !== "update") return;
  for (const list of lists.values()) if (list !== own) list.add(message);
}

/** By the limit as it was set: how busy the machine was belongs in no table. */
function tooLong(error: CellError, { timeoutSeconds, totalSeconds }: Limits, inAll: boolean): CellError {
  const message = inAll
    ? `all cells together must finish within ${totalSeconds} s, but did not; make them shorter.`
    : `the cell must finish within ${timeoutSeconds} s, but was still running; make it shorter.`;
  return { ...error, message };
}

function notReached(): CellOutcome {
  return { outputs: [], heard: [] };
}

/** The code cells of a run, with what they showed. */
export function ranCells(
  cells: readonly GradedCell[],
  outcomes: readonly CellOutcome[],
): { cell: CodeCell; whose: GradedCell["whose"] }[] {
  return cells.flatMap(({ cell, whose }, index) =>
    cell.cell_type === "code" ? [{ cell: { ...cell, outputs: outcomes[index]?.outputs ?? [] }, whose }] : [],
  );
}

const SETTLING_MS = 50;
const MOST_RESTARTS = 5;
