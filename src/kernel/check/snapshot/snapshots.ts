import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder, projectOf, snapshotKey } from "./key.ts";

/**
 * The start-up snapshot of a folder's checker: used when it is there, built in the background when
 * it is not. `LECTERN_SNAPSHOT=off` does neither.
 */
export class Snapshots {
  readonly #file: string | undefined;
  readonly #project: string;
  #builder: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #asked = false;

  /**
   * With the time, in milliseconds, that no cell may have been checked before the building starts. Without such a time,
   * as where somebody waits for it, the building does not give way to the machine's other work either.
   */
  constructor(
    directory: string,
    readonly quiet = 5000,
  ) {
    this.#project = projectOf(directory);
    this.#file = process.env.LECTERN_SNAPSHOT === "off" ? undefined : this.#locate();
  }

  /** Whether there is none by the user's wish. */
  get isOff(): boolean {
    return this.#file === undefined;
  }

  /** The snapshot, when there is one. */
  find(): string | undefined {
    if (this.#file === undefined) return undefined;
    try {
      // The oldest are removed: one that is in use is not old.
      fs.utimesSync(this.#file, new Date(), new Date());
      return this.#file;
    } catch {
      return fs.existsSync(this.#file) ? this.#file : undefined;
    }
  }

  /** Removes a snapshot that node does not start from or whose packages were changed. */
  refuse(file: string): void {
    fs.rmSync(file, { force: true });
  }

  /** Builds a missing snapshot once the cells leave time for it. */
  buildSoon(): void {
    if (this.#asked && this.#timer === undefined) return;
    this.#asked = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#build({ givesWay: this.quiet > 0 }), this.quiet);
    this.#timer.unref();
  }

  /** Builds a missing snapshot at once; says whether there is one then. */
  async buildNow(): Promise<boolean> {
    const builder = this.#build({ givesWay: false });
    builder?.ref();
    if (builder) await new Promise(resolve => builder.once("exit", resolve));
    return this.find() !== undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = true;
    this.#builder?.kill("SIGTERM");
  }

  #build({ givesWay }: { givesWay: boolean }): ChildProcess | undefined {
    this.#timer = undefined;
    if (this.#file === undefined || this.find() !== undefined) return undefined;
    const builder = fork(builderProgram(), [this.#file, this.#project], {
      cwd: path.dirname(builderProgram()),
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    builder.on("error", () => {});
    if (givesWay && builder.pid !== undefined) yieldToOthers(builder.pid);
    builder.unref();
    builder.channel?.unref();
    this.#builder = builder;
    return builder;
  }

  #locate(): string | undefined {
    try {
      return path.join(cacheFolder(), "snapshots", `${snapshotKey(this.#project)}.blob`);
    } catch {
      // Without a compiled program there is nothing to make a snapshot of.
      return undefined;
    }
  }
}

function yieldToOthers(pid: number): void {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It is gone already, or the system does not let us.
  }
}

function builderProgram(): string {
  const own = import.meta.url;
  return fileURLToPath(
    new URL(own.endsWith(".ts") ? "../../../../dist/kernel/check/snapshot/build.js" : "./build.js", own),
  );
}
