import fs from "node:fs";
import v8 from "node:v8";
import type { CellResult, KernelOutput } from "../result.ts";

// As they are before the first cell, which may put others in their place.
const { writeSync } = fs;
const { serialize } = v8;

/** What the kernel process says. */
export type FromKernel =
  | { type: "ready" }
  | { type: "output"; output: KernelOutput }
  | { type: "checked" }
  | { type: "progress"; progress: unknown }
  | { type: "exit"; code: number; line?: number; column?: number; file?: string }
  | ({ type: "verdict"; verdict: unknown } & Changed)
  | ({ type: "done"; id: number; result: CellResult } & Partial<Changed>);

/** What was there when the guard closed and is another thing now, as in `Math.abs`. */
interface Changed {
  changed: string[];
}

/** What the kernel process is told. */
export type ToKernel =
  | { type: "run"; id: number; source: string; number: number; keep?: readonly string[] }
  | { type: "interrupt" }
  | { type: "guard"; seal: number[] }
  | { type: "close" };

/**
 * Writes one message to a pipe and returns when the pipe has it, so that nothing is lost when the
 * process loops, exits or crashes right after.
 *
 * With a seal, which a cell does not know, its reader takes no other message for one of ours.
 */
export function writeMessage(pipe: number, message: FromKernel, seal: Uint8Array = NO_SEAL): void {
  const body = encode(message);
  // Not from the pool of buffers, which cells can look into.
  const frame = new Uint8Array(4 + seal.length + body.length);
  new DataView(frame.buffer).setUint32(0, seal.length + body.length, true);
  frame.set(seal, 4);
  frame.set(body, 4 + seal.length);
  for (let written = 0; written < frame.length; ) {
    try {
      written += writeSync(pipe, frame, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      // The pipe is full: let the reader catch up.
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

export interface ReaderOptions {
  /** What each message has to begin with. */
  seal?: Uint8Array;
  /** How many bytes may come, in all. */
  limit?: number;
  /** Hears why no more is read: a message without the seal, or too much. */
  refuse?: (why: "forged" | "too much") => void;
}

/** Takes bytes as they come and calls `receive` for each whole message. */
export function messageReader(
  receive: (message: FromKernel) => void,
  { seal = NO_SEAL, limit = Number.POSITIVE_INFINITY, refuse = () => {} }: ReaderOptions = {},
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 4;
  let total = 0;
  let refused = false;
  const end = (why: "forged" | "too much") => {
    refused = true;
    chunks = [];
    refuse(why);
  };
  return chunk => {
    if (refused) return;
    chunks.push(chunk);
    length += chunk.length;
    total += chunk.length;
    if (total > limit) return end("too much");
    if (length < wanted) return;
    let bytes = Buffer.concat(chunks);
    for (;;) {
      wanted = 4;
      if (bytes.length < wanted) break;
      wanted = 4 + bytes.readUInt32LE(0);
      if (bytes.length < wanted) break;
      const body = 4 + seal.length;
      if (!bytes.subarray(4, body).equals(seal)) return end("forged");
      receive(v8.deserialize(bytes.subarray(body, wanted)) as FromKernel);
      bytes = bytes.subarray(wanted);
    }
    chunks = [bytes];
    length = bytes.length;
  };
}

const NO_SEAL = new Uint8Array();
const pause = new Int32Array(new SharedArrayBuffer(4));

function encode(message: FromKernel): Buffer {
  try {
    return serialize(message);
  } catch {
    // A function or another thing that cannot be sent: its JSON has what can be.
    return serialize(JSON.parse(JSON.stringify(message)));
  }
}
