import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ProcessOptions } from "./options.ts";

/** Starts the program of a kernel, with a pipe for what it says. */
export function spawnKernel({ directory, notebook, confinement, guard }: ProcessOptions): ChildProcess {
  const told = { directory: path.resolve(directory), notebook, ...(guard && { guarded: true }) };
  const { execPath = process.execPath, execArgv = [], env = process.env } = confinement ?? {};
  return fork(entry(), [JSON.stringify(told)], {
    cwd: directory,
    execPath,
    execArgv: [...execArgv],
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
  });
}

/** The kernel's program is compiled: a child of a process that runs from source runs the build. */
function entry(): string {
  const own = import.meta.url;
  return fileURLToPath(new URL(own.endsWith(".ts") ? "../../../dist/kernel/process/host.js" : "./host.js", own));
}
