import { Worker } from "node:worker_threads";

/** How long after a thread that could not start another one is tried, in milliseconds. */
const pause = 500;

/**
 * Hears SIGINT in a thread of its own, since the main thread is deaf to signals while a cell is busy.
 *
 * No thread starts in a working directory that was removed; so it is tried again until there is one.
 */
export function watchSignals(heard: () => void): void {
  const watcher = new Worker(new URL("./signalWatch.js", import.meta.url), { execArgv: [] });
  watcher.on("message", heard);
  watcher.on("error", () => setTimeout(watchSignals, pause, heard).unref());
  watcher.unref();
}
