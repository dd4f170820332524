import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isAlive } from "../../src/kernel/process/isAlive.ts";

const prefix = `lectern-tests-${os.hostname()}-`;

/**
 * Vitest's global set-up: the tests of a run, and the kernels and servers that they start, have one temporary folder,
 * and whatever they left there or left running goes with it. What a killed run left goes with the next.
 */
export function setup(): (() => void) | undefined {
  // Each of Vitest's projects sets up.
  if (path.basename(os.tmpdir()).startsWith(prefix)) return undefined;
  const before = { ...process.env };
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : undefined;
    if (pid !== undefined && !isAlive(pid)) removeAll(path.join(os.tmpdir(), name));
  }
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`)));
  process.env.TMPDIR = folder;
  // What commands keep for their user.
  process.env.XDG_STATE_HOME = path.join(folder, "state");
  return () => {
    for (const name of ["TMPDIR", "XDG_STATE_HOME"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    // Vitest ends its own processes itself.
    removeAll(folder, pid => read(pid, "cmdline").some(word => word.includes("/vitest/")));
  };
}

/** Ends the processes that have this temporary folder, but for some, and removes it. */
export function removeAll(folder: string, spares: (pid: number) => boolean = () => false): void {
  for (const pid of processesWith(folder).filter(each => !spares(each))) process.kill(pid, "SIGKILL");
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Where the system tells. */
function processesWith(folder: string): number[] {
  if (!fs.existsSync("/proc/self/environ")) return [];
  return fs
    .readdirSync("/proc")
    .map(Number)
    .filter(pid => pid > 0 && pid !== process.pid)
    .filter(pid => read(pid, "environ").includes(`TMPDIR=${folder}`));
}

function read(pid: number, file: "environ" | "cmdline"): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
  } catch {
    // It ended meanwhile, or is not ours.
    return [];
  }
}
