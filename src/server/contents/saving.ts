import fs from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { log } from "../log.ts";
import type { SavedModel } from "./model.ts";
import type { Notary } from "../trust/notary.ts";
import { notebookText } from "./notebooks.ts";
import { unlinked } from "./paths.ts";

export interface SaveOptions {
  /** Whether notebooks are stored without what only says how somebody looked at them. */
  clean: boolean;
  notary: Notary;
}

export interface SavedFile {
  /** All that the file holds now; none of a folder, or of a part of a file. */
  written?: Buffer;
  /** Why the notebook is not a valid one. */
  message?: string | undefined;
}

/** Saves a model in a file, which is at each moment the old one or the new one, whole. */
export async function saveModel(
  file: string,
  apiPath: string,
  model: SavedModel,
  options: SaveOptions,
): Promise<SavedFile> {
  try {
    if (model.type === "directory") {
      await makeFolder(file, apiPath);
      return {};
    }
    if ((await fs.stat(file).catch(() => undefined))?.isDirectory()) {
      throw new RequestError(400, `${apiPath}: a folder is there; choose another name.`);
    }
    // A copy of a lecture is the first in its folder.
    await fs.mkdir(path.dirname(file), { recursive: true });
    if (typeof model.chunk === "number") {
      await saveChunk(file, apiPath, model, model.chunk);
      return {};
    }
    if (isNotebook(model, apiPath)) {
      const { text, message, trusted } = notebookText(model.content, apiPath, options);
      const written = Buffer.from(text);
      await writeWhole(file, written);
      if (trusted) await options.notary.trust(trusted).catch(notSigned);
      return { written, message };
    }
    const written = bytesOf(model, apiPath);
    await writeWhole(file, written);
    return { written };
  } catch (error) {
    throw refusedByFiles(error, apiPath);
  }
}

/** The notebook is saved all the same; it will only be shown as one that came from elsewhere. */
function notSigned(error: Error): void {
  log(`the notebook was saved, but its signature was not kept: ${error.message}`);
}

async function makeFolder(file: string, apiPath: string): Promise<void> {
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats && !stats.isDirectory()) {
    throw new RequestError(400, `${apiPath}: a folder's name must be free, but a file has it; choose another.`);
  }
  if (stats) return;
  await fs.mkdir(path.dirname(file), { recursive: true });
  // Not with those above it: what refuses that is then told as if something were missing.
  await fs.mkdir(file);
}

/** Large uploads come in parts, and take the file's place with the last. */
async function saveChunk(file: string, apiPath: string, model: SavedModel, chunk: number): Promise<void> {
  if (model.type !== "file") {
    throw new RequestError(400, `${apiPath}: only files may come in parts, but got ${model.type}; send type "file".`);
  }
  const partial = await unlinked(path.dirname(file), `.${path.basename(file)}.upload`);
  const bytes = bytesOf(model, apiPath);
  if (chunk !== 1) await assertBegun(partial, apiPath);
  try {
    await fs.writeFile(partial, bytes, { flag: chunk === 1 ? "w" : "a" });
    if (chunk === -1) await fs.rename(partial, file);
  } catch (error) {
    // An upload with a hole in it is of no use, and takes what space there is.
    await fs.rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function assertBegun(partial: string, apiPath: string): Promise<void> {
  const there = await fs.stat(partial).catch(() => undefined);
  if (!there) throw new RequestError(400, `${apiPath}: the parts of an upload must begin with 1; send the file anew.`);
}

function isNotebook({ type }: SavedModel, apiPath: string): boolean {
  if (type === "notebook") return true;
  if (type === "file") return false;
  throw new RequestError(
    400,
    `${apiPath}: the type must be notebook, file or directory, but got ${JSON.stringify(type)}; say which it is.`,
  );
}

function bytesOf({ content, format }: SavedModel, apiPath: string): Buffer {
  if (typeof content !== "string") {
    throw new RequestError(400, `${apiPath}: the content of a file must be a string, but got ${typeof content}.`);
  }
  if (format === "text" || format === undefined || format === null) return Buffer.from(content, "utf8");
  if (format !== "base64") {
    throw new RequestError(400, `${apiPath}: the format of a file must be text or base64, but got ${format}.`);
  }
  // Jupyter's clients break the lines of what they encode.
  const compact = content.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new RequestError(
      400,
      `${apiPath}: the content must be base64, but has other characters; encode it, or send text.`,
    );
  }
  return Buffer.from(compact, "base64");
}
