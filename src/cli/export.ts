import { exportHtml } from "../handout/index.ts";
import { NotebookFormatError, readNotebook, staleness } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";

/** `lectern export`: a handout of what is stored in each notebook; nothing runs. Returns the exit code. */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("export", args, {
    to: { type: "string", default: "html" },
    out: { type: "string", default: "handouts" },
  });
  if (values.to !== "html") {
    throw new CommandError(`lectern export: --to must be html, but got ${values.to}; as in --to html.`);
  }
  for (const path of notebookPaths("export", positionals)) {
    try {
      const { stale, reason } = await staleness(path, await readNotebook(path));
      if (stale)
        console.error(`${path}: its outputs are not up to date (${reason}); run lectern run --write ${path} first.`);
      console.log(await exportHtml(path, values.out));
    } catch (error) {
      if (error instanceof NotebookFormatError) throw new CommandError(error.message, exitCode.failed);
      throw error;
    }
  }
  return exitCode.done;
}
