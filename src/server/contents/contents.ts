import fs from "node:fs/promises";
import path from "node:path";
import type { Notebook } from "../../notebook/index.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { readBytes } from "./bytes.ts";
import { Checkpoints } from "./checkpoints.ts";
import { elseFree, isTaken, moveTo } from "./claiming.ts";
import type { ContentsModel, SavedModel } from "./model.ts";
import { copyName, untitled } from "./naming.ts";
import { withDefaults } from "./notebooks.ts";
import { folderOf, normalisePath, visible } from "./paths.ts";
import type { Places } from "./places.ts";
import { copyWhole } from "./copying.ts";
import { hashOf, readModel, type Wanted } from "./reading.ts";
import { type SaveOptions, saveModel } from "./saving.ts";
import { Turns } from "./turns.ts";

/** What happened to a file, for those who listen to Jupyter's events. */
export interface ContentsEvent {
  action: "save" | "create" | "copy" | "rename" | "delete" | "upload";
  path: string;
  source_path?: string;
}

export interface ContentsOptions extends SaveOptions {
  places: Places;
  onEvent?: (event: ContentsEvent) => void;
}

/** The files of the folder that was opened, as the contents API shows and changes them. */
export class Contents {
  readonly checkpoints: Checkpoints;
  readonly #options: ContentsOptions;
  readonly #places: Places;
  /** In which all that changes files is done. */
  readonly turns = new Turns();

  constructor(options: ContentsOptions) {
    this.#options = options;
    this.#places = options.places;
    this.checkpoints = new Checkpoints(options.places);
  }

