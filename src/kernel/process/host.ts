import { CellEngine } from "../engine.ts";
import { framesOf } from "../errors/frames.ts";
import { type FromKernel, type ToKernel, writeMessage } from "./frames.ts";
import { setImmediate } from "../timers.ts";
import { Guard } from "./guard.ts";

/** The program of a kernel process: hosts one engine and does what its parent says. */

const pipe = 4;
let seal: Uint8Array | undefined;
const send = (message: FromKernel) => writeMessage(pipe, message, seal);
const { directory, notebook, guarded } = JSON.parse(process.argv[2] ?? "{}") as HostOptions;

interface HostOptions {
  directory: string;
  notebook?: string;
  /** Whether cells of somebody else run here, whose checks are to be believed. */
  guarded?: boolean;
}

announceExit();

const engine = new CellEngine({
  directory,
  ...(notebook === undefined ? {} : { notebook }),
  onOutput: output => send({ type: "output", output }),
  onChecked: () => send({ type: "checked" }),
  onProgress: progress => send({ type: "progress", progress }),
});
const guard = guarded ? new Guard(engine.names.values, said => send({ type: "verdict", ...said })) : undefined;
let running: AbortController | undefined;

process.on("message", async (message: ToKernel) => {
  if (message.type === "interrupt") return running?.abort();
  if (message.type === "guard") return begin(message.seal);
  if (message.type === "close") return guard?.close();
  running = new AbortController();
  const result = await engine.run(message.source, { number: message.number }, running.signal);
  running = undefined;
  const changed = guard && { changed: guard.changes() };
  guard?.keep(message.keep ?? []);
  send({ type: "done", id: message.id, result, ...changed });
});
// A terminal sends Ctrl-C to every process of the command; the parent hears it too, and interrupts the cell politely.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("unhandledRejection", error => engine.reportLate(error, "in promise"));
process.on("uncaughtException", error => engine.reportLate(error, "in callback"));
if (!guarded) begin();

/** Nothing is said before there is a seal, where one is due; it is given once. */
function begin(given?: number[]): void {
  if (seal) return;
  seal = given && new Uint8Array(given);
  send({ type: "ready" });
  setImmediate(() => engine.warm());
}

/** Tells the parent that a cell asked for the exit, and where. */
function announceExit(): void {
  const exit = process.exit;
  process.exit = code => {
    const frame = framesOf(new Error("process.exit"))[0];
    const file = frame && "file" in frame.origin ? { file: frame.origin.file } : {};
    send({ type: "exit", code: Number(code ?? process.exitCode ?? 0), ...frame?.position, ...file });
    return exit(code);
  };
}
