import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { readCourse } from "../server/lecture/course.ts";
import { CommandError } from "./errors.ts";
import { packageFolder } from "./packageFolder.ts";

/** The paths that the arguments name: notebooks, or `course` for all of the course in order. */
export function notebookPaths(command: string, names: readonly string[]): string[] {
  if (names.length === 0) {
    throw new CommandError(
      `lectern ${command}: a notebook is needed, but got none; as in lectern ${command} notebooks/05-latent-variables.ipynb.`,
    );
  }
  return names.flatMap(name => {
    if (name === "course")
      return readCourse(packageFolder).lectures.map(({ notebook }) =>
        display(join(packageFolder, "notebooks", notebook)),
      );
    if (!existsSync(name))
      throw new CommandError(
        `lectern ${command}: ${name} must be a notebook or "course", but there is no such file; look at the path.`,
      );
    return [name];
  });
}

/** A path as a person in this folder would write it. */
export function display(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith("..") ? path : short;
}
