import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import { currentListener, listen } from "../output/capture.ts";
import { CellRun } from "../output/cellRun.ts";
import { encodingOf, partOf, standIn } from "../output/fsCalls.ts";
import { type Questions, textOf } from "./questions.ts";

/**
 * Makes file descriptor 0, by its number and as `/dev/stdin`, the reader of the notebook: a cell that reads it asks for
 * a line, and reads the end of the input where the answer is empty.
 */
export function installInputDescriptor(questions: Questions): void {
  const input = new DescribedInput(questions);
  patch(fs, "readSync", isInput, (_fd, into, ...place) => take(input.line(""), into, place, input));
  patch(fs, "read", isInput, (_fd, ...rest) => {
    const done = rest.pop() as Done<number>;
    const [into = Buffer.alloc(16_384), ...place] = rest[0] instanceof Uint8Array ? rest : placeOf(rest[0]);
    input.lineLater("").then(
      line => done(null, take(line, into, place, input), into),
      error => done(error as Error),
    );
  });
  patch(fs, "readFileSync", isInput, (_file, options) => decoded(input.all(), options));
  patch(fs, "readFile", isInput, (_file, ...rest) => {
    const done = rest.pop() as Done<unknown>;
    input.allLater().then(
      all => done(null, decoded(all, rest[0])),
      error => done(error as Error),
    );
  });
  patch(fs.promises, "readFile", isInput, async (_file, options) => decoded(await input.allLater(), options));
  patch(fs, "createReadStream", isInputStream, (_file, options) => {
    return Readable.from(input.lines(), { encoding: encodingOf(options), objectMode: false });
  });
  syncBuiltinESMExports();
}

type Done<T> = (error: Error | null, ...result: [] | [T] | [T, unknown]) => void;

/** What the reader answered and was not read yet. */
class DescribedInput {
  rest = Buffer.alloc(0);

  constructor(readonly questions: Questions) {}

  /** What is left of a line, or else the next one; empty at the end. */
  line(text: string): Buffer {
    return this.#left() ?? lineOf(this.questions.ask(text, false));
  }

  async lineLater(text: string): Promise<Buffer> {
    return this.#left() ?? lineOf(await this.#askLater(text));
  }

  all(): Buffer {
    const read: Buffer[] = [];
    for (let line = this.line(untilEnd); line.length > 0; line = this.line(untilEnd)) read.push(line);
    return Buffer.concat(read);
  }

  async allLater(): Promise<Buffer> {
    const read: Buffer[] = [];
    for await (const line of this.lines()) read.push(line);
    return Buffer.concat(read);
  }

  async *lines(): AsyncGenerator<Buffer> {
    for (let line = await this.lineLater(untilEnd); line.length > 0; line = await this.lineLater(untilEnd)) yield line;
  }

  #left(): Buffer | undefined {
    const left = this.rest.length > 0 ? this.rest : undefined;
    this.rest = Buffer.alloc(0);
    return left;
  }

  #askLater(text: string): Promise<string> {
    const asker = currentListener();
    return new Promise((resolve, reject) => {
      this.questions.askLater(text, reply => {
        // The cell that waits for it has ended.
        if ("interrupted" in reply) return;
        const answer = () => {
          try {
            resolve(textOf(reply));
          } catch (error) {
            reject(error);
          }
        };
        if (asker) listen(asker, answer);
        else answer();
      });
    });
  }
}

const untilEnd = "standard input, which an empty line ends: ";

function lineOf(answer: string): Buffer {
  return Buffer.from(answer === "" ? "" : `${answer}\n`);
}

/** Reads a line into a buffer, as `fs.readSync` does, and leaves what has no room. Returns the bytes read. */
function take(line: Buffer, into: unknown, place: readonly unknown[], input: DescribedInput): number {
  const bytes = into as ArrayBufferView;
  const { from, count: room } = partOf(bytes, place[0], place[1]);
  const target = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(from, from + room);
  const count = line.copy(target);
  input.rest = Buffer.concat([line.subarray(count), input.rest]);
  return count;
}

/** `fs.read` may be given its buffer as an option. */
function placeOf(options: unknown): unknown[] {
  const { buffer, ...place } = Object(options) as { buffer?: unknown };
  return [buffer, place];
}

function decoded(content: Buffer, options: unknown): string | Buffer {
  const encoding: string | undefined = encodingOf(options);
  return encoding && encoding !== "buffer" ? content.toString(encoding as BufferEncoding) : content;
}

function isInput([file]: readonly unknown[]): boolean {
  return file === 0 || (typeof file === "string" && names.has(file));
}

function isInputStream([file, options]: readonly unknown[]): boolean {
  const { fd } = Object(options) as { fd?: unknown };
  return fd === undefined || fd === null ? isInput([file]) : fd === 0;
}

const names: ReadonlySet<string> = new Set(["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

function patch(
  target: object,
  name: string,
  isMeant: (values: readonly unknown[]) => boolean,
  heard: (...values: unknown[]) => unknown,
): void {
  standIn(target, name, values =>
    isMeant(values) && currentListener() instanceof CellRun ? () => heard(...values) : undefined,
  );
}
