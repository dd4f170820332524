import path from "node:path";
import { createRequire } from "node:module";
import { NotebookTypes } from "./check/notebookTypes.ts";
import { PersistentChecker } from "./check/checker.ts";
import { bundleOf } from "./display/display.ts";
import { describeThrown, traceback } from "./errors/describe.ts";
import { cellDiagnostics, diagnosticError, localDiagnostics } from "./errors/diagnostics.ts";
import { framesOf, installStackTraces } from "./errors/frames.ts";
import { metaOf, ModuleRunner } from "./modules/runner.ts";
import { captureOutput, currentListener, listen, setFallback, unheard } from "./output/capture.ts";
import { CellRun, Interrupted } from "./output/cellRun.ts";
import { installHooks } from "./output/hooks.ts";
import type { CellError, CellResult, KernelOutput } from "./result.ts";
import { NotebookNames } from "./names.ts";
import { rewriteCell } from "./transform/cell.ts";
import { type Declaration, type ParsedCell, parseCell } from "./transform/parse.ts";
import { compile } from "./transform/scripts.ts";
import { lineStarts, positionAt, stripTypes } from "./transform/strip.ts";
import * as tslab from "./tslab.ts";

export interface EngineOptions {
  /** Imports and relative paths of cells resolve from here. */
  directory: string;
  /** The notebook's path, for messages and `import.meta`. */
  notebook?: string;
  onOutput?: (output: KernelOutput) => void;
  onProgress?: (progress: unknown) => void;
}

/** Engines of one process may share a folder; their scripts may not share a name. */
let scripts = 0;

type CellFunction = (...helpers: unknown[]) => Promise<unknown>;

/**
 * Runs the cells of one notebook in this process: checks their types, rewrites them, shows their
 * values. A cell with a type error does not run.
 *
 * One cell runs at a time; a call to `run` waits for the one before.
 */
export class CellEngine {
  readonly #directory: string;
  readonly #checker: PersistentChecker;
  readonly #types = new NotebookTypes();
  readonly #names = new NotebookNames();
  readonly #runner = new ModuleRunner(new Map([["tslab", tslab]]));
  readonly #displayIds = new Set<string>();
  readonly #undo: (() => void)[];
  readonly #node: object;
  readonly #meta: object;
  #runs = 0;
  #last: CellRun | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly options: EngineOptions) {
    this.#directory = path.resolve(options.directory);
    this.#checker = new PersistentChecker(this.#directory);
    const notebook = options.notebook ? path.resolve(options.notebook) : path.join(this.#directory, "notebook.ipynb");
    this.#meta = metaOf(notebook);
    this.#node = { require: createRequire(notebook), __dirname: this.#directory, __filename: notebook };
    this.#undo = [captureOutput(), installHooks(), installStackTraces(this.#directory)];
  }

  /** Loads what the first cell needs, so that it starts at once. */
  warm(): void {
    this.#checker.warm();
  }

