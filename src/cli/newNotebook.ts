import { randomUUID } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { kernelMetadata, writeNotebook } from "../notebook/index.ts";
import { CommandError, exitCode } from "./errors.ts";

/** Makes an empty notebook where a file is named that is not there, and says so; its folder must be there. */
export async function makeIfNew(name: string, file: string): Promise<void> {
  if (!name.endsWith(".ipynb") || statsOf(file)) return;
  const folder = statsOf(dirname(file));
  if (!folder) {
    throw new CommandError(
      `lectern open: ${name} must be in a folder that is there, but ${dirname(name)} is not; make it first, as in mkdir -p ${dirname(name)}.`,
    );
  }
  if (!folder.isDirectory()) {
    throw new CommandError(
      `lectern open: ${name} must be in a folder, but ${dirname(name)} is another file; look at the path.`,
    );
  }
  const id = randomUUID().slice(0, 8);
  const cell = { cell_type: "code" as const, id, metadata: {}, source: "", outputs: [], execution_count: null };
  await writeNotebook(file, { cells: [cell], metadata: { ...kernelMetadata }, nbformat: 4, nbformat_minor: 5 }).catch(
    (error: Error) => {
      throw new CommandError(
        `lectern open: ${name} must be in a folder where you may write, but got ${error.message}; choose another.`,
        exitCode.failed,
      );
    },
  );
  console.log(`Made ${name}, an empty notebook.`);
}

/** What is at a path; undefined where nothing is, also where a folder of the path is a file. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}
