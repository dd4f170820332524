import { readFile } from "node:fs/promises";
import { writeWhole } from "./writeWhole.ts";
import { NotebookFormatError } from "./errors.ts";
import { formatNotebook } from "./format.ts";
import { parseNotebook } from "./parse.ts";
import type { Notebook } from "./types.ts";
import type { Tell } from "./upgrade.ts";

/**
 * The notebook in a file. Errors name the file, and the cell or byte where a rule is broken; `tell` hears of what could be
 * mended in reading.
 */
export async function readNotebook(path: string, tell?: Tell): Promise<Notebook> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new NotebookFormatError(path, {}, unreadable(error));
  });
  if (bytes.length === 0) {
    throw new NotebookFormatError(
      path,
      {},
      "a notebook must be JSON, but got an empty file; restore it from version control, or delete it.",
    );
  }
  return parseNotebook(decode(bytes, path), path, tell);
}

/**
 * Writes the canonical text of a notebook. The new file takes the old one's place, and its mode, in one
 * step, so a process killed in the middle leaves the old file whole.
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeWhole(path, formatNotebook(notebook, path));
}

function unreadable(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "the file must exist, but got none there; check the path.";
  if (error.code === "EISDIR") return "the path must be a file, but got a folder; name a notebook inside it.";
  return `the file must be readable, but got ${error.message}.`;
}

function decode(bytes: Buffer, path: string): string {
  const text = bytes.toString("utf8");
  const again = Buffer.from(text);
  if (again.equals(bytes)) return text;
  const byte = bytes.findIndex((value, index) => value !== again[index]);
  throw new NotebookFormatError(
    path,
    { byte },
    `a notebook must be UTF-8 text, but got byte 0x${bytes[byte]?.toString(16)} at byte ${byte}; save the file as UTF-8.`,
  );
}
