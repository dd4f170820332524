import os from "node:os";
import path from "node:path";
import murmurhash from "murmurhash";

/** The number that ipykernel starts with; any would do. */
const seed = 0xc70f6907;

/**
 * By what a debugger knows a cell: a path that follows from its text. No such file is written.
 *
 * JupyterLab computes the same from these parameters; it calls a source by its cell (`Cell [3]`) where its path has
 * `ipykernel_` in it.
 */
export const codeParameters = {
  hashMethod: "Murmur2",
  hashSeed: seed,
  tmpFilePrefix: path.join(os.tmpdir(), `lectern_ipykernel_${process.pid}`) + path.sep,
  tmpFileSuffix: ".ts",
} as const;

/** The path that stands for a cell with this text. */
export function codePath(source: string): string {
  return `${codeParameters.tmpFilePrefix}${murmurhash.v2(source, seed)}${codeParameters.tmpFileSuffix}`;
}
