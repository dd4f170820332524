import { randomUUID } from "node:crypto";
import { types } from "node:util";
import type { KernelOutput } from "../result.ts";
import { clearTimeout, setTimeout } from "../timers.ts";

/** How long a cell must wait for its last value, and show nothing meanwhile, before it says so, in milliseconds. */
const quiet = 3000;

const text =
  "Waiting for the promise that this cell ends with. An interrupt ends the wait; with `void` before it, the cell does not wait.";

/** Says below a cell that it waits for the promise that is its last value, and takes that away again. */
export class WaitingNote {
  #timer: NodeJS.Timeout | undefined;
  #displayId: string | undefined;
  #othersShown = false;

  constructor(
    readonly send: (output: KernelOutput) => void,
    readonly origin: { cell: number; run?: number },
  ) {}

  /** The cell comes to its last value. */
  of(value: unknown): void {
    if (types.isPromise(value)) this.#timer = setTimeout(() => this.#say(), quiet).unref();
  }

  /** The cell shows something itself: it is seen to be alive. */
  heard(): void {
    this.#othersShown = true;
    if (this.#displayId === undefined) this.#timer?.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#displayId === undefined) return;
    const { origin, send } = this;
    if (this.#othersShown) {
      send({ ...origin, kind: "update", displayId: this.#displayId, data: { "text/plain": "" }, metadata: {} });
    } else send({ ...origin, kind: "clear", wait: false });
    this.#displayId = undefined;
  }

  #say(): void {
    this.#displayId = randomUUID();
    const metadata = { lectern: { waiting: true } };
    const output = { output_type: "display_data" as const, data: { "text/plain": text }, metadata };
    this.send({ ...this.origin, kind: "output", output, displayId: this.#displayId });
  }
}
