import { basename, dirname, resolve } from "node:path";
import type { CellError, CellResult, KernelOutput } from "../../kernel/index.ts";
import { KernelProcess } from "../../kernel/process/process.ts";
import type { MimeData, Output } from "../../notebook/index.ts";
import { type ProgressView, progressView } from "../progress.ts";
import { type FigureFolder, renderOutput } from "./outputs.ts";
import { Status } from "./status.ts";

/** One cell that is to run: its source, its number, and what messages call it, as `[3/20]`. */
export interface CellToRun {
  source: string;
  number: number;
  label: string;
}

/** A kernel whose cells print to the terminal, and say what goes on meanwhile. */
export class Session {
  readonly #status = new Status();
  #kernel: KernelProcess | undefined;
  #view: ProgressView | undefined;
  #isRunning = false;
  /** Outputs are shown in the order in which they come, though a figure takes its time. */
  #shown: Promise<void> = Promise.resolve();
  #before: MimeData | undefined;
  /** An error is shown when it is known whether there is more to say of it. */
  #error: { output: Output; before: MimeData | undefined } | undefined;
  #label = "";

  constructor(
    readonly path: string,
    readonly figures: FigureFolder,
  ) {}

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Whether there is a kernel; one that ended leaves none. */
  get isAlive(): boolean {
    return this.#kernel !== undefined;
  }

  /** Runs a cell; `inOtherWords` may have a text to print in place of an error. */
  async run(
    { source, number, label }: CellToRun,
    inOtherWords: (error: CellError) => Promise<string | undefined>,
  ): Promise<CellResult> {
    this.#label = label;
    this.#before = undefined;
    this.#error = undefined;
    this.#isRunning = true;
    try {
      const kernel = await this.#start();
      this.#status.say(`${label} Waiting for the type checker`);
      const result = await kernel.run(source, { number });
      this.#view?.end();
      this.#view = undefined;
      const words = result.status === "error" ? await inOtherWords(result.error) : undefined;
      await this.#showError(words);
      return result;
    } finally {
      this.#isRunning = false;
      this.#status.end();
      this.#endIfDead();
    }
  }

  interrupt(): void {
    this.#kernel?.interrupt();
  }

  async stop(): Promise<void> {
    this.#status.end();
    await this.#kernel?.stop();
  }

  async #start(): Promise<KernelProcess> {
    if (this.#kernel) return this.#kernel;
    this.#status.say(`${this.#label} Starting the kernel`);
    this.#kernel = await KernelProcess.start({
      directory: dirname(resolve(this.path)),
      notebook: resolve(this.path),
      onChecked: () => this.#status.say(`${this.#label} Running`),
      onOutput: output => this.#show(output),
      onProgress: report => this.#progress(report),
    });
    return this.#kernel;
  }

  #endIfDead(): void {
    if (this.#kernel === undefined || this.#kernel.alive) return;
    console.log("The kernel has ended; the next cell gets a new one, without the names of those before.");
    this.#kernel = undefined;
  }

  /** A bar for what trains; a cell that reports nothing has none. */
  #progress(report: unknown): void {
    if (this.#view === undefined) this.#status.end();
    this.#view ??= progressView(basename(this.path, ".ipynb"));
    this.#view.training(report);
  }

  #show(message: KernelOutput): void {
    if (message.kind !== "output") return;
    const { output } = message;
    const before = this.#before;
    this.#before = "data" in output ? output.data : undefined;
    if (output.output_type === "error") this.#error = { output, before };
    else this.#write(output, before);
  }

  async #showError(words: string | undefined): Promise<void> {
    if (words === undefined && this.#error) this.#write(this.#error.output, this.#error.before);
    await this.#shown;
    if (words !== undefined) this.#status.write(words);
  }

  #write(output: Output, before: MimeData | undefined): void {
    this.#shown = this.#shown
      .then(() => renderOutput(output, this.figures, before))
      .then(text => this.#status.write(text));
  }
}
