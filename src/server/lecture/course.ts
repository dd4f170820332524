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

/** What is wrong with a `course.json`, in one line. */
export class CourseError extends Error {
  override readonly name = "CourseError";
}

/**
 * The course in a folder, as its `notebooks/course.json` says.
 *
 * @throws CourseError where it says no such thing
 */
export function readCourse(folder: string): Course {
  const file = path.join(folder, "notebooks", "course.json");
  const course = parsed(file);
  const { title, lectures } = (course ?? {}) as Partial<Course>;
  if (typeof title !== "string" || !Array.isArray(lectures))
    throw wrong(file, 'it must hold { "title": …, "lectures": [ … ] }', JSON.stringify(course));
  return { title, lectures: lectures.map((lecture: unknown) => checked(file, lecture)) };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw wrong(file, "it must be a file of JSON", (error as Error).message);
  }
}

function checked(file: string, lecture: unknown): Lecture {
  const { notebook, title, minutes = 0, needs = [], isIndex } = (lecture ?? {}) as Partial<Lecture>;
  const areTexts = typeof notebook === "string" && notebook.endsWith(".ipynb") && typeof title === "string";
  const isLecture = areTexts && Number.isFinite(minutes) && Array.isArray(needs) && !notebook.includes("/");
  if (!isLecture) {
    const rule = 'a lecture must be { "notebook": "NAME.ipynb", "title": …, "minutes": 60, "needs": [ … ] }, beside it';
    throw wrong(file, rule, JSON.stringify(lecture));
  }
  return { notebook, title, minutes, needs: needs.map(String), ...(isIndex && { isIndex: true }) };
}

function wrong(file: string, rule: string, got: string): CourseError {
  return new CourseError(`${file}: ${rule}, but got ${got.slice(0, 200)}; look at it.`);
}
