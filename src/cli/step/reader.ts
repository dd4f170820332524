import { createInterface, type Interface } from "node:readline";

/** The lines that a person types, or a script gives. */
export class Reader {
  readonly #lines: Interface;
  readonly #waiting: string[] = [];
  #take: ((line: string | undefined) => void) | undefined;
  #isOver = false;

  constructor(onInterrupt: () => void) {
    this.#lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stdout : undefined });
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
  }

  /** The next line; undefined at the end of the input. */
  ask(question: string): Promise<string | undefined> {
    process.stdout.write(question);
    const line = this.#waiting.shift();
    if (line !== undefined || this.#isOver) return Promise.resolve(line);
    return new Promise(resolve => {
      this.#take = resolve;
    });
  }

  close(): void {
    this.#lines.close();
  }

  #give(line: string | undefined): void {
    const take = this.#take;
    this.#take = undefined;
    take?.(line);
  }
}
