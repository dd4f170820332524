import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** Looks now and then at the memory of a process, and calls `exceeded` once it holds more than it may. Returns what ends it. */
export function watchMemory(pid: number, megabytes: number, exceeded: () => void): () => void {
  const stop = new AbortController();
  const watch = async () => {
    for (;;) {
      await setTimeout(process.platform === "linux" ? 200 : 1000, undefined, { signal: stop.signal, ref: false });
      if ((await residentMegabytes(pid)) > megabytes) return exceeded();
    }
  };
  watch().catch(() => {});
  return () => stop.abort();
}

async function residentMegabytes(pid: number): Promise<number> {
  if (process.platform === "linux") {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }
  return new Promise(resolve =>
    execFile("ps", ["-o", "rss=", "-p", String(pid)], (_, text) => resolve(Number(text.trim()) / 1024 || 0)),
  );
}
