import fs from "node:fs/promises";

/** Copies a file or a folder, all of it or nothing. Rejects where something has the new name. */
export async function copyWhole(from: string, to: string): Promise<void> {
  try {
    await fs.cp(from, to, { recursive: true, errorOnExist: true, force: false, filter: isFileOrFolder });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "ERR_FS_CP_EEXIST";
    if (!isThere) await fs.rm(to, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** Links would lead elsewhere from another place, and pipes and devices have no content. */
async function isFileOrFolder(file: string): Promise<boolean> {
  const stats = await fs.lstat(file);
  return stats.isFile() || stats.isDirectory();
}
