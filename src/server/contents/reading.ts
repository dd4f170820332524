import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import fs from "node:fs/promises";
import { RequestError, refusedByFiles } from "../errors.ts";
import type { Notary } from "../trust/notary.ts";
import { readBytes } from "./bytes.ts";
import type { ContentsModel } from "./model.ts";
import { readNotebookText } from "./notebooks.ts";
import { isHidden, joinPath, nameOf } from "./paths.ts";
import { type Places, withReset } from "./places.ts";

export interface Wanted {
  content: boolean;
  hash: boolean;
  type?: string | undefined;
  format?: string | undefined;
}

/** The model of what is at a path, as far as it is wanted. */
export async function readModel(
  places: Places,
  apiPath: string,
  wanted: Wanted,
  notary: Notary,
): Promise<ContentsModel> {
  if (isHidden(apiPath)) throw absent(apiPath);
  try {
    const file = await places.read(apiPath);
    const stats = await fs.stat(file);
    if (stats.isDirectory()) return await readFolder(places, apiPath, stats, wanted, notary);
    if (!stats.isFile()) throw absent(apiPath);
    return await readFile(places, apiPath, file, stats, wanted, notary);
  } catch (error) {
    throw await withReset(refusedByFiles(error, apiPath), places, apiPath);
  }
}

function absent(apiPath: string): RequestError {
  return new RequestError(404, `${apiPath}: the file or folder must exist, but there is none; look at the path.`);
}

async function readFolder(
  places: Places,
  apiPath: string,
  stats: Stats,
  wanted: Wanted,
  notary: Notary,
): Promise<ContentsModel> {
  if (wanted.type === "file" || wanted.type === "notebook") {
    throw new RequestError(400, `${apiPath} is a directory, not a ${wanted.type}`, "bad type");
  }
  const model: ContentsModel = { ...base(places, apiPath, stats), type: "directory", size: null };
  model.writable = places.isWritable(joinPath(apiPath, "new"));
  if (!wanted.content) return model;
  const names = (await places.list(apiPath)).filter(name => !isHidden(name) && !unlisted.test(name));
  const inside = await Promise.all(
    names.map(name =>
      // A link into nowhere or out of the root, or a file that has just gone.
      readModel(places, joinPath(apiPath, name), { content: false, hash: false }, notary).catch(() => undefined),
    ),
  );
  return { ...model, format: "json", content: inside.filter(each => each !== undefined) };
}

async function readFile(
  places: Places,
  apiPath: string,
  file: string,
  stats: Stats,
  wanted: Wanted,
  notary: Notary,
): Promise<ContentsModel> {
  if (wanted.type === "directory") {
    throw new RequestError(400, `${apiPath} is not a directory`, "bad type");
  }
  const isNotebook = apiPath.endsWith(".ipynb") && wanted.type !== "file";
  if (wanted.type === "notebook" && !isNotebook) {
    throw new RequestError(
      400,
      `${apiPath}: a notebook must be a file that ends in .ipynb; open it as a file.`,
      "bad type",
    );
  }
  const model: ContentsModel = { ...base(places, apiPath, stats), type: isNotebook ? "notebook" : "file" };
  if (model.writable) model.writable = await mayBeWritten(file, places, apiPath);
  if (!wanted.content && !wanted.hash) return model;
  const bytes = await readBytes(file, apiPath);
  if (wanted.hash) Object.assign(model, hashOf(bytes));
  if (!wanted.content) return model;
  if (isNotebook) {
    return {
      ...model,
      format: "json",
      ...(await readNotebookText(bytes.toString("utf8"), await places.told(apiPath), notary)),
    };
  }
  return { ...model, ...textOrBytes(bytes, apiPath, wanted.format) };
}

/** The hash by which clients see that a file changed on the disk. */
export function hashOf(bytes: Buffer): { hash: string; hash_algorithm: string } {
  return { hash: createHash("sha256").update(bytes).digest("hex"), hash_algorithm: "sha256" };
}

function textOrBytes(
  bytes: Buffer,
  apiPath: string,
  format: string | undefined,
): Pick<ContentsModel, "format" | "mimetype" | "content"> {
  const text = bytes.toString("utf8");
  const isText = format !== "base64" && Buffer.from(text).equals(bytes);
  if (isText) return { format: "text", mimetype: "text/plain", content: text };
  if (format === "text") {
    throw new RequestError(400, `${apiPath} is not UTF-8 encoded; ask for it with format=base64.`, "bad format");
  }
  return { format: "base64", mimetype: "application/octet-stream", content: bytes.toString("base64") };
}

function base(places: Places, apiPath: string, stats: Stats): Omit<ContentsModel, "type"> {
  return {
    name: nameOf(apiPath),
    path: apiPath,
    created: timeOf(stats.birthtime),
    last_modified: timeOf(stats.mtime),
    size: stats.size,
    writable: places.isWritable(apiPath),
    mimetype: null,
    format: null,
    content: null,
    hash: null,
    hash_algorithm: null,
  };
}

function timeOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

async function mayBeWritten(file: string, places: Places, apiPath: string): Promise<boolean> {
  // A copy that is to be made is ours in any case.
  if ((await places.write(apiPath)) !== file) return true;
  return fs.access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Files that nobody looks for, as Jupyter has it. */
const unlisted = /^__pycache__$|\.pyc$|\.pyo$|~$/;
