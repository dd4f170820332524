import path from "node:path";
import type {
  CellChecker,
  CellToCheck,
  CheckedCell,
  Completeness,
  Completions,
  DraftProblem,
  FinishedCell,
  Fix,
  Inspection,
  Place,
  Refusal,
  Renaming,
} from "../cellChecker.ts";
import { Snapshots } from "../snapshot/snapshots.ts";
import type { RanCell } from "./messages.ts";
import { Supervisor } from "./supervisor.ts";

export interface CheckerProcessOptions {
  /** How long no cell is checked before a missing snapshot is built. */
  quietMilliseconds?: number;
}

/**
 * Checks cells in a process of its own, which starts in the background and is replaced when it dies.
 *
 * What cannot be checked runs unchecked, and a warning says so once. The compiler is loaded in this
 * process only when something asks for it here, because that blocks the thread for a good part of a second.
 */
export class CheckerProcess implements CellChecker {
  readonly #directory: string;
  readonly #snapshots: Snapshots;
  readonly #supervisor: Supervisor;
  /** Cells that were checked and did not finish so far. */
  readonly #checked = new Map<number, CellToCheck>();
  readonly #ran: RanCell[] = [];
  readonly #warned = new Set<string>();

  constructor(directory: string, options: CheckerProcessOptions = {}) {
    this.#directory = path.resolve(directory);
    this.#snapshots = new Snapshots(this.#directory, options.quietMilliseconds);
    this.#supervisor = new Supervisor(this.#directory, this.#snapshots, () => this.#ran);
  }

  /** The process that answers now. */
  get pid(): number | undefined {
    return this.#supervisor.child?.process.pid;
  }

  /** Whether the process that answers now started from a snapshot. */
  get fromSnapshot(): boolean {
    return this.#supervisor.child?.snapshot !== undefined;
  }

  waitsFor(): string | undefined {
    const child = this.#supervisor.child;
    if (!child || child.ready) return undefined;
    if (child.snapshot !== undefined || this.#snapshots.isOff) return "Waiting for the type checker, which starts.";
    return (
      "Waiting for the type checker, which starts without its snapshot. That is built once for a set of packages, " +
      "in the background after the first cells, or by npm install in lectern's own folder; then this takes a second."
    );
  }

  /** An aborted check ends its process, since nothing else can end it, and the next takes over. */
  async check(run: CellToCheck, signal?: AbortSignal): Promise<CheckedCell> {
    const outcome = await this.#supervisor.ask("check", [run], signal);
    this.#snapshots.buildSoon();
    if (outcome.kind === "aborted") return interrupted(run);
    if (outcome.kind === "none") return this.#unchecked(run, outcome.reason);
    const checked = outcome.answer as CheckedCell;
    if (!checked.error) this.#checked.set(run.id, run);
    return { ...checked, warnings: checked.warnings.filter(each => this.#isNew(each)) };
  }

  async commit({ id, finished }: FinishedCell): Promise<void> {
    const run = this.#checked.get(id);
    if (!run) return;
    this.#checked.delete(id);
    const ran = { ...run, finished };
    this.#ran.push(ran);
    await this.#supervisor.ask("commit", [[ran]]);
  }

  async know(sources: readonly string[]): Promise<void> {
    await this.#supervisor.ask("know", [sources]);
  }

  async problems(source: string): Promise<DraftProblem[]> {
    const outcome = await this.#supervisor.ask("problems", [source]);
    return outcome.kind === "answer" ? (outcome.answer as DraftProblem[]) : [];
  }

  async complete(source: string, offset: number): Promise<Completions> {
    const outcome = await this.#supervisor.ask("complete", [source, offset]);
    return outcome.kind === "answer" ? (outcome.answer as Completions) : { from: offset, to: offset, items: [] };
  }

  async inspect(source: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined> {
    const outcome = await this.#supervisor.ask("inspect", [source, offset, detail]);
    return outcome.kind === "answer" ? (outcome.answer as Inspection | undefined) : undefined;
  }

  async fixes(source: string, offset: number, cells: readonly string[]): Promise<Fix[]> {
    const outcome = await this.#supervisor.ask("fixes", [source, offset, cells]);
    return outcome.kind === "answer" ? (outcome.answer as Fix[]) : [];
  }

  async rename(cells: readonly string[], place: Place, to?: string): Promise<Renaming | Refusal> {
    const outcome = await this.#supervisor.ask("rename", to === undefined ? [cells, place] : [cells, place, to]);
    if (outcome.kind === "answer") return outcome.answer as Renaming | Refusal;
    return { refused: "rename: the type checker must answer, but does not; try again." };
  }

  async isComplete(source: string): Promise<Completeness> {
    const { completenessOf } = await import("../editing/completeness.ts");
    return completenessOf(source);
  }

  dispose(): void {
    this.#snapshots.dispose();
    this.#supervisor.stop();
  }

  async #unchecked(run: CellToCheck, reason: string): Promise<CheckedCell> {
    const { checkGrammar } = await import("./unchecked.ts");
    const { standIn, ...checked } = checkGrammar(run, this.#directory);
    if (!checked.error) this.#checked.set(run.id, { ...run, source: standIn });
    const warning = `checker: types cannot be checked, because ${reason}; the cell runs unchecked.`;
    return { ...checked, warnings: this.#isNew(warning) ? [warning] : [] };
  }

  #isNew(warning: string): boolean {
    if (this.#warned.has(warning)) return false;
    this.#warned.add(warning);
    return true;
  }
}

function interrupted({ cell }: CellToCheck): CheckedCell {
  const message = "the cell was interrupted while its types were checked";
  const traceback = [`Interrupted: ${message}`];
  const error = { kind: "interrupted" as const, name: "Interrupted", message, cell, traceback };
  return { problems: [], error, types: [], warnings: [] };
}
