import os from "node:os";

/**
 * How many times longer everything takes now than on a quiet machine, by what waits for its processors: what gives
 * up after some time should give up so much later. At least 1, and 1 where the system does not tell.
 */
export function slowness(): number {
  return Math.max(1, (os.loadavg()[0] ?? 0) / os.availableParallelism());
}
