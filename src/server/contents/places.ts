import fs from "node:fs/promises";
import path from "node:path";
import { RequestError } from "../errors.ts";
import { exists, folderOf, joinPath, locate, nameOf } from "./paths.ts";

/** Where the files of the contents API are on the disk. */
export interface Places {
  readonly root: string;
  /** Where a path is read from. */
  read(apiPath: string): Promise<string>;
  /** Where it is written to; throws a RequestError where it must not be. */
  write(apiPath: string): Promise<string>;
  /** Throws a RequestError where what is there must not go away, be it deleted or renamed. */
  assertRemovable(apiPath: string): Promise<void>;
  isWritable(apiPath: string): boolean;
  /** The path at which people find what is read at this one. */
  told(apiPath: string): Promise<string>;
  /** The names in a folder. */
  list(apiPath: string): Promise<string[]>;
}

/** A folder as it is: what is saved is written there. */
export class PlainPlaces implements Places {
  constructor(readonly root: string) {}

  read(apiPath: string): Promise<string> {
    return locate(this.root, apiPath);
  }

  write(apiPath: string): Promise<string> {
    return locate(this.root, apiPath);
  }

  async assertRemovable(): Promise<void> {}

  async told(apiPath: string): Promise<string> {
    return apiPath;
  }

  isWritable(): boolean {
    return true;
  }

  async list(apiPath: string): Promise<string[]> {
    return fs.readdir(await this.read(apiPath));
  }
}

/**
 * A course that is studied: what is saved in `notebooks` goes to `work`, and is read from there first, so that the
 * lectures stay as they are. All else can be read only.
 */
export class StudyPlaces implements Places {
  constructor(readonly root: string) {}

  async read(apiPath: string): Promise<string> {
    const copy = await this.copyOf(apiPath);
    return copy !== undefined && (await exists(copy)) ? copy : locate(this.root, apiPath);
  }

  /** The lecture as the course has it. */
  original(apiPath: string): Promise<string> {
    return locate(this.root, apiPath);
  }

  /** Where the student's copy is, or would be; undefined for what has none. */
  async copyOf(apiPath: string): Promise<string | undefined> {
    const inside = below(lectures, apiPath);
    return inside === undefined ? undefined : locate(this.root, joinPath(work, inside));
  }

  /** Where the student's copy is, or would be, even where a link has its name, which leads elsewhere. */
  async placeOfCopy(apiPath: string): Promise<string | undefined> {
    const inside = below(lectures, apiPath);
    if (inside === undefined) return undefined;
    const copy = joinPath(work, inside);
    return path.join(await locate(this.root, folderOf(copy)), nameOf(copy));
  }

  async told(apiPath: string): Promise<string> {
    const copy = await this.placeOfCopy(apiPath).catch(() => undefined);
    const isThere = copy !== undefined && (await fs.lstat(copy).catch(() => undefined)) !== undefined;
    return isThere ? joinPath(work, below(lectures, apiPath) ?? "") : apiPath;
  }

  async write(apiPath: string): Promise<string> {
    const copy = await this.copyOf(apiPath);
    if (copy !== undefined) return copy;
    if (below(work, apiPath) !== undefined) return locate(this.root, apiPath);
    throw new RequestError(
      403,
      `${apiPath || "/"}: while you study, only ${lectures}/ and ${work}/ can be changed; start with lectern open --edit to change the course itself.`,
    );
  }

  async assertRemovable(apiPath: string): Promise<void> {
    await this.write(apiPath);
    if (apiPath === lectures || apiPath === work || (await this.hasOriginal(apiPath))) {
      throw new RequestError(
        403,
        `${apiPath}: what belongs to the course must keep its place and name; copy it, or reset the lecture.`,
      );
    }
  }

  isWritable(apiPath: string): boolean {
    return below(lectures, apiPath) !== undefined || below(work, apiPath) !== undefined;
  }

  async list(apiPath: string): Promise<string[]> {
    const copy = await this.copyOf(apiPath);
    const folders = [await this.original(apiPath), ...(copy === undefined ? [] : [copy])];
    const names = await Promise.all(folders.map(folder => fs.readdir(folder).catch(() => undefined)));
    if (names.every(each => each === undefined)) await fs.readdir(folders[0] as string);
    return [...new Set(names.flatMap(each => each ?? []))];
  }

  async hasOriginal(apiPath: string): Promise<boolean> {
    return below(lectures, apiPath) !== undefined && exists(await this.original(apiPath));
  }
}

/** Why something could not be read; where it is a student's copy of a lecture, with what takes the copy away. */
export async function withReset(error: unknown, places: Places, apiPath: string): Promise<unknown> {
  if (!(error instanceof RequestError) || (await places.told(apiPath)) === apiPath) return error;
  const sentence = `${error.message} Or reset the lecture, which keeps this copy in ${work}/.lectern.`;
  return new RequestError(error.statusCode, sentence, error.reason);
}

const lectures = "notebooks";
const work = "work";

/** What follows the folder in the path; undefined where it is elsewhere. */
function below(folder: string, apiPath: string): string | undefined {
  if (apiPath === folder) return "";
  return apiPath.startsWith(`${folder}/`) ? apiPath.slice(folder.length + 1) : undefined;
}
