import type { KernelOutput } from "../result.ts";
import type { Extras, Header } from "./message.ts";

/** One run of code for a client: where its outputs go, now and after it ended. */
export interface Run {
  readonly id: number;
  /** The execution count that the user sees. */
  readonly number: number;
  /** The parent of what it shows, and the mark of what comes late. Replaced when the run ends. */
  origin: Extras & { parent: Header };
  /** Takes the outputs instead of the clients. */
  readonly collect?: (output: KernelOutput) => void;
  /** Frames by which an input request finds the client; undefined where it has no input to give. */
  readonly stdin: Uint8Array[] | undefined;
}

/** All runs since the start: an output may come long after its cell. */
export class Runs {
  readonly #byId = new Map<number, Run>();
  readonly #byNumber = new Map<number, Run>();
  #last: Run | undefined;

  open(details: Omit<Run, "id" | "origin"> & { parent: Header }): Run {
    const { parent, ...rest } = details;
    const run: Run = { ...rest, id: this.#byId.size + 1, origin: { parent } };
    this.#byId.set(run.id, run);
    // What a cell leaves behind is shown, also where a silent run or an expression came after it.
    if (!run.collect) {
      this.#byNumber.set(run.number, run);
      this.#last = run;
    }
    return run;
  }

  close(run: Run): void {
    run.origin = { parent: run.origin.parent, metadata: { late: true } };
  }

  /** The run that an output belongs to. */
  of({ run, cell }: { run?: number | undefined; cell?: number }): Run | undefined {
    return this.#byId.get(run ?? -1) ?? this.#byNumber.get(cell ?? -1) ?? this.#last;
  }
}
