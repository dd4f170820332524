import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { NotebookFormatError } from "../notebook/index.ts";
import { assertApart } from "./export.ts";
import { assertOut } from "./outFolder.ts";
import { writeStarter } from "./handOut.ts";

/** `lectern starter`: notebooks as students get them, to be handed out. Returns the exit code. */
export async function starter(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("starter", args, {
    out: { type: "string", default: "starter" },
    "without-outputs": { type: "boolean", default: false },
  });
  const paths = notebookPaths("starter", positionals);
  assertApart("starter", paths);
  assertOut("starter", values.out);
  for (const path of paths) {
    try {
      console.log(await writeStarter(path, values.out, { withoutOutputs: values["without-outputs"] }));
    } catch (error) {
      throw error instanceof NotebookFormatError ? new CommandError(error.message, exitCode.failed) : error;
    }
  }
  return exitCode.done;
}
