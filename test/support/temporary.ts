import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../src/kernel/check/snapshot/key.ts";
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
  shareSnapshot(folder, path.join(folder, "cache"));
  return () => {
    for (const name of ["TMPDIR", "XDG_STATE_HOME", "LECTERN_CACHE"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    // Vitest ends its own processes itself.
    removeAll(folder, pid => read(pid, "cmdline").some(word => word.includes("/vitest/")));
  };
}

/**
 * Makes one project of all temporary folders, so that the kernels in them share the checker's start-up snapshot: a first
 * cell costs a fourth of what it costs without. Tests begin meanwhile; kernels that start before it is there do without.
 * It goes into a cache of its own, beside the snapshots that the user has, which it would drive out of theirs.
 */
function shareSnapshot(folder: string, cache: string): void {
  const [theirs, ours] = [cacheFolder(), cache].map(each => path.join(each, "snapshots")) as [string, string];
  fs.mkdirSync(ours, { recursive: true, mode: 0o700 });
  const names = fs.existsSync(theirs) ? fs.readdirSync(theirs).filter(name => name.endsWith(".blob")) : [];
  for (const name of names) fs.symlinkSync(path.join(theirs, name), path.join(ours, name));
  process.env.LECTERN_CACHE = cache;
  fs.writeFileSync(path.join(folder, "package-lock.json"), "{}\n");
  const prepare = fileURLToPath(new URL("../../dist/kernel/check/snapshot/prepare.js", import.meta.url));
  if (fs.existsSync(prepare)) spawn(process.execPath, [prepare], { cwd: folder, stdio: "ignore" }).unref();
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
