import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CourseError, readCourse as read, type Course } from "../server/lecture/course.ts";
import { CommandError } from "./errors.ts";
import { packageFolder } from "./packageFolder.ts";

/** The folder of the course that is meant: the nearest, from here upwards, that has a `notebooks/course.json`, else ours. */
export function courseFolder(from = process.cwd()): string {
  if (existsSync(join(from, "notebooks", "course.json"))) return from;
  return dirname(from) === from ? packageFolder : courseFolder(dirname(from));
}

/** What a course has, and where it is; where it cannot be read, what is said of it names the command. */
export function readCourse(command: string, folder = courseFolder()): Course & { folder: string } {
  try {
    return { folder, ...read(folder) };
  } catch (error) {
    if (error instanceof CourseError) throw new CommandError(`lectern ${command}: ${error.message}`);
    throw error;
  }
}
