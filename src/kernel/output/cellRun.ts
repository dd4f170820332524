import { randomUUID } from "node:crypto";
import type { MimeData, Output } from "../../notebook/types.ts";
import { ProgressLine } from "../display/progress.ts";
import type { InterruptFlags } from "../interrupt/flags.ts";
import type { KernelOutput } from "../result.ts";
import type { StreamName } from "./capture.ts";
import type { CellHooks } from "./hooks.ts";
import { Interrupted } from "./interrupted.ts";
import { stepping } from "./iteration.ts";
import { WaitingNote } from "./waitingNote.ts";
import { queueMicrotask, setImmediate, setTimeout } from "../timers.ts";

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
  /** What is waited for now on behalf of the cell, each to be ended by an interrupt. */
  readonly #waiting = new Set<(reason: unknown) => void>();
  /** The same for the last `await` of its own: it has one at a time. */
  #endAwait: ((reason: unknown) => void) | undefined;
  #watched = false;
  #line: ProgressLine | undefined;
  readonly #note: WaitingNote | undefined;
  #over = false;
  /** Ends the job whose own code was terminated. */
  #lost: ((reason: Interrupted) => void) | undefined;

  constructor(
    readonly cell: number,
    readonly send: (output: KernelOutput) => void,
    /** Takes what training reports; without it, the cell shows it. */
    readonly sendProgress: ((progress: unknown) => void) | undefined,
    readonly displayIds: Set<string>,
    /** Tells this run from others that have the same number. */
    readonly id?: number,
    readonly flags?: InterruptFlags,
  ) {
    // Who runs a notebook without a reader stores what it shows.
    if (id !== undefined) this.#note = new WaitingNote(send, this.origin);
  }

  /** Where an output comes from. */
  get origin(): { cell: number; run?: number } {
    return { cell: this.cell, ...(this.id === undefined ? {} : { run: this.id }) };
  }

  #send(output: KernelOutput): void {
    this.#note?.heard();
    this.send(output);
  }

  write(name: StreamName, text: string): void {
    if (text !== "") this.output({ output_type: "stream", name, text });
  }

  display(bundle: { data: MimeData; metadata?: object }, displayId?: string): void {
    const { data, metadata = {} } = bundle;
    const output: Output = { output_type: "display_data", data, metadata: { ...metadata } };
    if (displayId === undefined) {
      this.output(output);
    } else if (this.displayIds.has(displayId)) {
      this.#send({ ...this.origin, kind: "update", displayId, data, metadata: { ...metadata } });
    } else {
      this.displayIds.add(displayId);
      this.#send({ ...this.origin, kind: "output", output, displayId });
    }
  }

  clear(wait: boolean): void {
    this.#send({ ...this.origin, kind: "clear", wait });
  }

  progress(progress: object): void {
    if (this.sendProgress) this.sendProgress(progress);
    else {
      this.#line ??= new ProgressLine((data, id) => this.display({ data }, id), randomUUID());
      this.#line.report(progress);
    }
  }

  /** Code that asks for the signal promises to watch it, and is given time to finish by itself. */
  signal(): AbortSignal | undefined {
    if (this.#over) return undefined;
    this.#watched = true;
    if (this.id !== undefined) this.flags?.watch(this.id);
    this.#heed();
    return this.#controller.signal;
  }

  output(output: Output): void {
    this.#send({ ...this.origin, kind: "output", output });
  }

  /** Ends the cell where it waits; a second call ends it even if its code watches the signal. */
  interrupt(): void {
    if (this.#over) return;
    if (this.interrupted) {
      this.#endWaiting();
      return;
    }
    this.interrupted = true;
    this.#controller.abort(new Interrupted());
    if (this.#watched) setTimeout(() => this.#endWaiting(), grace).unref();
    else this.#endWaiting();
  }

  /**
   * Runs a job in a turn of the event loop of its own, and goes on in another: what terminates its code
   * takes the frames below and the microtasks behind it along, and only `abandon` then settles the promise.
   */
  outlast<T>(job: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#lost = reject;
      const settle = <V>(how: (value: V) => void) => {
        return (value: V) => void setImmediate(how, value);
      };
      setImmediate(() => queueMicrotask(() => job().then(settle(resolve), settle(reject))));
    });
  }

  /** Ends the cell after its running code was terminated. */
  abandon(): void {
    this.interrupt();
    this.#endWaiting();
    setImmediate(() => this.#lost?.(new Interrupted()));
  }

  /** An interrupt that the event loop has had no time to deliver. */
  #heed(): void {
    if (!this.interrupted && this.id !== undefined && this.flags?.isRaised(this.id)) this.interrupt();
  }

  #throwIfInterrupted(): void {
    this.#heed();
    if (this.interrupted) throw new Interrupted();
  }

  /** Ends the cell where it waits, with an error. */
  fail(error: unknown): void {
    this.#endWaiting(error);
  }

  get over(): boolean {
    return this.#over;
  }

  #endWaiting(error: unknown = new Interrupted()): void {
    for (const end of this.#waiting) end(error);
    this.#waiting.clear();
    this.#endAwait?.(error);
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

  /** The same for an `await` of the cell. V8 follows promises only where they hand on to the next as plainly as here. */
  #awaited<T>(value: T | PromiseLike<T>, rejected: (reason: unknown) => void = () => {}): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#endAwait = reject;
      Promise.resolve(value).then(resolve, reason => {
        rejected(reason);
        reject(reason);
      });
    });
  }

  finish(): void {
    this.#note?.end();
    this.#line?.end();
    this.#over = true;
  }

  /** Takes the last value of the cell before it is waited for: by an assignment, since a debugger would stop at a call. */
  readonly last = Object.defineProperty({}, "value", { set: (value: unknown) => this.#note?.of(value) });

  /** The last value is there, or none will come. */
  waited(): void {
    this.#note?.end();
  }

  /** Every top-level `await` of the cell goes through here, with its place in the source. */
  readonly await = (value: unknown, offset: number): unknown => {
    this.#throwIfInterrupted();
    if (typeof (value as PromiseLike<unknown> | undefined | null)?.then !== "function") return value;
    return this.#awaited(value, reason => {
      this.rejected = { reason, offset };
    });
  };

  /**
   * And every top-level `for await`. It waits one microtask longer than the language does, so that what runs beside the
   * loop prints in the same order, and a promise that an asynchronous iterator gives as its value stays one.
   */
  readonly iterate = (values: AsyncIterable<unknown> | Iterable<unknown>): AsyncIterable<unknown> =>
    stepping(values, next => {
      this.#throwIfInterrupted();
      return this.#awaited(next());
    });
}
