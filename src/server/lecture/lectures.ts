import fs from "node:fs/promises";
import path from "node:path";
import { type Notebook, parseNotebook } from "../../notebook/index.ts";
import { type Places, StudyPlaces } from "../contents/places.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { Progress } from "./progress.ts";

/** The lectures of a course: as the course has them and, where it is studied, as the student left them. */
export class Lectures {
  readonly progress: Progress;
  readonly #read = new Map<string, { stamp: string; notebook: Notebook }>();

  constructor(readonly places: Places) {
    this.progress = new Progress(path.join(places.root, "work", ".lectern", "progress.json"));
  }

  /** Throws a RequestError where the course has none of that path. */
  async original(apiPath: string): Promise<Notebook> {
    const { places } = this;
    const file = places instanceof StudyPlaces ? places.original(apiPath) : places.read(apiPath);
    return this.#notebook(await file, apiPath);
  }

  /** The student's copy, else the original. */
  async current(apiPath: string): Promise<Notebook> {
    return this.#notebook(await this.places.read(apiPath), apiPath);
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
    const file = await places.copyOf(apiPath);
    if (file !== undefined && (await places.hasOriginal(apiPath))) return file;
    throw new RequestError(404, `${apiPath}: it must be a lecture of the course, but is none; look at the path.`);
  }

  /** Takes the student's copy away, so that the lecture is as it was. The copy is kept, under a name with the time. */
  async reset(apiPath: string): Promise<void> {
    const copy = await this.copyOf(apiPath);
    const time = new Date().toISOString().replace(/[:.]/g, "-");
    const kept = path.join(this.places.root, "work", ".lectern", `${path.basename(apiPath, ".ipynb")}.${time}.ipynb`);
    try {
      await fs.mkdir(path.dirname(kept), { recursive: true });
      await fs.rename(copy, kept);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw refusedByFiles(error, apiPath);
    }
    await this.progress.forget(apiPath);
  }

  /** Read once, until the file changes. */
  async #notebook(file: string, apiPath: string): Promise<Notebook> {
    try {
      const { mtimeMs, size } = await fs.stat(file);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#read.get(file);
      if (known?.stamp === stamp) return known.notebook;
      const notebook = parseNotebook(await fs.readFile(file, "utf8"), apiPath);
      this.#read.set(file, { stamp, notebook });
      return notebook;
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
  }
}
