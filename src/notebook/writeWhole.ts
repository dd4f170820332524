import fs from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";

/**
 * Writes a file, which is at each moment the old one or the new one, whole; keeps the mode of the old one. Rejects, with
 * the old one as it was, where the disk is full or refuses.
 */
export async function writeWhole(
  file: string,
  data: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  // The library writes once and does not look how much of it was written: on a disk that is nearly full it would put
  // the beginning in place of all.
  const nothing = null as unknown as string;
  await writeFileAtomic(file, nothing, { ...options, tmpfileCreated: temporary => fill(temporary, data) });
}

async function fill(file: string, data: string | Uint8Array): Promise<void> {
  const { mode } = await fs.stat(file);
  const mayWrite = (mode & 0o200) !== 0;
  if (!mayWrite) await fs.chmod(file, mode | 0o200);
  await fs.writeFile(file, data);
  if (!mayWrite) await fs.chmod(file, mode);
}
