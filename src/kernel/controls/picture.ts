import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { MimeData } from "../../notebook/types.ts";
import { attempt } from "../errors/attempt.ts";
import { traceback } from "../errors/describe.ts";
import type { Reader } from "./reading.ts";
import { setImmediate } from "../timers.ts";

type Shown = { data: MimeData; metadata?: object };

/**
 * A place below a cell that is drawn again when something has changed.
 *
 * While one picture is made, changes are only noted: the next one is of the latest values. What `make` throws is shown
 * in the picture's place.
 */
export class Picture implements Reader {
  readonly #id = randomUUID();
  #drawing: Promise<void> | undefined;
  #stale = false;
  /** As code of the cell that shows it, whichever cell the control stands in. */
  readonly #refresh = AsyncResource.bind(() => this.#untilFresh());

  constructor(readonly make: (reader: Reader) => Promise<Shown>) {}

  changed(): void {
    this.#stale = true;
    // In a turn of its own: of several messages that are there already, only the last is worth a picture.
    if (!this.#drawing) this.#drawing = new Promise(resolve => setImmediate(resolve)).then(() => this.#refresh());
  }

  draw(): Promise<void> {
    this.#stale = true;
    this.#drawing ??= this.#untilFresh();
    return this.#drawing;
  }

  async #untilFresh(): Promise<void> {
    try {
      while (this.#stale) {
        this.#stale = false;
        showAt(this.#id, await this.#bundle());
      }
    } finally {
      this.#drawing = undefined;
    }
  }

  async #bundle(): Promise<Shown> {
    try {
      return await this.make(this);
    } catch (error) {
      const folder = attempt(() => process.cwd(), "/");
      return { data: { "text/plain": traceback(error, folder).join("\n") } };
    }
  }
}

type Show = (bundle: Shown, displayId?: string) => void;

/** Shows content below the cell, in the place of what was shown under the same id. */
export function showAt(id: string, bundle: Shown): void {
  const display = (globalThis as { [name: symbol]: Show | undefined })[Symbol.for("lectern.display")];
  if (!display) {
    throw new Error(
      "show: must be called from a notebook cell, but no kernel is running here; open the notebook with lectern.",
    );
  }
  display(bundle, id);
}
