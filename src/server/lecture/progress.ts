import fs from "node:fs/promises";
import path from "node:path";
import { claimsIn, type Verdict, verdictsIn } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import type { RunModel } from "../../notebook/courseModels.ts";

/** What the student's last run of a cell came to. */
export interface CellProgress {
  status: "ok" | "error";
  /** The claims that it made, and how many of them hold. */
  claims: { made: number; holding: number };
  /** What it found of the exercises that it checks; absent in what was noted before there were checks. */
  verdicts?: Verdict[];
  /** The code that ran. */
  code: string;
}

/**
 * What the student ran, cell by cell, beside the copies of the lectures. The notebooks cannot tell: a copy begins with
 * the outputs that the lecture came with.
 */
export class Progress {
  #loading: Promise<Record<string, Record<string, CellProgress>>> | undefined;
  #saving: Promise<void> = Promise.resolve();
  #isDue = false;

  constructor(readonly file: string) {}

  async of(lecture: string): Promise<Record<string, CellProgress>> {
    return (await this.#load())[lecture] ?? {};
  }

  /** A cell of a lecture has run to its end. */
  async note(lecture: string, run: RunModel, code: string): Promise<void> {
    if (run.cell === null || (run.status !== "ok" && run.status !== "error")) return;
    const lectures = await this.#load();
    const claims = claimsIn(run.outputs);
    lectures[lecture] = {
      ...lectures[lecture],
      [run.cell]: {
        status: run.status,
        claims: { made: claims.length, holding: claims.filter(each => each.holds).length },
        verdicts: verdictsIn(run.outputs).map(({ exercise, state }) => ({ exercise, state })),
        code,
      },
    };
    await this.#save();
  }

  async forget(lecture: string): Promise<void> {
    delete (await this.#load())[lecture];
    await this.#save();
  }

  /** Read once: two that ask at the same time note in the same record. */
  #load(): Promise<Record<string, Record<string, CellProgress>>> {
    // Without the file, or with a broken one, nothing was run: this is a convenience, and must not stop anyone.
    this.#loading ??= fs
      .readFile(this.file, "utf8")
      .then(text => JSON.parse(text) ?? {})
      .catch(() => ({}));
    return this.#loading;
  }

  /** One writing at a time, the last with all that came meanwhile. */
  #save(): Promise<void> {
    if (this.#isDue) return this.#saving;
    this.#isDue = true;
    this.#saving = this.#saving.then(async () => {
      this.#isDue = false;
      await fs.mkdir(path.dirname(this.file), { recursive: true });
      await writeWhole(this.file, JSON.stringify(await this.#load()));
    });
    this.#saving = this.#saving.catch(error =>
      console.error(`lectern server: ${this.file} was not written: ${error.message}`),
    );
    return this.#saving;
  }
}
