import { Readable } from "node:stream";
import { currentListener, type Listener, listen } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import type { InputReply } from "./exchange.ts";
import { type Questions, textOf } from "./questions.ts";
import { clearTimeout, setTimeout } from "../timers.ts";

/**
 * Makes `process.stdin` the reader of the notebook: code that waits for a line, by `readline` or by the stream itself,
 * asks for one.
 */
export function installStandardInput(questions: Questions): void {
  const input = new StandardInput(questions);
  Object.defineProperty(process, "stdin", { value: input, configurable: true, writable: true });
  const write = process.stdout.write;
  process.stdout.write = function (this: unknown, ...args: unknown[]) {
    const written = Reflect.apply(write, process.stdout, args);
    // A line that stays open, as `readline` prints before it waits: its cell may be another than the one that began to read.
    if (typeof args[0] === "string" && args[0] !== "" && !args[0].endsWith("\n")) input.wake();
    return written;
  } as typeof process.stdout.write;
}

/** How long code has, after it got a line, to stop reading before it is asked for another, in milliseconds. */
const patience = 50;

class StandardInput extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  /** Somebody reads, and was given nothing yet. */
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;

  constructor(readonly questions: Questions) {
    super({ highWaterMark: 1 });
  }

  override _read(): void {
    this.#wanted = true;
    this.wake();
  }

  /** Asks soon, for the cell that calls this, if somebody reads. */
  wake(): void {
    if (!this.#wanted || this.#asking) return;
    const asker = currentListener();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(asker), patience);
  }

  /** A read that an earlier cell began, and never got, is still open: the stream does not ask twice. */
  override resume(): this {
    this.wake();
    return super.resume();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  #ask(asker: Listener | undefined): void {
    // A cell that is over reads no more, even if it left its reader open.
    if (!(asker instanceof CellRun) || asker.over || this.isPaused()) return;
    this.#asking = true;
    listen(asker, () => this.questions.askLater("", reply => this.#answered(reply, asker)));
  }

  #answered(reply: InputReply, asker: CellRun): void {
    this.#asking = false;
    if ("interrupted" in reply) return;
    try {
      const line = textOf(reply);
      this.#wanted = false;
      listen(asker, () => this.push(`${line}\n`));
    } catch (error) {
      asker.fail(error);
    }
  }
}
