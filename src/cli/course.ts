import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { readCourse } from "./courseFolder.ts";
import { CommandError } from "./errors.ts";

/** The paths that the arguments name: notebooks, or `course` for all of the course in order. */
export function notebookPaths(command: string, names: readonly string[]): string[] {
  if (names.length === 0) {
    throw new CommandError(
      `lectern ${command}: a notebook is needed, but got none; as in lectern ${command} notebooks/05-latent-variables.ipynb.`,
    );
  }
  return names.flatMap(name => {
    if (name === "course") {
      const { folder, lectures } = readCourse(command);
      return lectures.map(({ notebook }) => display(join(folder, "notebooks", notebook)));
    }
    if (!existsSync(name))
      throw new CommandError(
        `lectern ${command}: ${name} must be a notebook or "course", but there is no such file; look at the path.`,
      );
    if (statSync(name).isDirectory()) throw new CommandError(folderNamed(command, name));
    return [name];
  });
}

function folderNamed(command: string, folder: string): string {
  const inside = readdirSync(folder).filter(each => each.endsWith(".ipynb"));
  const remedy =
    inside.length > 0
      ? `name those in it, as in lectern ${command} ${join(folder, inside.length > 1 ? "*.ipynb" : (inside[0] ?? ""))}.`
      : "and there are none in it; look at the path.";
  return `lectern ${command}: ${folder} must be a notebook or "course", but it is a folder; ${remedy}`;
}

/** A path as a person in this folder would write it. */
export function display(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith("..") ? path : short;
}
