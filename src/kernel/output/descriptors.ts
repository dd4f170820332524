import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { currentListener, type StreamName } from "./capture.ts";
import { counted } from "./counted.ts";

/**
 * From now on what user code writes to file descriptors 1 and 2 goes to its listener. Returns a function that undoes it; nested uses are counted.
 */
export const captureDescriptors: () => () => void = counted(() => {
  const { write, writeSync, writev, writevSync } = fs;
  const target = fs as unknown as Record<string, (...values: unknown[]) => unknown>;
  const patch = (name: string, original: unknown, heard: (values: unknown[], stream: StreamName) => unknown) => {
    target[name] = (...values) => {
      const stream = values[0] === 1 ? "stdout" : values[0] === 2 ? "stderr" : undefined;
      if (stream === undefined || !currentListener()) {
        return Reflect.apply(original as () => unknown, fs, values);
      }
      return heard(values, stream);
    };
  };
  patch("writeSync", writeSync, ([, ...content], stream) => tell(stream, content));
  patch("writevSync", writevSync, ([, buffers], stream) => sum(buffers, each => tell(stream, [each])));
  patch("write", write, ([, ...content], stream) => settle(content, tell(stream, content)));
  patch("writev", writev, ([, ...content], stream) =>
    settle(
      content,
      sum(content[0], each => tell(stream, [each])),
    ),
  );
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { write, writeSync, writev, writevSync });
    syncBuiltinESMExports();
  };
});

/** What `fs.writeSync` takes behind the descriptor. Returns the bytes written. */
function tell(stream: StreamName, [content, second, third]: unknown[]): number {
  const text = typeof content === "string" ? content : textOf(content as Uint8Array, second, third);
  currentListener()?.write(stream, text);
  return Buffer.byteLength(text);
}

function textOf(bytes: ArrayBufferView, second: unknown, third: unknown): string {
  const { offset = second, length = third } = Object(second) as { offset?: unknown; length?: unknown };
  const from = typeof offset === "number" ? offset : 0;
  const count = typeof length === "number" ? length : bytes.byteLength - from;
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, count).toString("utf8");
}

function sum(buffers: unknown, each: (buffer: unknown) => number): number {
  return (buffers as unknown[]).reduce<number>((total, buffer) => total + each(buffer), 0);
}

/** Calls back as `fs.write` does. */
function settle(content: unknown[], written: number): void {
  const done = content.findLast(each => typeof each === "function") as
    | ((error: null, written: number, content: unknown) => void)
    | undefined;
  if (done) setImmediate(done, null, written, content[0]);
}
