import fs from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { readBytes } from "./bytes.ts";
import type { Checkpoint } from "./model.ts";
import { exists, unlinked, visible } from "./paths.ts";
import type { Places } from "./places.ts";

/** The one checkpoint that each file may have, beside it, where Jupyter keeps its own. */
export class Checkpoints {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  async list(apiPath: string): Promise<Checkpoint[]> {
    const file = await this.#fileOf(apiPath);
    const stats = await fs.stat(file).catch(() => undefined);
    return stats ? [{ id, last_modified: stats.mtime.toISOString() }] : [];
  }

  async create(apiPath: string): Promise<Checkpoint> {
    const checkpoint = await this.#fileOf(apiPath);
    try {
      const bytes = await readBytes(await this.#places.read(apiPath), apiPath);
      await fs.mkdir(path.dirname(checkpoint), { recursive: true });
      await writeWhole(checkpoint, bytes);
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
    const [made] = await this.list(apiPath);
    return made as Checkpoint;
  }

  async restore(apiPath: string, which: string): Promise<void> {
    const [checkpoint, file] = [await this.#existing(apiPath, which), await this.#places.write(apiPath)];
    try {
      await writeWhole(file, await readBytes(checkpoint, apiPath));
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
  }

  async remove(apiPath: string, which: string): Promise<void> {
    const checkpoint = await this.#existing(apiPath, which);
    try {
      await fs.rm(checkpoint);
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
  }

  /** Lets the checkpoint follow a file that is renamed. */
  async move(from: string, to: string): Promise<void> {
    const paths = [from, to].map(each => checkpointOf(each).catch(() => undefined));
    const [source, target] = await Promise.all(paths);
    if (source === undefined || target === undefined || !(await exists(source))) return;
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.rename(source, target);
  }

  /** Lets the checkpoint go with a file that is deleted. */
  async drop(file: string): Promise<void> {
    const checkpoint = await checkpointOf(file).catch(() => undefined);
    if (checkpoint !== undefined) await fs.rm(checkpoint, { force: true });
  }

  async #existing(apiPath: string, which: string): Promise<string> {
    const file = await this.#fileOf(apiPath);
    if (which === id && (await exists(file))) return file;
    throw new RequestError(404, `Checkpoint does not exist: ${apiPath}@${which}`);
  }

  async #fileOf(apiPath: string): Promise<string> {
    return checkpointOf(await this.#places.write(visible(apiPath)));
  }
}

const id = "checkpoint";

function checkpointOf(file: string): Promise<string> {
  const { dir, name, ext } = path.parse(file);
  return unlinked(dir, ".ipynb_checkpoints", `${name}-checkpoint${ext}`);
}
