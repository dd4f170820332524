import path from "node:path";
import type { CellChecker } from "./check/cellChecker.ts";
import { LocalChecker } from "./check/localChecker.ts";
import { showExplore } from "./controls/explore.ts";
import { bundleOf } from "./display/display.ts";
import { attempt } from "./errors/attempt.ts";
import { describeThrown, traceback } from "./errors/describe.ts";
import { framesOf } from "./errors/frames.ts";
import type { EngineOptions, Executed, RunnableCell } from "./engineOptions.ts";
import { notebookModules } from "./modules/notebookModules.ts";
import type { ModuleRunner } from "./modules/runner.ts";
import { currentListener, listen, setFallback, unheard } from "./output/capture.ts";
import { CellRun } from "./output/cellRun.ts";
import { Interrupted } from "./output/interrupted.ts";
import type { CellError, CellResult } from "./result.ts";
import { NotebookNames } from "./names.ts";
import { lookAt, type SeenValue } from "./runtimeValues.ts";
import { installSurroundings } from "./surroundings.ts";
import { CellCompiler } from "./transform/compiler.ts";
import { type ParsedCell, parseCell } from "./transform/parse.ts";
import { lineStarts, positionAt } from "./transform/positions.ts";
import { WorkingDirectory } from "./workingDirectory.ts";

/**
 * Runs the cells of one notebook in this process: rewrites them and shows their values.
 *
 * `run` is check, execute, commit: a cell with a type error does not run. Where the checking happens
 * elsewhere, `execute` runs a cell that has passed it. One cell runs at a time; a call waits for the
 * one before.
 */
