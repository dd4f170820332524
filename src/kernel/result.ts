import type { MimeData, Output } from "../notebook/types.ts";

/** What a cell sends while it runs, and what arrives late from its timers and promises. */
export type KernelOutput = { cell: number /** The id that the run was given. */; run?: number } & (
  | {
      kind: "output";
      output: Output;
      /** So that later updates find it. */
      displayId?: string;
      /** Set where the output tells of an error that nobody caught. */
      uncaught?: CellError;
    }
  | { kind: "update"; displayId: string; data: MimeData; metadata: Record<string, unknown> }
  | { kind: "clear"; wait: boolean }
);

export type CellResult = { status: "ok" } | { status: "error"; error: CellError };

export type CellErrorKind = "syntax" | "type" | "thrown" | "interrupted" | "timeout" | "exit" | "crash";

/** Why a cell did not finish. Lines and columns count from 1 and point into the source as written. */
export interface CellError {
  kind: CellErrorKind;
  name: string;
  message: string;
  cell: number;
  line?: number;
  column?: number;
  /** Set when line and column are in a local module: it does not parse. */
  file?: string;
  /** The innermost place in the user's code, where that is in a local module. */
  thrownAt?: { file: string; line: number; column: number };
  traceback: string[];
  /** All of them, when the kind is `type` or `syntax`. */
  diagnostics?: CellDiagnostic[];
}

export interface CellDiagnostic {
  line: number;
  column: number;
  code: number;
  message: string;
  /** Set when it is about a local module that the cell imports. */
  file?: string;
}
