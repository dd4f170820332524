import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * The resident memory of processes with all that they started, in bytes, by their ids; empty where the system has no
 * `ps`, as Windows.
 */
export async function memoryOf(pids: readonly number[]): Promise<Map<number, number>> {
  if (pids.length === 0 || process.platform === "win32") return new Map();
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss="]).catch(() => ({ stdout: "" }));
  const rows = stdout
    .trim()
    .split("\n")
    .map(line => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const own = new Map(rows.map(([pid, , kilobytes]) => [pid, kilobytes * 1024]));
  const children = new Map<number, number[]>();
  for (const [pid, parent] of rows) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const total = (pid: number): number => {
    const below = (children.get(pid) ?? []).reduce((sum, child) => sum + total(child), 0);
    return (own.get(pid) ?? 0) + below;
  };
  return new Map(pids.filter(pid => own.has(pid)).map(pid => [pid, total(pid)]));
}
