import type { MimeData, Output } from "../../notebook/types.ts";
import type { KernelOutput } from "../result.ts";
import type { StreamName } from "./capture.ts";
import type { CellHooks } from "./hooks.ts";

/** Thrown into a cell where it waits, when it is interrupted. */
export class Interrupted extends Error {
  override name = "Interrupted";
  constructor() {
    super("the cell was interrupted");
  }
}

/** How long code that watches the abort signal may take to finish, in milliseconds. */
const grace = 2000;

/** One run of one cell: where its output goes, and how it is interrupted. */
export class CellRun implements CellHooks {
  /** Statements whose declarations are done. */
  readonly done = new Set<number>();
  interrupted = false;
  /** The last rejection at a top-level `await`: the errors of node's own promises have no stack. */
  rejected: { reason: unknown; offset: number } | undefined;
  readonly #controller = new AbortController();
  /** What the cell waits for now, each to be ended by an interrupt. */
  readonly #waiting = new Set<(reason: Interrupted) => void>();
  #watched = false;
  #over = false;

  constructor(
    readonly cell: number,
    readonly send: (output: KernelOutput) => void,
    readonly sendProgress: (progress: unknown) => void,
    readonly displayIds: Set<string>,
  ) {}

  write(name: StreamName, text: string): void {
    if (text !== "") this.output({ output_type: "stream", name, text });
  }

  display(bundle: { data: MimeData; metadata?: object }, displayId?: string): void {
    const { data, metadata = {} } = bundle;
    const output: Output = { output_type: "display_data", data, metadata: { ...metadata } };
    if (displayId === undefined) {
      this.output(output);
    } else if (this.displayIds.has(displayId)) {
      this.send({ cell: this.cell, kind: "update", displayId, data, metadata: { ...metadata } });
    } else {
      this.displayIds.add(displayId);
      this.send({ cell: this.cell, kind: "output", output, displayId });
    }
  }

  clear(wait: boolean): void {
    this.send({ cell: this.cell, kind: "clear", wait });
  }

  progress(progress: object): void {
    this.sendProgress(progress);
  }

  /** Code that asks for the signal promises to watch it, and is given time to finish by itself. */
  signal(): AbortSignal | undefined {
    if (this.#over) return undefined;
    this.#watched = true;
    return this.#controller.signal;
  }

  output(output: Output): void {
    this.send({ cell: this.cell, kind: "output", output });
  }

  interrupt(): void {
    if (this.interrupted || this.#over) return;
    this.interrupted = true;
    this.#controller.abort(new Interrupted());
    if (this.#watched) setTimeout(() => this.#endWaiting(), grace).unref();
    else this.#endWaiting();
  }

  #endWaiting(): void {
    for (const end of this.#waiting) end(new Interrupted());
    this.#waiting.clear();
  }

  /** The value, or an interrupt, whichever comes first. */
  wait<T>(value: T | PromiseLike<T>): Promise<T> {
    // Not Promise.race: on a promise that stays open it leaves something behind at every call.
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const settle = (how: () => void) => {
        this.#waiting.delete(reject);
        how();
      };
      Promise.resolve(value).then(
        result => settle(() => resolve(result)),
        error => settle(() => reject(error)),
      );
    });
  }

  finish(): void {
    this.#over = true;
  }

  /** Every top-level `await` of the cell goes through here, with its place in the source. */
  readonly await = (value: unknown, offset: number): unknown => {
    if (this.interrupted) throw new Interrupted();
    const thenable = typeof (value as PromiseLike<unknown> | undefined | null)?.then === "function";
    if (!thenable) return value;
    return this.wait(value).catch(reason => {
      this.rejected = { reason, offset };
      throw reason;
    });
  };

  /** And every top-level `for await`. */
  readonly iterate = (values: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> => {
    const iterator = iteratorOf(values);
    const next = async () => {
      if (this.interrupted) throw new Interrupted();
      const step = await this.wait(iterator.next());
      return step.done ? step : { done: false as const, value: await this.wait(step.value) };
    };
    const close = async (value?: unknown) => {
      await iterator.return?.(value);
      return { done: true as const, value };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: close }) };
  };
}

function iteratorOf(values: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterator<unknown> | Iterator<unknown> {
  if (Symbol.asyncIterator in Object(values)) return (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return (values as Iterable<unknown>)[Symbol.iterator]();
}
