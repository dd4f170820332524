import { basename } from "node:path";
import { type Notebook, readNotebook } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { checkParameters, parseParameters } from "./parameters.ts";
import { progressView } from "./progress.ts";
import { backendOf, diagnosticLines, type NotebookReport, type Report, reportRun, reportUnreadable } from "./report.ts";
import { type NotebookRun, runNotebook } from "./runNotebook.ts";
import { dropPartialRun, keepPartialRun, storeRun } from "./store.ts";

/** `lectern run`: every notebook in a fresh kernel, in order. Returns the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("run", args, {
    write: { type: "boolean", default: false },
    out: { type: "string" },
    report: { type: "string" },
    timeout: { type: "string" },
    parameter: { type: "string", short: "p", multiple: true, default: [] },
  });
  if (values.report !== undefined && values.report !== "json") {
    throw new CommandError(`lectern run: --report must be json, but got ${values.report}; as in --report json.`);
  }
  const timeoutSeconds = parseTimeout(values.timeout);
  const parameters = parseParameters(values.parameter);
  if (values.write && Object.keys(parameters).length > 0) {
    throw new CommandError(
      "lectern run: --write and -p must not be used together, since the stored outputs would not be those of the stored cells; edit the parameters cell, or use --out FILE.",
    );
  }
  const paths = notebookPaths("run", positionals);
  if (values.out !== undefined && (values.write || paths.length !== 1)) {
    throw new CommandError(
      "lectern run: --out must stand with one notebook and without --write; as in --out /tmp/run.ipynb.",
    );
  }
  const started = performance.now();
  const interrupt = interruptOnce();
  const report: Report = { ok: true, seconds: 0, backend: null, notebooks: [] };

  for (const path of paths) {
    const result = await runOne(path, {
      parameters,
      timeoutSeconds,
      write: values.write,
      out: values.out,
      signal: interrupt.signal,
    });
    report.notebooks.push(result.report);
    report.backend ??= result.run && backendOf(result.run.notebook);
    if (interrupt.signal.aborted) break;
  }
  interrupt.dispose();
  report.ok = report.notebooks.every(({ ok }) => ok);
  report.seconds = Number(((performance.now() - started) / 1000).toFixed(2));
  if (values.report === "json") console.log(JSON.stringify(report, null, 2));
  if (interrupt.signal.aborted) return exitCode.interrupted;
  return report.ok ? exitCode.done : exitCode.failed;
}

interface OneRun {
  parameters: Record<string, string>;
  timeoutSeconds: number | undefined;
  write: boolean;
  out: string | undefined;
  signal: AbortSignal;
}

async function runOne(path: string, options: OneRun): Promise<{ report: NotebookReport; run: NotebookRun | null }> {
  let notebook: Notebook;
  try {
    notebook = await readNotebook(path);
  } catch (error) {
    console.error((error as Error).message);
    return { report: reportUnreadable(path, error as Error), run: null };
  }
  await checkParameters(path, notebook, options.parameters);
  const view = progressView(basename(path, ".ipynb"));
  const run = await runNotebook(path, notebook, {
    parameters: options.parameters,
    signal: options.signal,
    onCell: view.cell,
    onProgress: view.training,
    ...(options.timeoutSeconds !== undefined && { timeoutSeconds: options.timeoutSeconds }),
  }).finally(view.end);
  const report = reportRun(path, run);
  if (run.error !== undefined) {
    for (const line of diagnosticLines(path, run.error)) console.error(line);
    console.error(`${path} is as it was; the outputs so far are in ${await keepPartialRun(path, run.notebook)}`);
  } else {
    if (options.write || options.out !== undefined) await storeRun(path, run.notebook, options.out);
    await dropPartialRun(path);
    console.error(summary(path, report));
  }
  return { report, run };
}

function summary(path: string, { cells, claims, seconds }: NotebookReport): string {
  const holding = claims.filter(({ holds }) => holds).length;
  // A cell tagged raises-exception may make a false one on purpose.
  const others = claims.length === holding ? "" : `, ${claims.length - holding} not, as expected`;
  return `${path}: ${count(cells.run, "cell")} ran, ${count(holding, "claim")} hold${others}, ${seconds.toFixed(1)} s`;
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}

function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!(seconds > 0) || !Number.isFinite(seconds)) {
    throw new CommandError(
      `lectern run: --timeout must be a positive number of seconds, but got ${text}; as in --timeout 60.`,
    );
  }
  return seconds;
}

/** The first Ctrl-C lets the cell save what it has; a second ends the command at once. */
export function interruptOnce(): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    dispose() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
