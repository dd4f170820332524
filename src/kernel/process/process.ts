import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { StreamName } from "../output/capture.ts";
import type { CellError, CellResult } from "../result.ts";
import { endWithUs } from "./endWithUs.ts";
import { crashError, deadError, exitError, refusal, stoppedError, timeoutError } from "./endings.ts";
import { type FromKernel, messageReader, type ReaderOptions, type ToKernel } from "./frames.ts";
import type { ProcessOptions, RunOptions } from "./options.ts";
import { spawnKernel } from "./spawnKernel.ts";

export type { Confinement, GuardListener, ProcessOptions, RunOptions } from "./options.ts";

interface Running {
  id: number;
  cell: number;
  finish: (result: CellResult) => void;
  timedOut?: number;
}

/** How long to read on after the process is gone, in milliseconds. */
const drain = 1000;

/** After an interrupt, how long a cell may take to end by itself, in milliseconds. */
const grace = 2500;

/**
 * A notebook kernel in a process of its own: what a cell does there, looping, exiting, crashing,
 * ends that process and is reported as the cell's result; everything printed before arrives.
 */
export class KernelProcess {
  #running: Running | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #runs = 0;
  #lastCell = 0;
  #exit: Extract<FromKernel, { type: "exit" }> | undefined;
  /** The end of what the process wrote to stderr by itself: why node or a library gave up. */
  #lastWords = "";
  #ended: string | undefined;
  /** Why we ended it. */
  #why: string | undefined;
  readonly #closed: Promise<void>;

