import { basename } from "node:path";
import type { Edition } from "../notebook/editions/index.ts";
import type { Notebook } from "../notebook/index.ts";
import { progressView } from "./progress.ts";
import { diagnosticLines, type NotebookReport, reportRun } from "./report.ts";
import { type NotebookRun, runNotebook } from "./runNotebook.ts";
import { dropPartialRun, keepPartialRun } from "./store.ts";

/** How a notebook is run, for somebody who watches. */
export interface ToldRun {
  parameters?: Record<string, string>;
  timeoutSeconds: number | undefined;
  signal: AbortSignal;
  /** For whom it is, where that is to be said. */
  edition?: Edition | undefined;
}

export interface Told {
  report: NotebookReport;
  run: NotebookRun;
}

/** Runs a notebook with a progress bar, and says in a line or two what came of it. What a failed run showed is kept. */
export async function runAndTell(path: string, notebook: Notebook, options: ToldRun): Promise<Told> {
  const { parameters, timeoutSeconds, signal, edition } = options;
  const name = basename(path, ".ipynb");
  const view = progressView(edition === undefined ? name : `${name}, ${edition}`);
  const run = await runNotebook(path, notebook, {
    ...(parameters && { parameters }),
    signal,
    onCell: view.cell,
    onProgress: view.training,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  }).finally(view.end);
  const report = { ...reportRun(path, run), ...(edition && { edition }) };
  if (run.error !== undefined) {
    for (const line of diagnosticLines(path, run.error)) console.error(line);
    const kept = await keepPartialRun(path, run.notebook, edition);
    console.error(`${path} is as it was; the outputs so far are in ${kept}`);
  } else {
    await dropPartialRun(path, edition);
    console.error(summary(path, report));
  }
  return { report, run };
}

function summary(path: string, { cells, claims, exercises, seconds, edition }: NotebookReport): string {
  const holding = claims.filter(({ holds }) => holds).length;
  // A cell tagged raises-exception may make a false one on purpose.
  const others = claims.length === holding ? "" : `, ${claims.length - holding} not, as expected`;
  const name = edition === undefined ? path : `${path} (${edition})`;
  return `${name}: ${count(cells.run, "cell")} ran, ${count(holding, "claim")} hold${others}${states(exercises)}, ${seconds.toFixed(1)} s`;
}

/** `, 3 exercises right, 1 unanswered` */
function states(exercises: NotebookReport["exercises"]): string {
  const all = ["right", "wrong", "unanswered"] as const;
  const counted = all.flatMap(state => {
    const n = exercises.filter(each => each.state === state).length;
    return n === 0 ? [] : [[n, state] as const];
  });
  return counted.map(([n, state], i) => `, ${i === 0 ? count(n, "exercise") : n} ${state}`).join("");
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
