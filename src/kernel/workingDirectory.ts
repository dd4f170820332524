import fs from "node:fs";
import { attempt } from "./errors/attempt.ts";

/** The folder that the cells of a notebook work in: what one enters by `process.chdir`, those after it find. */
export class WorkingDirectory {
  readonly #home: string;
  #now: string;

  /** `home`: the notebook's folder, for the first cell, and for those after one that removed its own. */
  constructor(home: string) {
    this.#home = attempt(() => fs.realpathSync(home), home);
    this.#now = this.#home;
  }

  /**
   * Enters it. Returns what ends that: a host that works elsewhere is back there, and in a process that is the
   * notebook's own all that runs between cells works where they do. `warn` hears of a folder that is gone.
   */
  enter(warn: (text: string) => void): () => void {
    const host = current();
    const isElsewhere = host !== this.#now;
    if (isElsewhere) this.#change();
    return () => {
      const left = current();
      this.#now = left ?? this.#home;
      if (left === undefined) {
        this.#change();
        warn(`warning: the working directory is gone; later cells work in ${this.#home} again\n`);
      }
      if (host !== undefined && isElsewhere) entered(host);
    };
  }

  /** Where it is, or its home, or where this process is if there is neither. */
  #change(): void {
    for (const folder of [this.#now, this.#home]) if (entered(folder)) return;
  }
}

/** Where this process is. Node remembers that, and does not notice that it was removed. */
function current(): string | undefined {
  const folder = attempt(() => process.cwd(), undefined);
  return folder !== undefined && fs.existsSync(folder) ? folder : undefined;
}

function entered(folder: string): boolean {
  return attempt(() => {
    process.chdir(folder);
    return true;
  }, false);
}
