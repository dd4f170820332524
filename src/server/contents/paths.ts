import fs from "node:fs/promises";
import path from "node:path";
import { RequestError } from "../errors.ts";

/** A path of the contents API without slashes at its ends: "" is the root. Refuses what would lead out of it. */
export function normalisePath(given: string): string {
  const segments = given.split("/").filter(each => each !== "" && each !== ".");
  const leadsOut = segments.includes("..") || (path.sep === "\\" && /[\\:]/.test(given));
  if (leadsOut || given.includes("\0")) throw outside(given);
  return segments.join("/");
}

/** Whether a part of the path begins with a dot: such files are neither shown nor changed. */
export function isHidden(apiPath: string): boolean {
  return apiPath.split("/").some(each => each.startsWith("."));
}

/** The path, where it may be changed at all. Throws a RequestError for one that is hidden, or leads out. */
export function visible(given: string): string {
  const apiPath = normalisePath(given);
  if (!isHidden(apiPath)) return apiPath;
  throw new RequestError(
    400,
    `${apiPath}: hidden files must be left alone; choose a name that does not begin with a dot.`,
  );
}

/** The last part of a path. */
export function nameOf(apiPath: string): string {
  return apiPath.slice(apiPath.lastIndexOf("/") + 1);
}

/** The folder of a path; "" for what is in the root. */
export function folderOf(apiPath: string): string {
  return apiPath.slice(0, Math.max(0, apiPath.lastIndexOf("/")));
}

/** The path as it stands in an address. */
export function encodePath(apiPath: string): string {
  return apiPath.split("/").map(encodeURIComponent).join("/");
}

/** Whether a file or folder is there. */
export async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

export function joinPath(...parts: string[]): string {
  return parts.filter(part => part !== "").join("/");
}

/**
 * The file or folder that an API path means below `root`, links resolved, be it there yet or not.
 *
 * Throws a RequestError (404, as Jupyter does) where it, or what a link in it leads to, is outside.
 */
export async function locate(root: string, apiPath: string): Promise<string> {
  const target = path.join(root, ...normalisePath(apiPath).split("/"));
  const [realRoot, real] = await Promise.all([fs.realpath(root), realPath(target, apiPath)]);
  const relative = path.relative(realRoot, real);
  if (relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) throw outside(apiPath);
  return real;
}

/**
 * A file that this server keeps for itself beside what it located, in a hidden folder or under a hidden name.
 *
 * Throws a RequestError (403) where a link is in the way: nobody is shown such a link, and what is kept for one file
 * would be another.
 */
export async function unlinked(located: string, ...names: string[]): Promise<string> {
  const file = path.join(located, ...names);
  const real = await realPath(file, file).catch(error => {
    if (!(error instanceof RequestError)) throw error;
  });
  if (real === file) return file;
  throw new RequestError(
    403,
    `${names.join("/")}: it must be no link, nor in a folder that is one; take the link away.`,
  );
}

async function realPath(target: string, apiPath: string): Promise<string> {
  try {
    return await fs.realpath(target);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  // A link into nowhere: what is written there would come to be wherever it points.
  if (await isLink(target)) throw outside(apiPath);
  return path.join(await realPath(path.dirname(target), apiPath), path.basename(target));
}

async function isLink(target: string): Promise<boolean> {
  return fs.lstat(target).then(
    stats => stats.isSymbolicLink(),
    () => false,
  );
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

function outside(apiPath: string): RequestError {
  return new RequestError(
    404,
    `${JSON.stringify(apiPath)}: a path must stay in the folder that was opened; look at it.`,
  );
}
