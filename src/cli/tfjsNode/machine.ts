import { spawnSync } from "node:child_process";
import { existsSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { nodeModules } from "./places.ts";

/** What the build depends on, as it is here. What is missing is undefined. */
export interface Machine {
  platform: string;
  architecture: string;
  /** Version of the C library, undefined where it is another than glibc. */
  glibc: string | undefined;
  pip: string | undefined;
  compiler: string | undefined;
  /** The folder of Node's C headers. */
  headers: string | undefined;
  freeBytes: number;
}

export function thisMachine(): Machine {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const headers = join(nodeModules, "node-api-headers", "include");
  const { bavail, bsize } = statfsSync(nodeModules);
  return {
    platform: process.platform,
    architecture: process.arch,
    glibc: header.glibcVersionRuntime,
    pip: firstLine(python, ["-m", "pip", "--version"]),
    compiler: firstLine(compiler, ["--version"]),
    headers: existsSync(join(headers, "node_api.h")) ? headers : undefined,
    freeBytes: bavail * bsize,
  };
}

export const python = process.env.PYTHON || "python3";
export const compiler = process.env.CXX || "g++";

function firstLine(command: string, args: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", timeout: 30_000 });
  return status === 0 ? stdout.split("\n")[0] : undefined;
}
