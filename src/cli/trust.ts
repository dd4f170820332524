import { NotebookFormatError, readNotebook } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { exitCode } from "./errors.ts";
import { userNotary } from "./secret.ts";

/** `lectern trust`: takes what notebooks show for the user's own. Returns the exit code. */
export async function trust(args: readonly string[]): Promise<number> {
  const { positionals } = parseArguments("trust", args, {});
  const notary = userNotary();
  let code: number = exitCode.done;
  for (const path of notebookPaths("trust", positionals)) {
    try {
      const notebook = await readNotebook(path);
      const isKnown = await notary.isTrusted(notebook);
      if (!isKnown) await notary.trust(notebook);
      console.log(`${path} ${isKnown ? "was trusted already" : "is trusted now, until somebody else changes it"}`);
    } catch (error) {
      if (!(error instanceof NotebookFormatError)) throw error;
      console.error(error.message);
      code = exitCode.failed;
    }
  }
  return code;
}

/** All that a notebook shows after a run came to be here: the page shows it as such. */
export async function trustRun(path: string): Promise<void> {
  await userNotary()
    .trust(await readNotebook(path))
    .catch((error: Error) => console.error(`${path}: its signature was not kept: ${error.message}`));
}
