import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";

/** The lines that a person types, or a script gives. */
export class Reader {
  readonly #isTerminal = process.stdin.isTTY === true;
  readonly #lines: Interface;
  #waiting: string[] = [];
  #take: ((line: string | undefined) => void) | undefined;
  #isOver = false;
  #lastKey = 0;

  constructor(onInterrupt: () => void) {
    const output = this.#isTerminal ? this.#echo() : undefined;
    this.#lines = createInterface({ input: process.stdin, output, terminal: this.#isTerminal });
    this.#lines.on("line", line => {
      if (this.#take) this.#give(line);
      else this.#waiting.push(line);
    });
    this.#lines.on("close", () => {
      this.#isOver = true;
      this.#give(undefined);
    });
    // A terminal in line mode gives Ctrl-C to the interface and not to the process.
    this.#lines.on("SIGINT", onInterrupt);
    process.stdin.on("keypress", () => {
      this.#lastKey = performance.now();
    });
  }

  /** The next line; undefined at the end of the input. */
  ask(question: string): Promise<string | undefined> {
    const line = this.#waiting.shift();
    if (line !== undefined || this.#isOver || !this.#isTerminal) process.stdout.write(question);
    if (line !== undefined || this.#isOver) return Promise.resolve(line);
    return new Promise(resolve => {
      this.#take = resolve;
      if (!this.#isTerminal) return;
      this.#lines.setPrompt(question);
      this.#lines.prompt();
    });
  }

  /**
   * Forgets what a person typed before there was a question to answer, and waits until the keys are still: Enter pressed
   * twice is one answer. What a script gives stays.
   */
  async forgetTyped(): Promise<void> {
    if (!this.#isTerminal) return;
    for (;;) {
      const still = performance.now() - this.#lastKey;
      if (still >= STILL_MS || this.#isOver) break;
      await setTimeout(STILL_MS - still);
    }
    this.#waiting = [];
    // The half of a line.
    this.#lines.write(null, { ctrl: true, name: "e" });
    this.#lines.write(null, { ctrl: true, name: "u" });
  }

  close(): void {
    this.#lines.close();
  }

  #give(line: string | undefined): void {
    const take = this.#take;
    this.#take = undefined;
    take?.(line);
  }

  /** The terminal, where what is typed is seen only below a question. */
  #echo(): Writable {
    const write = (chunk: Buffer | string, _: BufferEncoding, done: () => void) => {
      if (this.#take) process.stdout.write(chunk);
      done();
    };
    const echo = new Writable({ decodeStrings: false, write });
    // By this the interface knows where a long line is wrapped.
    Object.defineProperty(echo, "columns", { get: () => process.stdout.columns });
    process.stdout.on("resize", () => echo.emit("resize"));
    return echo;
  }
}

/** Between the two presses of a key by mistake there is less. */
const STILL_MS = 300;
