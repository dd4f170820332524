import { existsSync, mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "./errors.ts";

/** Makes the folder that a command writes to, and says at once where nothing can be written there. */
export function assertOut(command: string, out: string, example = "handouts"): void {
  if (existsSync(out) && !isFolder(out)) {
    throw new CommandError(`lectern ${command}: --out must be a folder, but ${out} is a file; as in --out ${example}.`);
  }
  try {
    makeFolder(resolve(out));
    // Only who writes knows: a disk may be full or read-only, whatever the mode of the folder says.
    rmdirSync(mkdtempSync(join(out, ".lectern-")));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `lectern ${command}: --out must be a folder that can be written to, but ${out} cannot (${code ?? message}); name another one.`,
    );
  }
}

/**
 * Makes a folder by its absolute path, one level after the other: told to make all of them, Node never ends where there
 * can be none, as below /proc.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been first.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
