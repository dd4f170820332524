import fs from "node:fs";
import type { MessagePort } from "node:worker_threads";
import type { CellChecker } from "../check/cellChecker.ts";
import { installInside } from "../debugger/inside.ts";
import { CellEngine } from "../engine.ts";
import { clearAsyncStack, relaxAsyncChecks } from "../interrupt/asyncChecks.ts";
import type { KernelOutput } from "../result.ts";
import { installComms } from "./commHooks.ts";
import { interruptedError } from "./errors.ts";
import type { FromMain, ToMain } from "./exchange.ts";
import { announceExit } from "./exit.ts";
import { installInputDescriptor } from "./inputDescriptor.ts";
import { listen } from "../output/capture.ts";
import { installPrompt } from "./prompt.ts";
import { Questions } from "./questions.ts";
import type { SharedState } from "./sharedState.ts";
import { slowness } from "../process/slowness.ts";
import { installStandardInput } from "./standardInput.ts";

/** How long new code may wait for its breakpoints, in milliseconds. */
const patience = 2000;

export interface CellsOptions {
  shared: SharedState;
  /** Where the answers to input requests arrive. */
  replies: MessagePort;
  post: (message: unknown) => void;
}

/** The main thread's part of a kernel: runs cells and says what they show. Returns what takes the worker's messages. */
export function hostCells({ shared, replies, post: postMessage }: CellsOptions): (message: ToMain) => void {
  const directory = process.cwd();
  const post = (message: FromMain) => postPlain(message, postMessage);
  const notebook = notebookPath();
  const engine = new CellEngine({
    directory,
    ...(notebook === undefined ? {} : { notebook }),
    checker: notHere,
    flags: shared.flags,
    onOutput: output => {
      const size = sizeOf(output);
      shared.posted(size);
      post({ type: "output", output, size });
    },
  });
  installInside(engine.names, {
    arm: () => shared.arm("script"),
    block: () => shared.block("script", patience * slowness()),
  });
  const questions = new Questions(shared, replies, post);
  installPrompt(questions);
  installStandardInput(questions);
  installInputDescriptor(questions);
  const receiveComm = installComms(post, error => engine.reportLate(error, "in callback"));
  const exit = announceExit(shared, directory, post);
  process.on("unhandledRejection", error => engine.reportLate(error, "in promise"));
  process.on("uncaughtException", error => engine.reportLate(error, "in callback"));

  let last: { id: number; done?: FromMain; abandoned?: true } | undefined;
  /** Ends a cell that was interrupted before its code ran. */
  const endUnrun = (id: number) => {
    const error = interruptedError(0);
    const { name: ename, message: evalue, traceback } = error;
    const output = { output_type: "error", ename, evalue, traceback } as const;
    post({ type: "output", output: { cell: 0, run: id, kind: "output", output }, size: 0 });
    post({ type: "done", id, result: { status: "error", error }, finished: [] });
  };
  const execute = async ({ id, source, number, types }: Extract<ToMain, { type: "execute" }>) => {
    // While it waited for what a cell before it had left to do.
    if (shared.flags.isRaised(id)) return endUnrun(id);
    const run: NonNullable<typeof last> = { id };
    last = run;
    // Within `listen`, because the storage that it uses turns them on.
    listen({ write() {} }, relaxAsyncChecks);
    const { result, finished } = await engine.execute(source, { id, number, types });
    run.done = { type: "done", id, result, finished };
    post(run.done);
  };
  const abandon = (id: number) => {
    clearAsyncStack();
    if (last?.id === id && last.done) post(last.done);
    else if (last?.id === id && !last.abandoned) {
      last.abandoned = true;
      engine.abandon();
    } else {
      // What was ended was our own code, on its way to run the cell or to say that it is over.
      endUnrun(id);
    }
  };

  return message => {
    if (message.type === "execute") void execute(message);
    else if (message.type === "interrupt" && last?.id === message.id) engine.interrupt();
    else if (message.type === "abandon") abandon(message.id);
    else if (message.type === "look") post({ type: "seen", id: message.id, seen: engine.look(message.path) });
    else if (message.type === "comm") receiveComm(message.message, message.parent);
    else if (message.type === "exit") exit(message.code);
  };
}

function postPlain(message: FromMain, post: (message: unknown) => void): void {
  try {
    post(message);
  } catch {
    // A function or another thing that cannot be sent: its JSON has what can be.
    const bigInts = (_name: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
    post(JSON.parse(JSON.stringify(message, bigInts)));
  }
}

/** Roughly what an output costs on its way, in characters. */
function sizeOf(message: KernelOutput): number {
  const envelope = 500;
  if (message.kind === "clear") return envelope;
  if (message.kind === "output" && message.output.output_type === "stream") {
    return envelope + message.output.text.length;
  }
  const data = message.kind === "update" ? message.data : "data" in message.output ? message.output.data : {};
  const content = Object.values(data).map(each => (typeof each === "string" ? each.length : 1000));
  return content.reduce((sum, length) => sum + length, envelope);
}

/** The notebook that the server started the kernel for, where it says so. */
function notebookPath(): string | undefined {
  const name = process.env.JPY_SESSION_NAME;
  return name !== undefined && fs.existsSync(name) ? name : undefined;
}

/** The checker of an engine that only executes: its cells were checked in another thread. */
const notHere: CellChecker = {
  check: refuse,
  commit: refuse,
  complete: refuse,
  inspect: refuse,
  isComplete: refuse,
  dispose() {},
};

function refuse(): never {
  throw new Error(
    "CellEngine: cells must be checked by the kernel's worker, but the main thread was asked; use execute.",
  );
}
