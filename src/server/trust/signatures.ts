import fs from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { InTurn } from "../inTurn.ts";

/**
 * The signatures of notebooks that this user trusts, one a line in a file that all of this user's programs share; in
 * memory only where there is no file.
 */
export class Signatures {
  #known = new Set<string>();
  /** The one that was used last. */
  #last = "";
  #stamp = "";
  /** One after another, as several notebooks may be saved at once. */
  readonly #turns = new InTurn();

  constructor(
    readonly file: string | undefined,
    /** Past it, the quarter that was used least of late is forgotten, as Jupyter does. */
    readonly limit = 65_535,
  ) {}

  /** A signature that is known counts as used. */
  async has(signature: string): Promise<boolean> {
    return this.#turns.take(async () => {
      await this.#read();
      if (!this.#known.has(signature)) return false;
      // What cannot be noted is still known.
      await this.#note(signature).catch(() => undefined);
      return true;
    });
  }

  async add(signature: string): Promise<void> {
    return this.#turns.take(async () => {
      await this.#read();
      await this.#note(signature);
    });
  }

  /** Other programs of this user add to the file too. */
  async #read(): Promise<void> {
    if (this.file === undefined) return;
    const stats = await fs.stat(this.file).catch(() => undefined);
    const stamp = stats === undefined ? "" : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    if (stamp === this.#stamp) return;
    const text = stats === undefined ? "" : await fs.readFile(this.file, "utf8");
    this.#known = new Set();
    // The last place of a signature is that of its last use.
    for (const line of text.split("\n")) if (isSignature(line)) this.#remember(line);
    this.#stamp = stamp;
  }

  async #note(signature: string): Promise<void> {
    const isLast = this.#last === signature && this.#known.has(signature);
    this.#remember(signature);
    if (this.file === undefined || isLast) return this.#forgetOldest();
    await fs.mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    await fs.appendFile(this.file, `${signature}\n`, { mode: 0o600 });
    await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const size = this.file === undefined ? 0 : (await fs.stat(this.file)).size;
    // Uses of the same signature make lines too.
    if (this.#known.size <= this.limit && size <= 2 * this.limit * lineLength) return;
    this.#known = new Set([...this.#known].slice(-Math.ceil(0.75 * this.limit)));
    if (this.file !== undefined) await writeWhole(this.file, `${[...this.#known].join("\n")}\n`, { mode: 0o600 });
  }

  #remember(signature: string): void {
    this.#known.delete(signature);
    this.#known.add(signature);
    this.#last = signature;
  }
}

function isSignature(line: string): boolean {
  return /^[0-9a-f]{64}$/.test(line);
}

const lineLength = 65;
