import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { Assignment, Grade, Limits } from "../grading/index.ts";
import { NotebookFormatError } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { assertOut } from "./outFolder.ts";
import { interruptOnce, parseTimeout } from "./run.ts";

/** `lectern grade`: runs what students handed in, scores it, and writes a table and feedback. Returns the exit code. */
export async function grade(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("grade", args, {
    of: { type: "string", multiple: true, default: ["course"] },
    out: { type: "string", default: "grades" },
    workers: { type: "string", default: "1" },
    timeout: { type: "string" },
    total: { type: "string" },
    memory: { type: "string" },
    output: { type: "string" },
    due: { type: "string" },
    again: { type: "boolean", default: false },
  });
  const folder = submissionsFolder(positionals);
  const { defaultLimits, gradeFolder, handedIn, pointsOf } = await import("../grading/index.ts");
  const limits: Limits = {
    timeoutSeconds: parseTimeout("grade", values.timeout) ?? defaultLimits.timeoutSeconds,
    totalSeconds: positive("total", "seconds", values.total) ?? defaultLimits.totalSeconds,
    memoryMegabytes: positive("memory", "megabytes", values.memory) ?? defaultLimits.memoryMegabytes,
    outputMegabytes: positive("output", "megabytes", values.output) ?? defaultLimits.outputMegabytes,
  };
  const workers = positive("workers", "processes", values.workers) ?? 1;
  if (!Number.isInteger(workers))
    throw new CommandError(
      `lectern grade: --workers must be a whole number, but got ${values.workers}; as in --workers ${availableParallelism()}.`,
    );
  const due = dateOf(values.due);
  const out = resolve(values.out);
  assertOut("grade", values.out, "grades");
  const assignments = await readAssignments(notebookPaths("grade", values.of));
  const { notebooks, others } = await handedIn(folder, [out]);
  for (const each of others) console.error(`${each} is no notebook, and is not graded`);
  if (notebooks.length === 0) {
    throw new CommandError(
      `lectern grade: ${positionals[0]} must hold notebooks, but got none; put them there, or into a folder for each student.`,
      exitCode.failed,
    );
  }

  const interrupt = interruptOnce();
  let done = 0;
  const onGrade = (each: Grade, kept: boolean, seconds: number) => {
    const { points, of } = pointsOf(each);
    const came =
      each.error ?? `${points} of ${of} points${suspicions(each)}, ${kept ? "as before" : `${seconds.toFixed(1)} s`}`;
    console.error(`[${++done}/${notebooks.length}] ${each.submission}: ${came}`);
  };
  const onWorkplace = ({ offline }: { offline: boolean }) => {
    if (!offline)
      console.error("the network cannot be cut off here: answers can reach it; grade in a container without one");
  };
  const { signal } = interrupt;
  const settings = { folder, notebooks, assignments, out, limits, workers, again: values.again, due, signal };
  const grades = await gradeFolder({ ...settings, onGrade, onWorkplace });
  interrupt.dispose();
  if (signal.aborted) {
    console.error(`interrupted after ${grades.length} of ${notebooks.length}; the same command goes on from there`);
    return exitCode.interrupted;
  }
  console.log(join(values.out, "grades.csv"));
  console.log(join(values.out, "grades.md"));
  console.log(join(values.out, "feedback"));
  return grades.some(({ error }) => error !== undefined) ? exitCode.failed : exitCode.done;
}

function suspicions({ findings }: Grade): string {
  const count = findings.filter(({ kind }) => kind === "suspicion").length;
  return count === 0 ? "" : `, ${count} to look at`;
}

function submissionsFolder([name, ...others]: readonly string[]): string {
  if (name === undefined || others.length > 0) {
    throw new CommandError(
      `lectern grade: one folder must be named, but got ${name === undefined ? "none" : others.length + 1}; as in lectern grade submissions.`,
    );
  }
  if (!existsSync(name) || !statSync(name).isDirectory()) {
    throw new CommandError(
      `lectern grade: ${name} must be a folder of notebooks, but there is no such folder; look at the path.`,
    );
  }
  return resolve(name);
}

/** @throws CommandError for a lecture that cannot be graded by */
async function readAssignments(paths: readonly string[]): Promise<Assignment[]> {
  const { readAssignment } = await import("../grading/index.ts");
  const assignments: Assignment[] = [];
  for (const path of paths) {
    assignments.push(
      await readAssignment(path).catch((error: unknown) => {
        throw error instanceof NotebookFormatError ? new CommandError(error.message, exitCode.failed) : error;
      }),
    );
  }
  return assignments;
}

function positive(option: string, unit: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new CommandError(
    `lectern grade: --${option} must be a positive number of ${unit}, but got ${text}; as in --${option} 2.`,
  );
}

function dateOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  throw new CommandError(
    `lectern grade: --due must be a date and a time, but got ${text}; as in --due 2026-11-30T23:59.`,
  );
}
