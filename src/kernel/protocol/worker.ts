import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { CellChecker } from "../check/cellChecker.ts";
import { watchSignals } from "../interrupt/signals.ts";
import { readConnection } from "./connection.ts";
import { Drawer } from "./drawer.ts";
import type { FromMain, InputReply, ToMain } from "./exchange.ts";
import { Kernel } from "./kernel.ts";
import { endAtOnce, watchParent } from "./lifetime.ts";
import { SharedState } from "./sharedState.ts";

/** The program of a kernel's worker: speaks to the clients while the main thread runs their code. */

interface WorkerData {
  connectionFile: string;
  shared: Int32Array<SharedArrayBuffer>;
  /** Takes the answers to input requests. */
  answers: MessagePort;
  drawingProgram: string | undefined;
}

/** How long the main thread may take to end by itself, in milliseconds. */
const grace = 500;

const { connectionFile, shared: cells, answers, drawingProgram } = workerData as WorkerData;
const port = parentPort as MessagePort;
const shared = new SharedState(cells);
const drawer = new Drawer(drawingProgram);
const tell = (message: ToMain) => port.postMessage(message);

// Asked now: a cell may remove the folder that it works in.
const directory = process.cwd();
let checker: Promise<CellChecker> | undefined;
const startChecker = (): Promise<CellChecker> => {
  checker ??= import("../check/process/checkerProcess.ts").then(({ CheckerProcess }) => new CheckerProcess(directory));
  return checker;
};

const early: FromMain[] = [];
let receive = (message: FromMain): void => {
  early.push(message);
};
port.on("message", (message: FromMain) => receive(message));

const kernel = await Kernel.start({
  connection: readConnection(connectionFile),
  shared,
  tell,
  answer: (reply: InputReply) => {
    answers.postMessage(reply);
    shared.release("input");
  },
  checker: startChecker,
  drawer,
  ended: () => void end(),
});
receive = message => {
  kernel.receive(message);
  if (message.type === "ready") watchSignals(() => void kernel.interrupt());
};
for (const message of early) receive(message);
watchParent(() => void end());
void startChecker();

async function end(): Promise<void> {
  setTimeout(endAtOnce, grace);
  drawer.dispose();
  (await checker)?.dispose();
  tell({ type: "exit", code: 0 });
}
