import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import {
  type CleanOptions,
  cleanNotebook,
  formatNotebook,
  lacksDrawing,
  type Notebook,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { installFilter, uninstallFilter } from "./gitFilter.ts";

/** `lectern clean`: notebooks as version control should have them. Returns the exit code. */
export async function clean(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("clean", args, {
    "keep-outputs": { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    install: { type: "boolean", default: false },
    uninstall: { type: "boolean", default: false },
    attributes: { type: "string" },
  });
  const { install, uninstall, check, attributes, "keep-outputs": keepOutputs } = values;
  if (install || uninstall) {
    if (positionals.length > 0 || check || (install && uninstall)) {
      throw new CommandError(
        "lectern clean: --install and --uninstall must stand alone, for a whole repository; name files in the attributes.",
      );
    }
    if (install) installFilter({ keepOutputs, attributes });
    else uninstallFilter({ attributes });
    return exitCode.done;
  }
  if (attributes !== undefined) {
    throw new CommandError("lectern clean: --attributes must stand with --install or --uninstall.");
  }
  const [first, name] = positionals;
  if (first === "-") {
    await filter(name, { keepOutputs });
    return exitCode.done;
  }
  return cleanFiles(notebookPaths("clean", positionals), { keepOutputs, check });
}

async function cleanFiles(
  paths: readonly string[],
  { keepOutputs, check }: { keepOutputs: boolean; check: boolean },
): Promise<number> {
  let code: number = exitCode.done;
  for (const path of paths) {
    try {
      const notebook = await readNotebook(path);
      const cleaned = await cleanedFrom(notebook, path, { keepOutputs });
      if (formatNotebook(cleaned, path) === (await readFile(path, "utf8"))) continue;
      if (check) {
        console.error(`${path} is not clean`);
        code = exitCode.failed;
      } else {
        await writeNotebook(path, cleaned);
        console.error(`${path}: cleaned`);
      }
    } catch (error) {
      console.error((error as Error).message);
      code = exitCode.failed;
    }
  }
  return code;
}

/**
 * From standard input to standard output, as git asks its filters. What is no notebook passes as it is: a file with
 * conflicts must be added too, and `git diff` must not fail.
 */
async function filter(name: string | undefined, options: CleanOptions): Promise<void> {
  const given = await text(process.stdin);
  const label = name ?? "standard input";
  let cleaned = given;
  try {
    cleaned = formatNotebook(await cleanedFrom(parseNotebook(given, label), name, options), label);
  } catch (error) {
    if (given.trim() !== "") console.error(`${(error as Error).message} It passes as it is.`);
  }
  process.stdout.write(cleaned);
}

async function cleanedFrom(notebook: Notebook, path: string | undefined, options: CleanOptions): Promise<Notebook> {
  const before = path !== undefined && lacksDrawing(notebook) ? await versionInGit(path) : undefined;
  return cleanNotebook(notebook, { ...options, before });
}

/** The notebook as git has it; undefined where it has none that can be read. */
async function versionInGit(path: string): Promise<Notebook | undefined> {
  const git = promisify(execFile)("git", ["show", `:./${basename(path)}`], { cwd: dirname(path), maxBuffer: 2 ** 28 });
  return git.then(({ stdout }) => parseNotebook(stdout, path)).catch(() => undefined);
}
