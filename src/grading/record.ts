import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "../notebook/writeWhole.ts";
import type { Finding } from "./findings.ts";
import type { ExerciseGrade } from "./score.ts";

/** One row of the table. */
export interface Grade {
  /** The path of what was handed in, within its folder and without `.ipynb`. */
  submission: string;
  /** The name of the lecture that it belongs to; absent where none was found. */
  lecture?: string;
  exercises: ExerciseGrade[];
  findings: Finding[];
  /** Why nothing could be graded. */
  error?: string;
}

/** Of what a grade is made: the same again is graded the same, and need not run. */
export function keyOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A grade that was kept for this very key. */
export async function keptGrade(file: string, key: string): Promise<Grade | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, "utf8")) as { key: string; grade: Grade };
    return kept.key === key ? kept.grade : undefined;
  } catch {
    // None as yet, or one that was cut off: it is graded now.
    return undefined;
  }
}

export async function keepGrade(file: string, key: string, grade: Grade): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify({ key, grade }, null, 2)}\n`);
}

export function pointsOf({ exercises }: Grade): { points: number; of: number } {
  const sum = (values: number[]) => Number(values.reduce((a, b) => a + b, 0).toFixed(6));
  return { points: sum(exercises.map(each => each.points)), of: sum(exercises.map(each => each.of)) };
}
