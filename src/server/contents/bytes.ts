import { constants as buffers } from "node:buffer";
import { constants, type Stats } from "node:fs";
import fs, { type FileHandle } from "node:fs/promises";
import { RequestError } from "../errors.ts";

/** What may be opened or saved at once, in bytes: no text can be longer. */
export const largest = buffers.MAX_STRING_LENGTH;

/**
 * All of a file. Throws a RequestError where it is none, such as a folder or a pipe, which would be waited for for ever,
 * or where it is too large.
 */
export async function readBytes(file: string, apiPath: string): Promise<Buffer> {
  const { handle, stats } = await openFile(file, apiPath);
  try {
    if (stats.size > largest) {
      throw new RequestError(
        413,
        `${apiPath}: a file must be under 512 MB to be opened, but has ${stats.size} bytes; open it with another program.`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** A file that is open for reading, and what it is. Throws a RequestError where it is no file. */
export async function openFile(file: string, apiPath: string): Promise<{ handle: FileHandle; stats: Stats }> {
  // Without waiting for somebody who writes into a pipe.
  const handle = await fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    assertFile(stats, apiPath);
    return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function assertFile(stats: Stats, apiPath: string): void {
  if (stats.isFile()) return;
  const [status, what] = stats.isDirectory() ? [400, "a folder"] : [404, "a pipe or a device"];
  throw new RequestError(status, `${apiPath}: it must be a file, but is ${what}; look at the path.`);
}
