import { execFileSync } from "node:child_process";
import { slowness } from "../support.ts";
import { pause } from "./client.ts";

/** The processes that a process started, and those that they started. */
export function descendants(pid: number): number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map(row => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => pairs.flatMap(([own, up]) => (up === parent ? [own, ...below(own)] : []));
  return below(pid);
}

/** Waits until none of the processes is there. */
export async function ended(pids: number[], milliseconds = 15_000 * slowness): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (let left = pids; ; left = left.filter(isAlive)) {
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`the processes ${left} should have ended`);
    await pause(50);
  }
}

/** A process that ended and that its parent has not asked about counts as ended. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}
