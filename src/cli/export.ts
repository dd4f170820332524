import { statSync } from "node:fs";
import { basename } from "node:path";
import { assertNotSolutions, type Edition, editionFrom } from "../notebook/editions/index.ts";
import type { ExportOptions } from "../handout/index.ts";
import { type Notebook, NotebookFormatError, readNotebook, type Staleness, staleness } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";
import { assertNoPageOptions, pageOptions, readPageOptions } from "./pageOptions.ts";

/** `lectern export`: a handout of what is stored in each notebook; nothing runs. Returns the exit code. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("export", args, {
    to: { type: "string", default: "html" },
    out: { type: "string", default: "handouts" },
    for: { type: "string" },
    interactive: { type: "boolean", default: false },
    ...pageOptions,
  });
  if (values.to !== "html" && values.to !== "ipynb") {
    throw new CommandError(`lectern export: --to must be html or ipynb, but got ${values.to}; as in --to html.`);
  }
  if (values.to === "ipynb" && values.interactive) {
    throw new CommandError(
      "lectern export: --interactive must stand with --to html, since figures of a notebook are live where it is opened; leave it out.",
    );
  }
  const edition = parseEdition("export", values.for) ?? "student";
  const paths = notebookPaths("export", positionals);
  assertApart("export", paths);
  assertOut("export", values.out);
  if (values.to !== "html") assertNoPageOptions(values, values.to);
  const page = readPageOptions(values, paths.length);
  const write = await writerOf(values.to, edition, { ...page, interactive: values.interactive });
  for (const path of paths) {
    try {
      const { stale, reason } = await stalenessOf(path, edition);
      if (stale)
        console.error(
          `${path}: its outputs are not up to date (${reason?.replace(/\.$/, "")}); run lectern run --write ${path} first.`,
        );
      console.log(await write(path, values.out));
    } catch (error) {
      if (error instanceof NotebookFormatError) throw new CommandError(error.message, exitCode.failed);
      throw error;
    }
  }
  return exitCode.done;
}

type Writer = (path: string, out: string) => Promise<string>;

async function writerOf(format: "html" | "ipynb", edition: Edition, options: ExportOptions): Promise<Writer> {
  if (format === "ipynb") {
    const { writeInstructors, writeStarter } = await import("./handOut.ts");
    return edition === "student" ? writeStarter : writeInstructors;
  }
  const { exportHtml } = await import("../handout/index.ts");
  return (path, out) => exportHtml(path, out, { ...options, edition });
}

/** What is stored for students; for instructors with the solutions in. */
async function stalenessOf(path: string, edition: Edition): Promise<Staleness> {
  const stored = await readNotebook(path, words => console.error(words));
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
export function assertApart(command: string, paths: readonly string[]): void {
  const names = new Map<string, string>();
  for (const path of paths) {
    const other = names.get(basename(path));
    if (other !== undefined) {
      throw new CommandError(
        `lectern ${command}: notebooks must have different names, but got ${other} and ${path}; ${command === "export" ? "export" : "write"} them to two folders.`,
      );
    }
    names.set(basename(path), path);
  }
}

export function assertOut(command: string, out: string, example = "handouts"): void {
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CommandError(`lectern ${command}: --out must be a folder, but ${out} is a file; as in --out ${example}.`);
  }
}
