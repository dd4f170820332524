import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { KernelOutput } from "../kernel/index.ts";
import { KernelProcess } from "../kernel/process/process.ts";
import { assertNotSolutions, type Edition, editionFrom } from "../notebook/editions/index.ts";
import {
  type CodeCell,
  hasTag,
  type MimeData,
  type Notebook,
  NotebookFormatError,
  PREDICT,
  readNotebook,
} from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";
import { type ProgressView, progressView } from "./progress.ts";
import { renderCode } from "./step/code.ts";
import { FigureFolder, renderOutput } from "./step/outputs.ts";
import { renderProse } from "./step/prose.ts";
import { Reader } from "./step/reader.ts";

/** `lectern step`: one cell after another in the terminal; the notebook stays as it is. Returns the exit code. */
export async function step(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("step", args, { for: { type: "string" } });
  const edition = parseEdition("step", values.for) ?? "student";
  const [path, ...others] = notebookPaths("step", positionals);
  if (path === undefined || others.length > 0) {
    throw new CommandError(`lectern step: one notebook must be named, but got ${others.length + 1}; choose one.`);
  }
  const notebook = await notebookFor(edition, path).catch(error => {
    throw error instanceof NotebookFormatError ? new CommandError(error.message, exitCode.failed) : error;
  });
  return new Stepping(path, notebook).run();
}

async function notebookFor(edition: Edition, path: string): Promise<Notebook> {
  const notebook = await readNotebook(path);
  assertNotSolutions(path, notebook);
  return editionFrom(path, notebook, edition);
}

class Stepping {
  readonly #figures = new FigureFolder(mkdtempSync(join(tmpdir(), "lectern-step-")));
  readonly #reader = new Reader(() => this.#interrupt());
  #kernel: KernelProcess | undefined;
  #view: ProgressView | undefined;
  #isRunning = false;
  #isInterrupted = false;
  /** Outputs are shown in the order in which they come, though a figure takes its time. */
  #shown: Promise<void> = Promise.resolve();
  #before: MimeData | undefined;

  constructor(
    readonly path: string,
    readonly notebook: Notebook,
  ) {}

  async run(): Promise<number> {
    process.on("SIGINT", () => this.#interrupt());
    const code = this.notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
    const runnable = code.filter(cell => cell.source.trim() !== "" && !hasTag(cell, "skip-execution"));
    try {
      for (const cell of this.notebook.cells) {
        if (cell.cell_type === "markdown") console.log(`\n${renderProse(cell.source, width())}`);
        const number = runnable.indexOf(cell as CodeCell) + 1;
        if (number === 0) continue;
        console.log(`\n${await renderCode(cell.source, process.stdout.hasColors?.(2 ** 24) ?? false)}\n`);
        const answer = await this.#ask(`[${number}/${runnable.length}] Enter runs it, s skips it, q ends: `);
        if (answer === undefined) return this.#isInterrupted ? exitCode.interrupted : exitCode.done;
        if (answer !== "run") continue;
        const said = hasTag(cell, PREDICT) && (await this.#reader.ask("Predict first: what will come out? "))?.trim();
        await this.#runCell(cell as CodeCell, number);
        if (said) console.log(`You predicted: ${said}`);
      }
      console.log(`\nThe end of ${this.path}.`);
      return exitCode.done;
    } finally {
      this.#reader.close();
      await this.#kernel?.stop();
    }
  }

  async #ask(question: string): Promise<"run" | "skip" | undefined> {
    for (;;) {
      const line = (await this.#reader.ask(question))?.trim().toLowerCase();
      if (line === undefined || line === "q") return undefined;
      if (line === "" || line === "s") return line === "" ? "run" : "skip";
    }
  }

  async #runCell(cell: CodeCell, number: number): Promise<void> {
    this.#kernel ??= await KernelProcess.start({
      directory: dirname(resolve(this.path)),
      notebook: resolve(this.path),
      onOutput: output => this.#show(output),
      onProgress: report => this.#progress(report),
    });
    this.#before = undefined;
    this.#isRunning = true;
    await this.#kernel.run(cell.source, { number });
    this.#isRunning = false;
    this.#view?.end();
    this.#view = undefined;
    await this.#shown;
    if (!this.#kernel.alive) {
      console.log("The kernel has ended; the next cell gets a new one, without the names of those before.");
      this.#kernel = undefined;
    }
  }

  /** A bar for what trains; a cell that reports nothing has none. */
  #progress(report: unknown): void {
    this.#view ??= progressView(basename(this.path, ".ipynb"));
    this.#view.training(report);
  }

  #show(message: KernelOutput): void {
    if (message.kind !== "output") return;
    const { output } = message;
    const before = this.#before;
    this.#before = "data" in output ? output.data : undefined;
    this.#shown = this.#shown
      .then(() => renderOutput(output, this.#figures, before))
      .then(text => void process.stdout.write(text));
  }

  /** Ends the cell that runs, or, at a question, the command. */
  #interrupt(): void {
    if (this.#isRunning) this.#kernel?.interrupt();
    else {
      this.#isInterrupted = true;
      this.#reader.close();
    }
  }
}

function width(): number {
  return Math.min(process.stdout.columns ?? 100, 100);
}
