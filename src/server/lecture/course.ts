import { readFileSync } from "node:fs";
import path from "node:path";

/** One lecture of `notebooks/course.json`. */
export interface Lecture {
  notebook: string;
  title: string;
  /** Reading time. */
  minutes: number;
  /** The lectures to read before. */
  needs: string[];
  /** Whether it is no lecture but a list of what stands in them. */
  isIndex?: boolean;
}

export interface Course {
  title: string;
  /** In order. */
  lectures: Lecture[];
}

/** The course in a folder, as its `notebooks/course.json` says; throws where there is none. */
export function readCourse(folder: string): Course {
  return JSON.parse(readFileSync(path.join(folder, "notebooks", "course.json"), "utf8")) as Course;
}
