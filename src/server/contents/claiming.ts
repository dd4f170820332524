import fs from "node:fs/promises";
import path from "node:path";
import { refusedByFiles } from "../errors.ts";
import type { Places } from "./places.ts";

/**
 * Whether something has a name. Else an empty file or folder has it from here on, so that no other server on the same
 * folder takes it meanwhile.
 */
export async function isTaken(places: Places, apiPath: string, kind: "file" | "directory"): Promise<boolean> {
  if (await fs.stat(await places.read(apiPath)).catch(() => undefined)) return true;
  const file = await places.write(apiPath);
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    return !(await unlessTaken(() => (kind === "directory" ? fs.mkdir(file) : fs.writeFile(file, "", { flag: "wx" }))));
  } catch (error) {
    throw refusedByFiles(error, apiPath);
  }
}

/** Gives such a name free again where what was to be there could not be made. */
export async function elseFree<T>(places: Places, apiPath: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    await fs.rm(await places.write(apiPath), { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Gives a file or a folder another name. False where something has that. */
export async function moveTo(from: string, to: string): Promise<boolean> {
  if ((await fs.lstat(from)).isDirectory()) {
    await fs.rename(from, to);
    return true;
  }
  try {
    // Renaming would take the place of what is there.
    if (!(await unlessTaken(() => fs.link(from, to)))) return false;
  } catch {
    // Not every disk has files of two names.
    await fs.rename(from, to);
    return true;
  }
  await fs.unlink(from);
  return true;
}

async function unlessTaken(make: () => Promise<void>): Promise<boolean> {
  try {
    await make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
