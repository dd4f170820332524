import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { currentListener, type StreamName } from "./capture.ts";
import { counted } from "./counted.ts";
import { encodingOf, partOf, standIn } from "./fsCalls.ts";
import { setImmediate } from "../timers.ts";

/**
 * From now on what user code writes to file descriptors 1 and 2, by their numbers or by their names such as
 * `/dev/stdout`, goes to its listener. Returns a function that undoes it; nested uses are counted.
 */
export const captureDescriptors: () => () => void = counted(() => {
  const undo: (() => void)[] = [];
  const patch = (target: object, name: string, heard: (values: unknown[], stream: StreamName) => unknown) => {
    const heardBy = (values: unknown[]) => {
      const stream = streamOf(values[0]);
      return stream !== undefined && currentListener() ? () => heard(values, stream) : undefined;
    };
    undo.push(standIn(target, name, heardBy));
  };
  patch(fs, "writeSync", ([, ...content], stream) => tell(stream, content));
  patch(fs, "writevSync", ([, buffers], stream) => sum(buffers, each => tell(stream, [each])));
  patch(fs, "write", ([, ...content], stream) => settle(content, tell(stream, content)));
  patch(fs, "writev", ([, ...content], stream) =>
    settle(
      content,
      sum(content[0], each => tell(stream, [each])),
    ),
  );
  for (const name of ["writeFile", "appendFile"]) {
    patch(fs, `${name}Sync`, ([, content, options], stream) => tellWhole(stream, content, options));
    patch(fs, name, ([, content, ...rest], stream) => {
      tellWhole(stream, content, rest[0]);
      const done = rest.findLast(each => typeof each === "function") as ((error: null) => void) | undefined;
      if (done) setImmediate(done, null);
    });
    patch(fs.promises, name, async ([, content, options], stream) => tellWhole(stream, content, options));
  }
  const { createWriteStream } = fs;
  patch(fs, "createWriteStream", ([name, options], stream) => {
    const given = typeof options === "string" ? { encoding: options as BufferEncoding } : (options as object);
    const fd = stream === "stdout" ? 1 : 2;
    return createWriteStream(String(name), { ...given, fd, autoClose: false });
  });
  syncBuiltinESMExports();
  return () => {
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
});

/** The stream that a descriptor or the name of one is. */
function streamOf(target: unknown): StreamName | undefined {
  if (target === 1) return "stdout";
  if (target === 2) return "stderr";
  return typeof target === "string" ? names.get(target) : undefined;
}

const names: ReadonlyMap<string, StreamName> = new Map(
  (["stdout", "stderr"] as const).flatMap((stream, index) =>
    [`/dev/${stream}`, `/dev/fd/${index + 1}`, `/proc/self/fd/${index + 1}`].map(name => [name, stream] as const),
  ),
);

/** What `fs.writeFileSync` takes behind the name. */
function tellWhole(stream: StreamName, content: unknown, options: unknown): void {
  const encoding = encodingOf(options);
  tell(stream, [typeof content === "string" && encoding !== undefined ? Buffer.from(content, encoding) : content]);
}

/** What `fs.writeSync` takes behind the descriptor. Returns the bytes written. */
function tell(stream: StreamName, [content, second, third]: unknown[]): number {
  const text = typeof content === "string" ? content : textOf(content as Uint8Array, second, third);
  currentListener()?.write(stream, text);
  return Buffer.byteLength(text);
}

function textOf(bytes: ArrayBufferView, second: unknown, third: unknown): string {
  const { from, count } = partOf(bytes, second, third);
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
