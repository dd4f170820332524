import { AsyncLocalStorage } from "node:async_hooks";
import { Console } from "node:console";
import { counted } from "./counted.ts";
import { leadingTable } from "./table.ts";
import { queueMicrotask } from "../timers.ts";

export type StreamName = "stdout" | "stderr";

/** Who receives what user code writes. */
export interface Listener {
  write(name: StreamName, text: string): void;
  /** `console.clear()` */
  clear?(wait: boolean): void;
}

const listeners = new AsyncLocalStorage<Listener | undefined>();
let fallback: Listener | undefined;

/** Runs `work` so that it and everything it starts, timers and promises too, writes to `listener`. */
export function listen<T>(listener: Listener, work: () => T): T {
  return listeners.run(listener, work);
}

/** Who hears code that node lost track of; undefined: nobody, its output goes where it went before. Returns who it was. */
export function setFallback(listener: Listener | undefined): Listener | undefined {
  const before = fallback;
  fallback = listener;
  return before;
}

/** The listener of the code that is running now. */
export function currentListener(): Listener | undefined {
  return listeners.getStore() ?? fallback;
}

/** Runs `work` as code of no cell: a host that prints what it hears must not hear itself. */
export function unheard<T>(work: () => T): T {
  const before = fallback;
  fallback = undefined;
  try {
    return listeners.run(undefined, work);
  } finally {
    fallback = before;
  }
}

/**
 * Sends what user code writes, by console or straight to the process's streams, to its listener.
 * Other code writes as before. Returns a function that undoes it; nested uses are counted.
 */
export const captureOutput: () => () => void = counted(patch);

function patch(): () => void {
  const undo = [patchStream("stdout"), patchStream("stderr"), patchConsole()];
  return () => {
    for (const each of undo) each();
  };
}

function patchStream(name: StreamName): () => void {
  const stream = process[name];
  const write = stream.write;
  const patched = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const listener = currentListener();
    if (!listener) return Reflect.apply(write, stream, [chunk, ...rest]);
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    listener.write(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString(encoding));
    const done = rest.find(each => typeof each === "function") as (() => void) | undefined;
    if (done) queueMicrotask(done);
    return true;
  };
  stream.write = patched as typeof stream.write;
  return () => {
    stream.write = write;
  };
}

// A host such as a test runner may have replaced the console by one that does not write to the streams.
function patchConsole(): () => void {
  const sink = (name: StreamName) => ({ write: (text: string) => currentListener()?.write(name, text) });
  const streams = { stdout: sink("stdout"), stderr: sink("stderr") } as unknown as {
    stdout: NodeJS.WritableStream;
    stderr: NodeJS.WritableStream;
  };
  const own = new Console({ ...streams, ignoreErrors: false, colorMode: false }) as unknown as Record<string, unknown>;
  const target = console as unknown as Record<string, unknown>;
  const before = new Map<string, unknown>();
  for (const [name, method] of Object.entries(own)) {
    const original = target[name];
    if (typeof method !== "function" || typeof original !== "function") continue;
    before.set(name, original);
    target[name] = (...values: unknown[]) => {
      const listener = currentListener();
      if (name === "clear" && listener?.clear) return listener.clear(false);
      if (name === "table" && listener) return writeTable(own as unknown as Console, values);
      return Reflect.apply(listener ? method : original, console, values);
    };
  }
  return () => {
    for (const [name, original] of before) target[name] = original;
  };
}

function writeTable(own: Console, [given, names]: unknown[]): void {
  const { data, columns, rest } = leadingTable(given, names);
  own.table(data, columns as string[]);
  if (rest !== undefined) own.log(rest);
}
