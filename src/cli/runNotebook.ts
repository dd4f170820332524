import { dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { CellError, CellResult, KernelOutput } from "../kernel/index.ts";
import { OutputList } from "../kernel/output/outputList.ts";
import { KernelProcess } from "../kernel/process/process.ts";
import { type CodeCell, hasTag, type Notebook } from "../notebook/index.ts";

export interface RunOptions {
  /** For the cell tagged `parameters`. */
  parameters?: Record<string, string>;
  /** A cell that takes longer is given up. */
  timeoutSeconds?: number;
  /** Stops between and inside cells; training saves its checkpoint first. */
  signal?: AbortSignal;
  onCell?: (done: number, total: number) => void;
  /** What a cell reports of its training. */
  onProgress?: (progress: unknown) => void;
}

/** What running a notebook came to. */
export interface NotebookRun {
  /** The notebook with the outputs of this run, up to the cell that failed. */
  notebook: Notebook;
  cells: { run: number; failed: number };
  seconds: number;
  error?: CellError;
}

/** Runs every code cell in order in a fresh kernel process, and stops at the first that fails. */
export async function runNotebook(path: string, source: Notebook, options: RunOptions = {}): Promise<NotebookRun> {
  const started = performance.now();
  const notebook = structuredClone(source);
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const lists = new Map<number, OutputList>();
  let uncaught: CellError | undefined;
  const kernel = await KernelProcess.start({
    directory: dirname(resolve(path)),
    notebook: resolve(path),
    onOutput(message) {
      deliver(lists, message);
      if (message.kind === "output") uncaught ??= message.uncaught;
    },
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  const interrupt = () => kernel.interrupt();
  options.signal?.addEventListener("abort", interrupt);
  for (const cell of cells) Object.assign(cell, { outputs: [], execution_count: null });

  const counts = { run: 0, failed: 0 };
  let error: CellError | undefined;
  try {
    const runnable = cells.filter(cell => !hasTag(cell, "skip-execution"));
    for (const [index, cell] of runnable.entries()) {
      options.onCell?.(index + 1, runnable.length);
      const number = index + 1;
      const list = new OutputList();
      lists.set(number, list);
      const result = options.signal?.aborted
        ? stopped(number)
        : await kernel.run(await sourceOf(cell, options), { number }, timeout(options));
      Object.assign(cell, { outputs: list.outputs, execution_count: number });
      counts.run++;
      if (result.status === "error" && !hasTag(cell, "raises-exception")) {
        counts.failed++;
        error = result.error;
        break;
      }
    }
    // What a cell left running may still fail; it is given a moment to say so.
    if (error === undefined && counts.run > 0) {
      await setTimeout(SETTLING_MS);
      // By then the kernel has sent what came of it. The time is ours: a cell may have stopped the kernel's clock.
      await kernel.run("", { number: counts.run });
    }
    if (error === undefined && uncaught !== undefined) {
      counts.failed++;
      error = uncaught;
    }
  } finally {
    options.signal?.removeEventListener("abort", interrupt);
    await kernel.stop();
  }
  return { notebook, cells: counts, seconds: (performance.now() - started) / 1000, ...(error && { error }) };
}

const SETTLING_MS = 50;

async function sourceOf(cell: CodeCell, { parameters = {} }: RunOptions): Promise<string> {
  if (Object.keys(parameters).length === 0 || !hasTag(cell, "parameters")) return cell.source;
  const { withParameters } = await import("../kernel/parameters.ts");
  return withParameters(cell.source, parameters);
}

function timeout({ timeoutSeconds }: RunOptions): { timeoutMilliseconds?: number } {
  return timeoutSeconds === undefined ? {} : { timeoutMilliseconds: timeoutSeconds * 1000 };
}

/** An update may be for the output of an earlier cell than the one that sends it. */
function deliver(lists: Map<number, OutputList>, message: KernelOutput): void {
  const own = lists.get(message.cell);
  if (own?.add(message) || message.kind !== "update") return;
  for (const list of lists.values()) if (list !== own) list.add(message);
}

function stopped(cell: number): CellResult {
  const message = "interrupted before this cell began";
  return { status: "error", error: { kind: "interrupted", name: "Interrupted", message, cell, traceback: [] } };
}
