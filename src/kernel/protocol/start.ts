import { MessageChannel, Worker } from "node:worker_threads";
import type { ToMain } from "./exchange.ts";
import { SharedState } from "./sharedState.ts";

export interface StartOptions {
  /** A module that draws plotly figures, run as a process of its own; see `Drawer`. */
  drawingProgram?: string;
}

/**
 * Runs a kernel for the client that wrote this connection file; the process lives until the client
 * shuts it down.
 *
 * The worker, which speaks to the client, starts first and at once; this thread then loads what runs
 * cells, and runs them.
 */
export async function startKernel(connectionFile: string, { drawingProgram }: StartOptions = {}): Promise<void> {
  const shared = new SharedState();
  const { port1: replies, port2: answers } = new MessageChannel();
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    workerData: { connectionFile, shared: shared.cells, answers, drawingProgram },
    transferList: [answers],
    execArgv: [],
  });
  replies.unref();
  // A cell's exit, which replaces this one, waits for the worker.
  const exit = process.exit.bind(process);
  const early: ToMain[] = [];
  let receive = (message: ToMain): void => {
    early.push(message);
  };
  worker.on("message", (message: ToMain) => {
    // Answered here, so that the answer comes even while the rest is loading.
    if (message.type === "ping") worker.postMessage({ type: "pong", id: message.id });
    else receive(message);
  });
  worker.on("error", error => {
    console.error(error.name === "StartError" ? error.message : error);
    exit(1);
  });
  process.on("SIGINT", () => worker.postMessage({ type: "signal" }));
  const { hostCells } = await import("./cells.ts");
  receive = hostCells({ shared, replies, post: message => worker.postMessage(message) });
  for (const message of early) receive(message);
  worker.postMessage({ type: "ready" });
}
