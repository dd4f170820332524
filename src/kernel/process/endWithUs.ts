import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";

/**
 * Ends a child process when this one has gone, also where a long check or a cell that loops for ever hears nothing: a
 * shell waits at a pipe that only this process holds open. A thread of the child could watch too, but it takes 12 MB, and
 * 55 MB in a child that started from a snapshot, of which every thread gets a copy.
 *
 * Where there is no such shell, as on Windows, a child has to end by itself when it hears that its channel was closed.
 */
export function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === "win32") return;
  const watcher = spawn("/bin/sh", ["-c", watch, "sh", String(child.pid)], {
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.stdin.on("error", () => {});
  watcher.unref();
  (watcher.stdin as Socket).unref();
  child.once("exit", () => watcher.kill("SIGKILL"));
}

/** The terminal's Ctrl-C is meant for the cell. */
const watch = `trap "" INT; read -r _; kill -9 "$1"`;
