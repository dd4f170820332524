import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { MimeData } from "../../notebook/types.ts";
import { bundleOf } from "../display/display.ts";
import { traceback } from "../errors/describe.ts";
import { type Reader, readBy } from "./reading.ts";

/**
 * Shows what `render` returns, a text as it is, and again whenever a control changes whose `value` it read before its first `await`.
 *
 * While one picture is made, changes are only noted: the next one is of the latest values, so a slow picture lags by
 * one and never by many. What `render` throws is shown in the picture's place.
 *
 * @example
 * // const mean = slider({ from: -3, to: 3, value: 0, label: "mean of q" });
 * // show(() => figure(mean.value));
 */
export async function show(render: () => unknown): Promise<void> {
  await new Picture(render).draw();
}

class Picture implements Reader {
  readonly #id = randomUUID();
  #drawing: Promise<void> | undefined;
  #stale = false;
  /** As code of the cell that shows it, whichever cell the control stands in. */
  readonly #refresh = AsyncResource.bind(() => this.#untilFresh());

  constructor(readonly render: () => unknown) {}

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

  async #bundle(): Promise<{ data: MimeData; metadata?: object }> {
    try {
      const value = await readBy(this, this.render);
      if (value === undefined || typeof value === "string") return { data: { "text/plain": value ?? "" } };
      return await bundleOf(value);
    } catch (error) {
      return { data: { "text/plain": traceback(error, process.cwd()).join("\n") } };
    }
  }
}

type Show = (bundle: { data: MimeData; metadata?: object }, displayId?: string) => void;

function showAt(id: string, bundle: { data: MimeData; metadata?: object }): void {
  const display = (globalThis as { [name: symbol]: Show | undefined })[Symbol.for("lectern.display")];
  if (!display) {
    throw new Error(
      "show: must be called from a notebook cell, but no kernel is running here; open the notebook with lectern.",
    );
  }
  display(bundle, id);
}

/** Shows a value below the cell as if it were the cell's last: a cell may show several. */
export async function display(value: unknown): Promise<void> {
  showAt(randomUUID(), await bundleOf(value));
}
