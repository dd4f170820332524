import fs from "node:fs/promises";
import path from "node:path";
import { type Notebook, NotebookFormatError, parseNotebook } from "../../notebook/index.ts";
import { readBytes } from "../contents/bytes.ts";
import { type Places, StudyPlaces, withReset } from "../contents/places.ts";
import { locate, unlinked } from "../contents/paths.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { Progress } from "./progress.ts";

/** The lectures of a course: as the course has them and, where it is studied, as the student left them. */
export class Lectures {
  readonly progress: Progress;
  readonly #read = new Map<string, { stamp: string; notebook: Notebook }>();

  constructor(readonly places: Places) {
    this.progress = new Progress(() => this.#kept("progress.json"));
  }

  /** Throws a RequestError where the course has none of that path. */
  async original(apiPath: string): Promise<Notebook> {
    const { places } = this;
    const file = places instanceof StudyPlaces ? places.original(apiPath) : places.read(apiPath);
    return this.#notebook(await file, apiPath);
  }

  /** The student's copy, else the original. */
  async current(apiPath: string): Promise<Notebook> {
    const { places } = this;
    try {
      return await this.#notebook(await places.read(apiPath), await places.told(apiPath));
    } catch (error) {
      throw await withReset(error, places, apiPath);
    }
  }

  /** Where the copy is, or would be. */
  async copyOf(apiPath: string): Promise<string> {
    const { places } = this;
    if (!(places instanceof StudyPlaces)) {
      throw new RequestError(
        409,
        `${apiPath}: the course must be studied to have copies, but is edited; start without --edit.`,
      );
    }
    const file = await places.placeOfCopy(apiPath);
    if (file !== undefined && (await places.hasOriginal(apiPath))) return file;
    throw new RequestError(404, `${apiPath}: it must be a lecture of the course, but is none; look at the path.`);
  }

  /** Takes the student's copy away, so that the lecture is as it was. The copy is kept, under a name with the time. */
  async reset(apiPath: string): Promise<void> {
    const copy = await this.copyOf(apiPath);
    const time = new Date().toISOString().replace(/[:.]/g, "-");
    const kept = await this.#kept(`${path.basename(apiPath, ".ipynb")}.${time}.ipynb`);
    try {
      await fs.mkdir(path.dirname(kept), { recursive: true });
      await fs.rename(copy, kept);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw refusedByFiles(error, apiPath);
    }
    await this.progress.forget(apiPath);
  }

  /** The path of a file that is kept with the copies, where nobody looks. */
  async #kept(name: string): Promise<string> {
    return unlinked(await locate(this.places.root, "work"), ".lectern", name);
  }

  /** Read once, until the file changes. */
  async #notebook(file: string, apiPath: string): Promise<Notebook> {
    try {
      const { mtimeMs, size } = await fs.stat(file);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#read.get(file);
      if (known?.stamp === stamp) return known.notebook;
      const notebook = parseNotebook(String(await readBytes(file, apiPath)), apiPath);
      this.#read.set(file, { stamp, notebook });
      return notebook;
    } catch (error) {
      throw error instanceof NotebookFormatError
        ? new RequestError(400, error.message)
        : refusedByFiles(error, apiPath);
    }
  }
}
