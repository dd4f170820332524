import { CellEngine } from "../engine.ts";
import { framesOf } from "../errors/frames.ts";
import { type FromKernel, type ToKernel, writeMessage } from "./frames.ts";
import { setImmediate } from "../timers.ts";

/** The program of a kernel process: hosts one engine and does what its parent says. */

const pipe = 4;
const send = (message: FromKernel) => writeMessage(pipe, message);
const { directory, notebook } = JSON.parse(process.argv[2] ?? "{}") as { directory: string; notebook?: string };

announceExit();

const engine = new CellEngine({
  directory,
  ...(notebook === undefined ? {} : { notebook }),
  onOutput: output => send({ type: "output", output }),
  onChecked: () => send({ type: "checked" }),
  onProgress: progress => send({ type: "progress", progress }),
});
let running: AbortController | undefined;

process.on("message", async (message: ToKernel) => {
  if (message.type === "interrupt") return running?.abort();
  running = new AbortController();
  const result = await engine.run(message.source, { number: message.number }, running.signal);
  running = undefined;
  send({ type: "done", id: message.id, result });
});
// A terminal sends Ctrl-C to every process of the command; the parent hears it too, and interrupts the cell politely.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("unhandledRejection", error => engine.reportLate(error, "in promise"));
process.on("uncaughtException", error => engine.reportLate(error, "in callback"));
send({ type: "ready" });
setImmediate(() => engine.warm());

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
