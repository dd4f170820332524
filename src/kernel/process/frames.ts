import fs from "node:fs";
import v8 from "node:v8";
import type { CellResult, KernelOutput } from "../result.ts";

/** What the kernel process says. */
export type FromKernel =
  | { type: "ready" }
  | { type: "output"; output: KernelOutput }
  | { type: "checked" }
  | { type: "progress"; progress: unknown }
  | { type: "exit"; code: number; line?: number; column?: number; file?: string }
  | { type: "done"; id: number; result: CellResult };

/** What the kernel process is told. */
export type ToKernel = { type: "run"; id: number; source: string; number: number } | { type: "interrupt" };

/**
 * Writes one message to a pipe and returns when the pipe has it, so that nothing is lost when the
 * process loops, exits or crashes right after.
 */
export function writeMessage(pipe: number, message: FromKernel): void {
  const body = encode(message);
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32LE(body.length, 0);
  body.copy(frame, 4);
  for (let written = 0; written < frame.length; ) {
    try {
      written += fs.writeSync(pipe, frame, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The pipe is full: let the reader catch up.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

/** Takes bytes as they come and calls `receive` for each whole message. */
export function messageReader(receive: (message: FromKernel) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 4;
  return chunk => {
    chunks.push(chunk);
    length += chunk.length;
    if (length < wanted) return;
    let bytes = Buffer.concat(chunks);
    for (;;) {
      wanted = 4;
      if (bytes.length < wanted) break;
      wanted = 4 + bytes.readUInt32LE(0);
      if (bytes.length < wanted) break;
      receive(v8.deserialize(bytes.subarray(4, wanted)) as FromKernel);
      bytes = bytes.subarray(wanted);
    }
    chunks = [bytes];
    length = bytes.length;
  };
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function encode(message: FromKernel): Buffer {
  try {
    return v8.serialize(message);
  } catch {
    // A function or another thing that cannot be sent: its JSON has what can be.
    return v8.serialize(JSON.parse(JSON.stringify(message)));
  }
}
