import fs from "node:fs/promises";
import { RequestError } from "../errors.ts";

/** Copies a file or a folder, all of it or nothing, to where an empty one was made for it. */
export async function copyWhole(from: string, to: string): Promise<void> {
  try {
    if (!(await isFileOrFolder(from))) throw new RequestError(404, "what is copied must be a file or a folder.");
    await fs.cp(from, to, { recursive: true, filter: isFileOrFolder });
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Links would lead elsewhere from another place, and pipes and devices have no content. */
async function isFileOrFolder(file: string): Promise<boolean> {
  const stats = await fs.lstat(file);
  return stats.isFile() || stats.isDirectory();
}
