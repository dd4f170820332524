import { split, studentEdition, textsOf, traces, writeEditions } from "../notebook/editions/index.ts";
import { type Notebook, NotebookFormatError, setFingerprint } from "../notebook/index.ts";
import type { ExerciseReport } from "./report.ts";
import { runAndTell, type Told, type ToldRun } from "./runAndTell.ts";
import { asStored } from "./store.ts";
import { trustRun } from "./trust.ts";

/**
 * Runs a notebook with its solutions and without, and stores both halves apart. Nothing is stored where one of them
 * fails, where an exercise is not right with its solution in or not unanswered without it, or where a line of a
 * solution would be left in what students get.
 *
 * The student's outputs come from a run that never had the solutions, so they cannot hold them.
 */
export async function runEditions(path: string, joined: Notebook, options: ToldRun): Promise<Told[]> {
  const told: Told[] = [];
  for (const [edition, notebook, state] of [
    ["instructor", joined, "right"],
    ["student", studentEdition(joined, path), "unanswered"],
  ] as const) {
    const next = await runAndTell(path, notebook, { ...options, edition });
    told.push(next);
    if (next.report.ok) failUnless(next, path, state);
    if (!next.report.ok) return told;
  }
  const [withSolutions, without] = told as [Told, Told];
  const editions = split(await stored(path, withSolutions), await stored(path, without), path);
  const left = traces(editions.solutions, textsOf(editions.student));
  for (const { cell, line } of left) {
    const problem = `no line of a solution must be left for students, but got ${JSON.stringify(line)} of cell ${cell}; say it in other words in one of the two.`;
    fail(without, new NotebookFormatError(path, {}, problem).message);
  }
  if (left.length > 0) return told;
  await writeEditions(path, editions);
  await trustRun(path);
  return told;
}

async function stored(path: string, { run }: Told): Promise<Notebook> {
  return setFingerprint(path, await asStored(run.notebook));
}

function failUnless(told: Told, path: string, state: ExerciseReport["state"]): void {
  const { exercises, edition } = told.report;
  for (const { exercise, cell, state: got } of exercises.filter(each => each.state !== state)) {
    const remedy =
      state === "right" ? "look at its solution and at its check" : "a check must not pass without an answer";
    fail(told, `${path}:${cell}: exercise ${exercise} must be ${state} for the ${edition}, but is ${got}; ${remedy}.`);
  }
}

function fail(told: Told, message: string): void {
  console.error(message);
  told.report.ok = false;
  told.report.error ??= { kind: "edition", name: "Edition", message };
}
