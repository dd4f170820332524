import type { Verdict } from "../../notebook/index.ts";

/** What the student's last run of a cell came to. */
export interface CellProgress {
  status: "ok" | "error";
  /** The claims that it made, and how many of them hold. */
  claims: { made: number; holding: number };
  /** What it found of the exercises that it checks; absent in what was noted before there were checks. */
  verdicts?: Verdict[];
  /** The code that ran. */
  code: string;
}

/** By the path of the lecture, and the id of the cell. */
export type ProgressRecord = Record<string, Record<string, CellProgress>>;

/** The record in a file, without what is none: another program may have written there. Throws where it is no JSON. */
export function parseRecord(text: string): ProgressRecord {
  const lectures = Object.entries(objectOf(JSON.parse(text)));
  return Object.fromEntries(lectures.map(([lecture, cells]) => [lecture, progressOf(cells)]));
}

function progressOf(cells: unknown): Record<string, CellProgress> {
  const entries = Object.entries(objectOf(cells));
  return Object.fromEntries(entries.filter((entry): entry is [string, CellProgress] => isProgress(entry[1])));
}

function isProgress(value: unknown): value is CellProgress {
  const { status, claims, verdicts = [], code } = objectOf(value);
  const { made, holding } = objectOf(claims);
  const isCounted = Number.isInteger(made) && Number.isInteger(holding);
  return (
    (status === "ok" || status === "error") &&
    isCounted &&
    Array.isArray(verdicts) &&
    verdicts.every(isVerdict) &&
    typeof code === "string"
  );
}

function isVerdict(value: unknown): boolean {
  const { exercise, state } = objectOf(value);
  return typeof exercise === "string" && typeof state === "string";
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
