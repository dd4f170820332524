import type { CellResult, KernelOutput } from "../result.ts";
import type { SeenValue } from "../runtimeValues.ts";
import type { Header } from "./message.ts";

/** What the main thread, which runs the cells, is told by the worker, which speaks to the clients. */
export type ToMain =
  | { type: "execute"; id: number; number: number; source: string; types: string[] }
  | { type: "interrupt"; id: number }
  | { type: "abandon"; id: number }
  | { type: "ping"; id: number }
  | { type: "look"; id: number; path: string[] }
  /** With what the answers are children of. */
  | { type: "comm"; message: CommMessage; parent: Header }
  | { type: "exit"; code: number };

/** What the main thread says. */
export type FromMain =
  | { type: "ready" }
  | { type: "output"; output: KernelOutput; size: number }
  | { type: "done"; id: number; result: CellResult; finished: number[] }
  | { type: "pong"; id: number }
  | { type: "seen"; id: number; seen: SeenValue | undefined }
  | { type: "input"; id: number; run: number | undefined; text: string; password: boolean }
  /** `parent`: the message of a client that it answers; without one it comes from the run. */
  | { type: "comm"; run: number | undefined; message: CommMessage; parent?: Header | undefined }
  | { type: "exit"; run: number | undefined; code: number; place: string | undefined }
  | { type: "signal" };

/** A message of a comm, the two-way connection of a widget to its kernel. */
export interface CommMessage {
  kind: "open" | "message" | "close";
  comm: string;
  /** For `open`: who should answer. */
  target?: string;
  data: unknown;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** What a client answered to the input request with this id. */
export type InputReply = { id: number } & ({ value: string } | { refused: true } | { interrupted: true });