  private constructor(
    readonly child: ChildProcess,
    readonly options: ProcessOptions,
  ) {
    this.#closed = new Promise(resolve => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#end(code, signal);
        resolve();
      };
      child.once("close", end);
      // Processes that a cell started may hold the pipes open; what is in them by then has arrived.
      child.once("exit", (code, signal) => setTimeout(end, drain, code, signal).unref());
    });
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => this.#stray(name, text));
    }
    child.on("error", () => {});
  }

  static async start(options: ProcessOptions): Promise<KernelProcess> {
    const child = spawnKernel(options);
    endWithUs(child);
    const kernel = new KernelProcess(child, options);
    const seal = options.guard && randomBytes(16);
    if (seal) kernel.#tell({ type: "guard", seal: [...seal] });
    await new Promise<void>((resolve, reject) => {
      const reader = messageReader(message => {
        if (message.type === "ready") resolve();
        else kernel.#receive(message);
      }, kernel.#readerOptions(seal));
      child.stdio[4]?.on("data", reader);
      child.once("error", reject);
      kernel.#closed.then(() =>
        reject(
          new Error(
            `KernelProcess: the kernel must start, but its process ${kernel.#ended}; it said: ${kernel.#lastWords || "nothing"}`,
          ),
        ),
      );
    });
    return kernel;
  }

  /** Whether the process is still there to run cells. */
  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** Runs one cell; a call waits for the one before. */
  run(source: string, cell: { number: number }, options: RunOptions = {}): Promise<CellResult> {
    const result = this.#queue.then(() => this.#run(source, cell.number, options));
    this.#queue = result;
    return result;
  }

  /** Ends the running cell where it waits; state is kept. */
  interrupt(): void {
    if (this.#running) this.#tell({ type: "interrupt" });
  }

  /** With a guard: from now on nothing that runs can speak for a check, and what it changes is noticed. */
  close(): void {
    this.#tell({ type: "close" });
  }

  /** Ends the process; the running cell fails with the reason. */
  kill(why: string): void {
    this.#why ??= why;
    if (this.alive) this.child.kill("SIGKILL");
  }

  /** Ends the process, whatever it does. */
  async stop(): Promise<void> {
    if (this.alive) this.child.kill("SIGKILL");
    await this.#closed;
  }

  #readerOptions(seal: Uint8Array | undefined): ReaderOptions {
    const limit = this.options.confinement?.outputBytes;
    const refuse: ReaderOptions["refuse"] = why => this.kill(refusal(why, limit));
    return { refuse, ...(seal && { seal }), ...(limit !== undefined && { limit }) };
  }

  #run(source: string, number: number, { timeoutMilliseconds: timeout, keep }: RunOptions): Promise<CellResult> {
    this.#lastCell = number;
    if (!this.alive) {
      return Promise.resolve({ status: "error", error: deadError(this.#ended ?? "ended", number) });
    }
    return new Promise(resolve => {
      const timers: NodeJS.Timeout[] = [];
      const running: Running = {
        id: ++this.#runs,
        cell: number,
        finish: result => {
          timers.forEach(clearTimeout);
          this.#running = undefined;
          resolve(result);
        },
      };
      this.#running = running;
      this.#tell({ type: "run", id: running.id, source, number, ...(keep && { keep }) });
      if (timeout === undefined) return;
      const interrupt = () => {
        running.timedOut = timeout;
        this.interrupt();
        timers.push(setTimeout(() => this.child.kill("SIGKILL"), grace));
      };
      timers.push(setTimeout(interrupt, timeout));
    });
  }

  #tell(message: ToKernel): void {
    // The process may be gone already; its end is reported when it closes.
    if (this.child.connected) this.child.send(message, () => {});
  }

  #receive(message: FromKernel): void {
    if (message.type === "output") {
      // An interrupt of ours is reported as the timeout that it is.
      const interrupted = message.output.kind === "output" && message.output.output.output_type === "error";
      if (!(interrupted && this.#running?.timedOut !== undefined)) this.options.onOutput?.(message.output);
    } else if (message.type === "progress") this.options.onProgress?.(message.progress);
    else if (message.type === "checked") this.options.onChecked?.();
    else if (message.type === "exit") this.#exit = message;
    else if (message.type === "verdict")
      this.options.guard?.onVerdict(this.#running?.cell ?? 0, message.verdict, message.changed);
    else if (message.type === "done" && message.id === this.#running?.id) {
      this.options.guard?.onChanged(this.#running.cell, message.changed ?? []);
      this.#done(this.#running, message.result);
    }
  }

  #done(running: Running, result: CellResult): void {
    const late = running.timedOut !== undefined && result.status === "error" && result.error.kind === "interrupted";
    if (late) this.#report(running, this.#timeout(running, result.error));
    // Its own error was held back, because it could have been our interrupt.
    else if (running.timedOut !== undefined && result.status === "error") this.#report(running, result.error);
    else running.finish(result);
  }

  #stray(name: StreamName, text: string): void {
    if (name === "stderr") this.#lastWords = (this.#lastWords + text).slice(-4000);
    const cell = this.#running?.cell ?? this.#lastCell;
    this.options.onOutput?.({ cell, kind: "output", output: { output_type: "stream", name, text } });
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    if (!this.alive) return;
    this.#ended = signal ? `was ended by ${signal}` : `exited with code ${code}`;
    const running = this.#running;
    if (!running) return;
    this.#report(running, this.#whyEnded(running, signal));
  }

  #whyEnded(running: Running, signal: NodeJS.Signals | null): CellError {
    if (this.#why !== undefined) return stoppedError(this.#why, running.cell);
    if (running.timedOut !== undefined) return this.#timeout(running);
    if (this.#exit && !signal) return exitError(this.#exit, running.cell);
    return crashError(this.#ended ?? "ended", this.#lastWords, running.cell);
  }

  #timeout(running: Running, interrupted?: CellError): CellError {
    return { ...interrupted, ...timeoutError(running.timedOut ?? 0, running.cell) };
  }

  #report(running: Running, error: CellError): void {
    const output = {
      output_type: "error" as const,
      ename: error.name,
      evalue: error.message,
      traceback: error.traceback,
    };
    this.options.onOutput?.({ cell: running.cell, kind: "output", output });
    running.finish({ status: "error", error });
  }
}
