import fs from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import type { Checkpoint } from "./model.ts";
import { exists } from "./paths.ts";
import type { Places } from "./places.ts";

/** The one checkpoint that each file may have, beside it, where Jupyter keeps its own. */
export class Checkpoints {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  async list(apiPath: string): Promise<Checkpoint[]> {
    const stats = await fs.stat(await this.#fileOf(apiPath)).catch(() => undefined);
    return stats ? [{ id, last_modified: stats.mtime.toISOString() }] : [];
  }

  async create(apiPath: string): Promise<Checkpoint> {
    const checkpoint = await this.#fileOf(apiPath);
    try {
      const bytes = await fs.readFile(await this.#places.read(apiPath));
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
      await writeWhole(file, await fs.readFile(checkpoint));
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
    const [source, target] = [checkpointOf(from), checkpointOf(to)];
    if (!(await exists(source))) return;
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.rename(source, target);
  }

  /** Lets the checkpoint go with a file that is deleted. */
  async drop(file: string): Promise<void> {
    await fs.rm(checkpointOf(file), { force: true });
  }

  async #existing(apiPath: string, which: string): Promise<string> {
    const file = await this.#fileOf(apiPath);
    if (which === id && (await exists(file))) return file;
    throw new RequestError(404, `Checkpoint does not exist: ${apiPath}@${which}`);
  }

  async #fileOf(apiPath: string): Promise<string> {
    return checkpointOf(await this.#places.write(apiPath));
  }
}

const id = "checkpoint";

function checkpointOf(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, ".ipynb_checkpoints", `${name}-checkpoint${ext}`);
}
