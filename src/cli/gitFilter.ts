import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError, exitCode } from "./errors.ts";
import { packageFolder } from "./packageFolder.ts";

/** The name by which git's configuration and its attributes know the filter. */
const filter = "lectern";

const rule = `*.ipynb filter=${filter}`;

interface Place {
  /** A file for the rule that says which files are filtered; default: git's own, which is not committed. */
  attributes?: string | undefined;
}

/** Lets git clean every notebook of this repository when it is added; the files themselves stay as they are. */
export function installFilter({ keepOutputs, attributes }: Place & { keepOutputs: boolean }): void {
  const file = attributesFile(attributes);
  const program = [process.execPath, "--no-warnings", join(packageFolder, "dist", "cli", "main.js")].map(quoted);
  const options = keepOutputs ? ["--keep-outputs"] : [];
  git("config", `filter.${filter}.clean`, [...program, "clean", ...options, "-", "%f"].join(" "));
  // Nothing to do the other way; and where the command is gone, git must not add what was not cleaned.
  git("config", `filter.${filter}.smudge`, "cat");
  git("config", `filter.${filter}.required`, "true");
  const lines = linesOf(file);
  if (!lines.includes(rule)) writeLines(file, [...lines, rule]);
  const what = keepOutputs ? "with their outputs, but cleaned" : "without their outputs";
  console.log(`From now on git keeps notebooks ${what}, by ${file}; the files stay as they are.`);
}

/** Takes the filter away; the same place as with `installFilter`. */
export function uninstallFilter({ attributes }: Place): void {
  const file = attributesFile(attributes);
  const lines = linesOf(file);
  const isThere = git("config", "--default", "", "--get", `filter.${filter}.clean`) !== "";
  if (!isThere && !lines.includes(rule)) {
    throw new CommandError(
      `lectern clean: the filter must be installed here, but ${file} and git's configuration have none.`,
    );
  }
  if (isThere) git("config", "--remove-section", `filter.${filter}`);
  if (lines.includes(rule)) {
    writeLines(
      file,
      lines.filter(line => line !== rule),
    );
  }
  console.log(`git takes notebooks as they are again; nothing of lectern is in ${file}.`);
}

function attributesFile(attributes: string | undefined): string {
  const own = git("rev-parse", "--git-path", "info/attributes");
  return resolve(attributes ?? own);
}

function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const said = (stderr || message).trim().split("\n").at(-1);
    throw new CommandError(
      `lectern clean: this folder must be in a git repository, but git said: ${said}; go there, or run git init.`,
      exitCode.failed,
    );
  }
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").replace(/\n$/, "").split("\n") : [];
}

function writeLines(file: string, lines: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, lines.length > 0 ? `${lines.join("\n")}\n` : "");
}

/** For the shell by which git runs it, which is sh on Windows too. */
function quoted(word: string): string {
  return `'${word.replaceAll("\\", "/").replaceAll("'", "'\\''")}'`;
}
