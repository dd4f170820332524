import { statSync } from "node:fs";
import { basename } from "node:path";
import { assertNotSolutions, type Edition, editionFrom } from "../notebook/editions/index.ts";
import { type Notebook, NotebookFormatError, readNotebook, type Staleness, staleness } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";

/** `lectern export`: a handout of what is stored in each notebook; nothing runs. Returns the exit code. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("export", args, {
    to: { type: "string", default: "html" },
    out: { type: "string", default: "handouts" },
    for: { type: "string" },
    interactive: { type: "boolean", default: false },
  });
  if (values.to !== "html") {
    throw new CommandError(`lectern export: --to must be html, but got ${values.to}; as in --to html.`);
  }
  const edition = parseEdition("export", values.for) ?? "student";
  const paths = notebookPaths("export", positionals);
  assertApart(paths);
  if (statSync(values.out, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CommandError(
      `lectern export: --out must be a folder, but ${values.out} is a file; as in --out handouts.`,
    );
  }
  const { exportHtml } = await import("../handout/index.ts");
  for (const path of paths) {
    try {
      const { stale, reason } = await stalenessOf(path, edition);
      if (stale)
        console.error(
          `${path}: its outputs are not up to date (${reason?.replace(/\.$/, "")}); run lectern run --write ${path} first.`,
        );
      console.log(await exportHtml(path, values.out, { edition, interactive: values.interactive }));
    } catch (error) {
      if (error instanceof NotebookFormatError) throw new CommandError(error.message, exitCode.failed);
      throw error;
    }
  }
  return exitCode.done;
}

/** What is stored for students; for instructors with the solutions in. */
async function stalenessOf(path: string, edition: Edition): Promise<Staleness> {
  const stored = await readNotebook(path);
  assertNotSolutions(path, stored);
  const own = await editionFrom(path, stored, edition);
  if (edition !== "student") return staleness(path, own);
  const left = outputsIn(stored) - outputsIn(own);
  if (left > 0)
    console.error(
      `${path}: a student's outputs must come from a run without the solutions, but got ${left} from a run with them, which the handout leaves out; lectern split ${path} makes that run, where nothing but checks uses an answer.`,
    );
  return staleness(path, stored);
}

function outputsIn({ cells }: Notebook): number {
  return cells.reduce((sum, cell) => sum + (cell.cell_type === "code" ? cell.outputs.length : 0), 0);
}

/** Handouts are named after their notebooks: two of the same name would overwrite each other. */
function assertApart(paths: readonly string[]): void {
  const names = new Map<string, string>();
  for (const path of paths) {
    const other = names.get(basename(path));
    if (other !== undefined) {
      throw new CommandError(
        `lectern export: notebooks must have different names, but got ${other} and ${path}; export them to two folders.`,
      );
    }
    names.set(basename(path), path);
  }
}