  run(source: string, cell: { number: number }, signal?: AbortSignal): Promise<CellResult> {
    const result = this.#queue.then(() => this.#run(source, cell.number, signal));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Reports an error that nobody caught, after or beside a cell, as output of the cell it came from. */
  reportLate(error: unknown, where: "in promise" | "in callback"): void {
    const cell = framesOf(error).find(frame => "cell" in frame.origin)?.origin;
    const listener = currentListener() ?? this.#last;
    const run = listener instanceof CellRun ? listener : this.#last;
    const lines = traceback(error, this.#directory)
      .join("\n")
      .replace(/^Uncaught /, "");
    const text = `Uncaught (${where}) ${lines}\n`;
    const number = cell && "cell" in cell ? cell.cell : (run?.cell ?? 0);
    const uncaught = describeThrown(error, number, this.#directory);
    const output = { output_type: "stream", name: "stderr", text } as const;
    this.options.onOutput?.({ cell: number, kind: "output", output, uncaught });
  }

  dispose(): void {
    for (const undo of this.#undo) undo();
  }

  async #run(source: string, number: number, signal: AbortSignal | undefined): Promise<CellResult> {
    const run = new CellRun(
      number,
      output => unheard(() => this.options.onOutput?.(output)),
      progress => unheard(() => this.options.onProgress?.(progress)),
      this.#displayIds,
    );
    this.#last = run;
    const interrupt = () => run.interrupt();
    signal?.addEventListener("abort", interrupt, { once: true });
    const before = process.cwd();
    enter(this.#directory);
    const listener = setFallback(run);
    try {
      if (signal?.aborted) interrupt();
      return await this.#checkAndRun(source, run);
    } finally {
      run.finish();
      setFallback(listener);
      enter(before);
      signal?.removeEventListener("abort", interrupt);
    }
  }

  async #checkAndRun(source: string, run: CellRun): Promise<CellResult> {
    const cell = parseCell(source);
    const grammar = cellDiagnostics(cell.file.parseDiagnostics, { text: source, start: 0, end: source.length }, source);
    if (grammar.length > 0) return this.#fail(diagnosticError(grammar, run.cell, this.#directory), run);
    const name = `__cell_${++this.#runs}.ts`;
    const module = this.#types.moduleFor(cell);
    const checked = this.#checker.check(name, module.text);
    const problems = [
      ...localDiagnostics(checked.localDiagnostics),
      ...cellDiagnostics(checked.diagnostics, module, source),
    ];
    if (problems.length > 0) {
      this.#checker.forget(name);
      return this.#fail(diagnosticError(problems, run.cell, this.#directory), run);
    }
    const isType = (each: Declaration) => each.kind === "type" || (each.kind === "import" && checked.isType(each.name));
    const types = cell.declarations.filter(isType);
    try {
      if (run.interrupted) throw new Interrupted();
      const value = await this.#execute(cell, run, new Set(types.map(each => each.name)));
      if (run.interrupted) throw new Interrupted();
      if (value !== undefined) await this.#show(value, run);
      return { status: "ok" };
    } catch (thrown) {
      return this.#fail(this.#describe(thrown, run, source), run);
    } finally {
      // A name whose declaration did not finish keeps what it meant before.
      const finished = cell.declarations.filter(each => run.done.has(each.statement) && each.kind !== "ambient");
      this.#types.commit([...types, ...finished], name);
    }
  }

  #execute(cell: ParsedCell, run: CellRun, types: ReadonlySet<string>): Promise<unknown> {
    const { edited, needsCompiler } = rewriteCell(cell, this.#types.valueNames(), types);
    const code = stripTypes(edited, cell.source, needsCompiler);
    const name = path.join(this.#directory, `__lectern_${++scripts}.ts`);
    const body = compile<CellFunction>(name, { origin: { cell: run.cell }, code });
    const load = (specifier: string, options?: ImportCallOptions, wanted?: [string, string][]) =>
      this.#import(specifier, options, wanted);
    const done = (statement: number) => run.done.add(statement);
    const { values, later } = this.#names;
    const helpers = [values, later, run.await, run.iterate, load, done, this.#node, this.#meta];
    return listen(run, () => run.wait(body.apply(undefined, helpers)));
  }

  async #import(specifier: string, options?: ImportCallOptions, wanted: [string, string][] = []): Promise<object> {
    const namespace = await this.#runner.importForCell(this.#directory, specifier, options);
    this.#names.bring(specifier, namespace, wanted, new Set(this.#runner.changingNames(namespace)));
    return namespace;
  }

  async #show(value: unknown, run: CellRun): Promise<void> {
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
    run.output({ output_type: "error", ename: error.name, evalue: error.message, traceback: error.traceback });
    return { status: "error", error };
  }
}

function enter(directory: string): void {
  if (process.cwd() !== directory) process.chdir(directory);
}