  /** Throws a RequestError where there is nothing, or something else than is wanted. */
  async get(given: string, wanted: Wanted = whole): Promise<ContentsModel> {
    return readModel(this.#places, normalisePath(given), wanted, this.#options.notary);
  }

  async exists(given: string): Promise<boolean> {
    return (await this.#typeOf(normalisePath(given))) !== undefined;
  }

  /** Saves, or creates what is not there. Throws a RequestError (409) where another file was moved there meanwhile. */
  async save(given: string, model: SavedModel): Promise<Saved> {
    const apiPath = visible(given);
    const { moves } = this.turns;
    return this.turns.take(() => {
      if (this.turns.hasMovedSince(apiPath, moves)) throw taken(apiPath);
      return this.#save(apiPath, model);
    });
  }

  async #save(apiPath: string, model: SavedModel, isClaimed = false): Promise<Saved> {
    if (typeof model.path === "string") visible(model.path);
    const isNew = isClaimed || !(await this.exists(apiPath));
    await this.#assertFolder(folderOf(apiPath));
    if (!isNew && typeof model.hash === "string") await this.#assertSame(apiPath, model.hash);
    const file = await this.#places.write(apiPath);
    const full = isNew ? withDefaults(model, apiPath) : model;
    const { written, message } = await saveModel(file, apiPath, full, this.#options);
    this.#tell({ action: isNew ? "upload" : "save", path: apiPath });
    const saved = await this.get(apiPath, { ...nothing, type: full.type === "file" ? "file" : undefined });
    // Of what was written, whatever is there by now, so that each change of it is seen.
    if (saved.type !== "directory") Object.assign(saved, hashOf(written ?? (await this.#bytesOf(apiPath))));
    return { model: message === undefined ? saved : { ...saved, message }, isNew };
  }

  async #assertSame(apiPath: string, hash: string): Promise<void> {
    if (hashOf(await this.#bytesOf(apiPath)).hash === hash) return;
    throw new RequestError(409, `${apiPath}: the file must be as it was read, but was changed since; read it anew.`);
  }

  async #bytesOf(apiPath: string): Promise<Buffer> {
    return readBytes(await this.#places.read(apiPath), apiPath);
  }

  /** An empty file, notebook or folder under a name that is free. */
  create(given: string, wanted: { type?: string; ext?: string }): Promise<ContentsModel> {
    return this.turns.take(() => this.#create(given, wanted));
  }

  async #create(given: string, { type = "", ext = "" }: { type?: string; ext?: string }): Promise<ContentsModel> {
    const folder = visible(given);
    await this.#assertFolder(folder);
    if (ext.includes("/")) throw new RequestError(400, `the ending must be of a name, but got ${ext}; as in .txt.`);
    const kind = type || (ext === ".ipynb" ? "notebook" : "file");
    const claimed = kind === "directory" ? "directory" : "file";
    const apiPath = await untitled(folder, kind, ext, each => isTaken(this.#places, each, claimed));
    const { model } = await elseFree(this.#places, apiPath, () => this.#save(apiPath, { type: kind }, true));
    this.#tell({ action: "create", path: apiPath });
    return model;
  }

  copy(from: string, given: string): Promise<ContentsModel> {
    return this.turns.take(() => this.#copy(from, given));
  }

  async #copy(from: string, given: string): Promise<ContentsModel> {
    const [source, folder] = [visible(from), visible(given)];
    const type = await this.#typeOf(source);
    if (type === undefined) throw new RequestError(404, `No such file or directory: ${source}`);
    // As Jupyter does: folders are copied into folders that are made for them, files are not.
    if (type === "file") await this.#assertFolder(folder);
    const original = await this.#places.read(source);
    const target = await copyName(source, folder, async each => {
      if ((await this.#places.write(each)).startsWith(`${original}${path.sep}`))
        throw new RequestError(400, `${source}: a folder cannot be copied into itself.`);
      return isTaken(this.#places, each, type);
    });
    try {
      await copyWhole(original, await this.#places.write(target));
    } catch (error) {
      throw refusedByFiles(error, source);
    }
    this.#tell({ action: "copy", path: target, source_path: source });
    return this.get(target, nothing);
  }

  rename(from: string, to: string): Promise<ContentsModel> {
    return this.turns.take(() => this.#rename(from, to));
  }

  async #rename(from: string, to: string): Promise<ContentsModel> {
    const [source, target] = [visible(from), visible(to)];
    if (source === "" || target === "") throw new RequestError(400, "the folder that was opened must keep its name.");
    if (source !== target) {
      if (!(await this.exists(source))) throw new RequestError(404, `No such file or directory: ${source}`);
      if (await this.exists(target)) throw taken(target);
      if (target.startsWith(`${source}/`))
        throw new RequestError(400, `${source}: a folder cannot be moved into itself; choose another place.`);
      await this.#assertFolder(folderOf(target));
      await this.#places.assertRemovable(source);
      const [old, file] = [await this.#places.write(source), await this.#places.write(target)];
      try {
        await fs.mkdir(path.dirname(file), { recursive: true });
        if (!(await moveTo(old, file))) throw taken(target);
        this.turns.noteMove(target);
        await this.checkpoints.move(old, file);
      } catch (error) {
        throw refusedByFiles(error, source);
      }
      this.#tell({ action: "rename", path: target, source_path: source });
    }
    return this.get(target, nothing);
  }

  remove(given: string): Promise<void> {
    return this.turns.take(() => this.#remove(given));
  }

  async #remove(given: string): Promise<void> {
    const apiPath = visible(given);
    if (apiPath === "") throw new RequestError(400, "the folder that was opened must not be deleted.");
    if (!(await this.exists(apiPath))) throw new RequestError(404, `File or directory does not exist: ${apiPath}`);
    await this.#places.assertRemovable(apiPath);
    const file = await this.#places.write(apiPath);
    try {
      await fs.rm(file, { recursive: true });
      await this.checkpoints.drop(file);
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
    this.#tell({ action: "delete", path: apiPath });
  }

  /** Takes what a notebook shows for the user's own. Throws a RequestError where it is none. */
  async trust(given: string): Promise<void> {
    const apiPath = visible(given);
    const { content, message } = await this.get(apiPath, { ...whole, type: "notebook" });
    if (message !== undefined) throw new RequestError(400, message);
    await this.#options.notary.trust(content as Notebook);
  }

  /** Throws a RequestError where a path cannot be posted to. */
  async assertNoFile(given: string): Promise<void> {
    if ((await this.#typeOf(normalisePath(given))) === "file") {
      throw new RequestError(400, "Cannot POST to files, use PUT instead.");
    }
  }

  async #assertFolder(folder: string): Promise<void> {
    if ((await this.#typeOf(folder)) !== "directory") throw new RequestError(404, `No such directory: ${folder}`);
  }

  async #typeOf(apiPath: string): Promise<"file" | "directory" | undefined> {
    const stats = await fs.stat(await this.#places.read(apiPath)).catch(() => undefined);
    return stats && (stats.isDirectory() ? "directory" : "file");
  }

  #tell(event: ContentsEvent): void {
    this.#options.onEvent?.(event);
  }
}

interface Saved {
  model: ContentsModel;
  isNew: boolean;
}

const whole: Wanted = { content: true, hash: false };
const nothing: Wanted = { content: false, hash: false };

function taken(apiPath: string): RequestError {
  return new RequestError(409, `File already exists: ${apiPath}`);
}
