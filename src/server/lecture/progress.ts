import fs from "node:fs/promises";
import path from "node:path";
import { claimsIn, verdictsIn } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import type { RunModel } from "../../notebook/courseModels.ts";
import { readBytes } from "../contents/bytes.ts";
import { log } from "../log.ts";
import { type CellProgress, parseRecord, type ProgressRecord } from "./progressRecord.ts";

/**
 * What the student ran, cell by cell, beside the copies of the lectures. The notebooks cannot tell: a copy begins with
 * the outputs that the lecture came with. Another server on the same folder may write the same file: what it noted is
 * kept.
 */
export class Progress {
  /** What is not written yet. */
  #changes: Change[] = [];
  #saving: Promise<void> = Promise.resolve();
  #isDue = false;
  #read: { stamp: string; record: ProgressRecord } | undefined;

  constructor(
    /** Where it is kept; looked for each time, as the folder may become another. */
    readonly locate: () => Promise<string>,
  ) {}

  async of(lecture: string): Promise<Record<string, CellProgress>> {
    const record = await this.#current();
    // Cells may be named as what every object has.
    return Object.assign(Object.create(null), Object.hasOwn(record, lecture) ? record[lecture] : {});
  }

  /** A cell of a lecture has run to its end. */
  async note(lecture: string, run: RunModel, code: string): Promise<void> {
    const { cell, status, outputs } = run;
    if (cell === null || (status !== "ok" && status !== "error")) return;
    const claims = claimsIn(outputs);
    const progress: CellProgress = {
      status,
      claims: { made: claims.length, holding: claims.filter(each => each.holds).length },
      verdicts: verdictsIn(outputs).map(({ exercise, state }) => ({ exercise, state })),
      code,
    };
    await this.#change(record => ({ ...record, [lecture]: { ...record[lecture], [cell]: progress } }));
  }

  async forget(lecture: string): Promise<void> {
    await this.#change(({ [lecture]: _forgotten, ...others }) => others);
  }

  #change(change: Change): Promise<void> {
    this.#changes.push(change);
    return this.#save();
  }

  /** With what is not written yet. Without the file, or where it cannot be read, nothing was run: that stops nobody. */
  async #current(): Promise<ProgressRecord> {
    const stored = await this.#stored().catch(() => ({}));
    return applied(this.#changes, stored);
  }

  /** Read anew where it changed. Begins anew where there is no file, or a broken one. */
  async #stored(): Promise<ProgressRecord> {
    try {
      const file = await this.locate();
      const { mtimeMs, size, ino } = await fs.stat(file);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (this.#read?.stamp === stamp) return this.#read.record;
      const record = parseRecord(String(await readBytes(file, path.basename(file))));
      this.#read = { stamp, record };
      return record;
    } catch (error) {
      const isNew = (error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError;
      if (isNew) return {};
      throw error;
    }
  }

  /** One writing at a time, the last with all that came meanwhile. */
  #save(): Promise<void> {
    if (this.#isDue) return this.#saving;
    this.#isDue = true;
    this.#saving = this.#saving.then(async () => {
      this.#isDue = false;
      await this.#write();
    });
    this.#saving = this.#saving.catch(error => log(`what was run is not noted on the disk: ${error.message}`));
    return this.#saving;
  }

  async #write(): Promise<void> {
    const file = await this.locate();
    await fs.mkdir(path.dirname(file), { recursive: true });
    const stored = await this.#stored();
    const changes = [...this.#changes];
    await writeWhole(file, JSON.stringify(applied(changes, stored)));
    this.#changes = this.#changes.slice(changes.length);
  }
}

type Change = (record: ProgressRecord) => ProgressRecord;

function applied(changes: readonly Change[], record: ProgressRecord): ProgressRecord {
  return changes.reduce((before, change) => change(before), record);
}
