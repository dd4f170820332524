import type { Output } from "./types.ts";

/** What a page is told of a course. */
export interface CourseOverview {
  title: string;
  /** In order. */
  lectures: LectureOverview[];
}

/** A lecture, and how far the student is with it. */
export interface LectureOverview {
  path: string;
  title: string;
  minutes: number;
  needs: string[];
  /** Whether it is no lecture but a list of what stands in them. */
  isIndex?: boolean;
  /** Whether the student has a copy of their own, and since when it is as it is. */
  copy: boolean;
  modified: string | null;
  /** Code cells, and how many of them the student ran without an error. */
  cells: { code: number; run: number };
  /** Claims as stored; those that the student's runs made, and how many of them hold. */
  claims: { stored: number; made: number; holding: number };
  exercises: ExerciseCounts;
  /** Why it cannot be read, or the student's copy of it, and what to do; absent where all is well. */
  problem?: string;
}

/** How exercises stand; what is neither solved nor wrong is not answered. */
export interface ExerciseCounts {
  total: number;
  solved: number;
  wrong: number;
}

/** A cell that has all of the words that were searched for. */
export interface Finding {
  path: string;
  title: string;
  cell: string;
  /** Of the section. */
  heading: string;
  kind: "heading" | "text" | "code";
  excerpt: string;
}

/** One request to execute, and what came of it, as it is kept while no page is there. */
export interface RunModel {
  msg_id: string;
  /** The id of the notebook's cell, where the page said it. */
  cell: string | null;
  state: "queued" | "running" | "done";
  status: "ok" | "error" | "aborted" | null;
  execution_count: number | null;
  started: string | null;
  ended: string | null;
  outputs: Output[];
  /** Outputs that were not kept. */
  dropped: number;
}
