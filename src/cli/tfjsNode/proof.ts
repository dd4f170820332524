import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What a process that used tfjs-node reports of it. */
export interface Proof {
  tensorflow: string;
  reason: string;
  /** Largest deviation of a product's entries from sums in float64, as a part of their standard deviation. */
  deviation: number;
  gigaflops: number;
}

/** Uses tfjs-node in a process of its own, which may crash. @returns why it does not run, in words, where it does not. */
export function proof(): Proof | string {
  const program = join(import.meta.dirname, `probe${import.meta.filename.endsWith(".ts") ? ".ts" : ".js"}`);
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, program], {
    encoding: "utf8",
    timeout: 180_000,
  });
  if (status !== 0) return stderr.trim().split("\n").at(-1) || `it ended with ${status ?? signal}`;
  return JSON.parse(stdout) as Proof;
}

export function proofInWords({ tensorflow, reason, gigaflops }: Proof): string {
  return `TensorFlow ${tensorflow} runs: ${gigaflops.toFixed(0)} GFLOP/s in a product of 1024 × 1024 matrices (${reason})`;
}