export class CellEngine {
  readonly #directory: string;
  readonly #checker: CellChecker;
  readonly names = new NotebookNames();
  readonly #runner: ModuleRunner;
  readonly #compiler: CellCompiler;
  readonly #displayIds = new Set<string>();
  readonly #workingDirectory: WorkingDirectory;
  readonly #undo: () => void;
  readonly #node: object;
  readonly #meta: object;
  #runs = 0;
  #last: CellRun | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly options: EngineOptions) {
    this.#directory = path.resolve(options.directory);
    this.#workingDirectory = new WorkingDirectory(this.#directory);
    this.#checker = options.checker ?? new LocalChecker(this.#directory, options.notebook);
    const notebook = options.notebook ? path.resolve(options.notebook) : path.join(this.#directory, "notebook.ipynb");
    const { runner, meta, node } = notebookModules(notebook, this.#directory);
    this.#runner = runner;
    this.#compiler = new CellCompiler(this.#directory, runner.resolver.options);
    this.#meta = meta;
    this.#node = node;
    this.#undo = installSurroundings(this.#directory, runner);
  }

  /** Loads what the first cell needs, so that it starts at once. */
  warm(): void {
    if (this.#checker instanceof LocalChecker) this.#checker.warm();
  }

  run(source: string, cell: { number: number }, signal?: AbortSignal): Promise<CellResult> {
    return this.#next(() => this.#checkAndRun(source, cell.number, signal));
  }

  /** Runs a cell that was checked. */
  execute(source: string, cell: RunnableCell, signal?: AbortSignal): Promise<Executed> {
    return this.#next(() => this.#during(cell, signal, run => this.#execute(source, run, cell.types)));
  }

  /** A value of the notebook as it is now; see `lookAt`. */
  look(path: readonly string[]): SeenValue | undefined {
    return lookAt(path, this.names.values);
  }

  /** Ends the running cell where it waits. */
  interrupt(): void {
    this.#last?.interrupt();
  }

  /** Ends the running cell after its code was terminated from outside. */
  abandon(): void {
    // Nor may the next one wait for a cell that lost what would end it.
    this.#queue = Promise.resolve();
    this.#last?.abandon();
  }

  /** Reports an error that nobody caught, after or beside a cell, as output of the cell it came from. */
  reportLate(error: unknown, where: "in promise" | "in callback"): void {
    const cell = framesOf(error).find(frame => "cell" in frame.origin)?.origin;
    const listener = currentListener() ?? this.#last;
    const run = listener instanceof CellRun ? listener : this.#last;
    const lines = attempt(() => traceback(error, this.#directory), ["a value that cannot be looked at"])
      .join("\n")
      .replace(/^Uncaught /, "");
    const text = `Uncaught (${where}) ${lines}\n`;
    const number = cell && "cell" in cell ? cell.cell : (run?.cell ?? 0);
    const origin = run?.cell === number ? run.origin : { cell: number };
    const uncaught = describeThrown(error, number, this.#directory);
    const output = { output_type: "stream", name: "stderr", text } as const;
    this.options.onOutput?.({ ...origin, kind: "output", output, uncaught });
  }

  dispose(): void {
    this.#undo();
  }

  #next<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(job);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #checkAndRun(source: string, number: number, signal: AbortSignal | undefined): Promise<CellResult> {
    const id = ++this.#runs;
    const { error, types, warnings } = await this.#checker.check({ id, cell: number, source }, signal);
    if (!error) this.options.onChecked?.();
    const { result, finished } = await this.#during({ number }, signal, run => {
      for (const warning of warnings) run.write("stderr", `${warning}\n`);
      return error
        ? Promise.resolve({ result: this.#fail(error, run), finished: [] })
        : this.#execute(source, run, types);
    });
    if (!error) await this.#checker.commit({ id, finished });
    return result;
  }

  async #during<Result>(
    cell: { number: number; id?: number },
    signal: AbortSignal | undefined,
    job: (run: CellRun) => Promise<Result>,
  ): Promise<Result> {
    const run = new CellRun(
      cell.number,
      output => unheard(() => this.options.onOutput?.(output)),
      this.options.onProgress && (progress => unheard(() => this.options.onProgress?.(progress))),
      this.#displayIds,
      cell.id,
      this.options.flags,
    );
    this.#last = run;
    const interrupt = () => run.interrupt();
    signal?.addEventListener("abort", interrupt, { once: true });
    const leave = this.#workingDirectory.enter(text => run.write("stderr", text));
    const listener = setFallback(run);
    try {
      if (signal?.aborted) interrupt();
      return await job(run);
    } finally {
      leave();
      run.finish();
      setFallback(listener);
      signal?.removeEventListener("abort", interrupt);
    }
  }

  async #execute(source: string, run: CellRun, types: readonly string[]): Promise<Executed> {
    let cell: ParsedCell | undefined;
    let result: CellResult = { status: "ok" };
    try {
      await run.outlast(async () => {
        cell = parseCell(source);
        if (run.interrupted) throw new Interrupted();
        const value = await this.#evaluate(cell, run, new Set(types));
        if (run.interrupted) throw new Interrupted();
        if (value !== undefined) await this.#show(value, run);
      });
    } catch (thrown) {
      // A module in the middle of which the interrupt came would be waited for by its next importer.
      if (run.interrupted) this.#runner.forgetUnfinished();
      result = this.#fail(this.#describe(thrown, run, source), run);
    }
    if (cell) this.names.declare(cell.declarations, run.done, types, run.cell);
    return { result, finished: [...run.done] };
  }

  #evaluate(cell: ParsedCell, run: CellRun, types: ReadonlySet<string>): Promise<unknown> {
    const body = this.#compiler.compile(cell, run.cell, this.names.known, types);
    const load = (specifier: string, options?: ImportCallOptions, wanted?: [string, string][]) =>
      this.#import(specifier, options, wanted);
    const done = (statement: number) => run.done.add(statement);
    const { values, later } = this.names;
    const helpers = [values, later, run.await, run.iterate, run.last, load, done, this.#node, this.#meta];
    return listen(run, () => run.wait(body.apply(undefined, helpers)));
  }

  async #import(specifier: string, options?: ImportCallOptions, wanted: [string, string][] = []): Promise<object> {
    const namespace = await this.#runner.importForCell(this.#directory, specifier, options);
    this.names.bring(specifier, namespace, wanted, new Set(this.#runner.changingNames(namespace)));
    return namespace;
  }

  async #show(value: unknown, run: CellRun): Promise<void> {
    run.waited();
    if (await listen(run, () => run.wait(showExplore(value)))) return;
    const { data, metadata } = await listen(run, () => run.wait(bundleOf(value)));
    run.output({ output_type: "execute_result", data, metadata, execution_count: run.cell });
  }

  #describe(thrown: unknown, run: CellRun, source: string): CellError {
    const awaited = run.rejected?.reason === thrown ? run.rejected?.offset : undefined;
    const place = awaited === undefined ? undefined : positionAt(lineStarts(source), awaited);
    const error = describeThrown(thrown, run.cell, this.#directory, place);
    if (!run.interrupted) return error;
    const message = "the cell was interrupted";
    return { ...error, kind: "interrupted", name: "Interrupted", message, traceback: [`Interrupted: ${message}`] };
  }

  #fail(error: CellError, run: CellRun): CellResult {
    run.waited();
    run.output({ output_type: "error", ename: error.name, evalue: error.message, traceback: error.traceback });
    return { status: "error", error };
  }
}
