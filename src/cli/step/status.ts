import { stripVTControlCharacters } from "node:util";

/**
 * What goes on while a person waits: a line that moves, with seconds, on a terminal; in a log a line now and then.
 *
 * On standard error, so that what cells print stays clean. Text between goes through `write`, so that neither is torn.
 */
export class Status {
  #words: string | undefined;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #isDrawn = false;
  #isLineOpen = false;
  #turn = 0;

  constructor(readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Says from now on that this goes on. */
  say(words: string): void {
    this.#words = words;
    this.#since = performance.now();
    clearInterval(this.#timer);
    const isTerminal = this.stream.isTTY;
    this.#timer = setInterval(() => this.#tell(), isTerminal ? TURN_MS : LOG_MS).unref();
    if (isTerminal) this.#tell();
  }

  /** Writes what a cell printed, above the line. */
  write(text: string): void {
    if (text === "") return;
    this.#clear();
    process.stdout.write(text);
    this.#isLineOpen = !stripVTControlCharacters(text).endsWith("\n");
    if (this.#words !== undefined && this.stream.isTTY) this.#tell();
  }

  /** Nothing goes on any more, or something else says so. */
  end(): void {
    clearInterval(this.#timer);
    this.#words = undefined;
    this.#clear();
    this.#isLineOpen = false;
  }

  #tell(): void {
    const seconds = Math.floor((performance.now() - this.#since) / 1000);
    const words = `${this.#words}${seconds === 0 ? "" : `, ${seconds} s`}`;
    if (!this.stream.isTTY) this.stream.write(`${words}\n`);
    // The line that a cell has begun to print is not to be written over.
    else if (!this.#isLineOpen) {
      const line = `${turns[this.#turn++ % turns.length]} ${words}`;
      this.stream.write(`\r${line.slice(0, (this.stream.columns || 80) - 1)}${CLEAR_REST}`);
      this.#isDrawn = true;
    }
  }

  #clear(): void {
    if (this.#isDrawn) this.stream.write(`\r${CLEAR_REST}`);
    this.#isDrawn = false;
  }
}

const turns = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const CLEAR_REST = "\u001b[K";
const TURN_MS = 100;
const LOG_MS = 10_000;
