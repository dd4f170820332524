import type { Content } from "./message.ts";

interface Entry {
  line: number;
  input: string;
  output?: string;
}

/** This kernel's inputs are session 1; clients may also call it 0, the current one. */
const session = 1;

/** The inputs of this session, and the text of their values, as a client asks for them. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast(each => each.line === line);
    if (entry) entry.output = output;
  }

  /** The `history` of a reply: rows of session, line and input, or input and output. */
  answer(request: Content): unknown[] {
    const withOutput = request.output === true;
    return this.#select(request).map(({ line, input, output }) => [
      session,
      line,
      withOutput ? [input, output ?? null] : input,
    ]);
  }

  #select(request: Content): Entry[] {
    switch (request.hist_access_type) {
      case "tail":
        return last(this.#entries, request.n);
      case "range":
        return this.#range(request);
      case "search":
        return this.#search(request);
      default:
        return [];
    }
  }

  #range({ session: wanted, start, stop }: Content): Entry[] {
    if (wanted !== undefined && wanted !== 0 && wanted !== session) return [];
    const from = typeof start === "number" ? start : 0;
    const to = typeof stop === "number" ? stop : Number.POSITIVE_INFINITY;
    return this.#entries.filter(({ line }) => line >= from && line < to);
  }

  #search({ pattern, unique, n }: Content): Entry[] {
    const wanted = globPattern(typeof pattern === "string" ? pattern : "*");
    const found = this.#entries.filter(({ input }) => wanted.test(input));
    const kept = unique === true ? found.filter((each, at) => !isRepeatedLater(found, each, at)) : found;
    return last(kept, n);
  }
}

function isRepeatedLater(entries: Entry[], { input }: Entry, at: number): boolean {
  return entries.some((other, index) => index > at && other.input === input);
}

function last(entries: Entry[], count: unknown): Entry[] {
  return typeof count === "number" ? entries.slice(Math.max(0, entries.length - count)) : [...entries];
}

/** `*` is any text, `?` any character, as in a shell. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*+/g, ".*").replaceAll("?", ".")}$`, "s");
}
