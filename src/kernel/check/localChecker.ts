import path from "node:path";
import { cellDiagnostics, describeDiagnostic, diagnosticError, localDiagnostics } from "../errors/diagnostics.ts";
import type { CellDiagnostic } from "../result.ts";
import { type Declaration, type ParsedCell, parseCell } from "../transform/parse.ts";
import { namesOfCell } from "../transform/uses.ts";
import type {
  CellChecker,
  CellToCheck,
  CheckedCell,
  Completeness,
  Completions,
  DraftProblem,
  FinishedCell,
  Inspection,
} from "./cellChecker.ts";
import { PersistentChecker } from "./checker.ts";
import type { Added, Pending } from "./checkedCells.ts";
import { problemsOfDraft } from "./drafts.ts";
import type { View } from "./views.ts";
import { completenessOf } from "./editing/completeness.ts";
import { completionsAt } from "./editing/completions.ts";
import { inspectionAt } from "./editing/inspection.ts";
import { fixesAt } from "./editing/quickFixes.ts";
import { isUnchecked } from "./directives.ts";
import { dialectIn, dialectOf } from "./dialect.ts";
import { strictnessHint } from "./strictOnly.ts";
import { withWayOut } from "./foreign.ts";
import { grammarProblems } from "./grammar.ts";
import { valuesOfPage, withoutPageGuesses } from "./nodeOnly.ts";
import { importsOfTypesOnly } from "./typesOnly.ts";
import { mayBeAssignedLater } from "./assignedLater.ts";
import { UnrunCells } from "./unrunCells.ts";
import { isMissingName, missingNameOf, withSuggestion } from "./suggestions.ts";
import { strictnessOf } from "./tsconfig.ts";
import { NotebookTypes } from "./notebookTypes.ts";
import type { RanCell } from "./process/messages.ts";

/** Checks cells in this process. */
export class LocalChecker implements CellChecker {
  readonly #checker: PersistentChecker;
  readonly #types = new NotebookTypes();
  readonly #pending = new Map<number, Pending>();
  /** Cells that declared a name and did not come to run. */
  readonly #failedNames = new Map<string, number>();
  #others: UnrunCells;
  #directory: string;
  #warnings: string[] = [];
  #commits = 0;

  /** `notebook`: where its file is, which may say how it wants to be checked; see `dialectOf`. */
  constructor(directory: string, notebook?: string) {
    this.#directory = path.resolve(directory);
    const { options, warning } = strictnessOf(this.#directory, dialectOf(notebook));
    this.#checker = new PersistentChecker(this.#directory, options);
    this.#others = new UnrunCells(notebook);
    if (warning) this.#warnings.push(warning);
  }

  /** The sources of the notebook's code cells, in order, for advice on names that only those know. */
  async know(sources: readonly string[]): Promise<void> {
    this.#others.set(sources);
  }

  /** Loads what the first cell needs, so that it starts at once. */
  warm(): void {
    this.#checker.warm();
  }

  async check(run: CellToCheck): Promise<CheckedCell> {
    const dialect = dialectIn(run.source);
    if (dialect) this.#checker.useOptions(strictnessOf(this.#directory, dialect).options);
    const cell = parseCell(run.source);
    const grammar = grammarProblems(cell);
    if (grammar.length > 0) return this.#failed(grammar, run);
    const { name, problems: found, checked } = this.#add(run, cell);
    if (found.length > 0) {
      this.#checker.forget(name);
      const problems = found.some(isMissingName) ? this.#amongAllNames(run, cell) : found;
      this.#pending.delete(run.id);
      const { declarations } = cell;
      const failed = this.#failed(problems, run);
      for (const each of declarations) this.#failedNames.set(each.name, run.cell);
      return failed;
    }
    const inFiles = localDiagnostics(checked.warnings());
    this.#warnings.push(...inFiles.map(each => `warning: ${describeDiagnostic(each, 0, this.#directory)}`));
    return {
      problems: [],
      types: this.#typesOf(run.id),
      names: namesOfCell(cell, this.#types.names()),
      warnings: this.#warnings.splice(0),
    };
  }

  /** Names that are types only, not those that a value has as well. */
  #typesOf(id: number): string[] {
    const { types, cell } = this.#pending.get(id) ?? {};
    const values = new Set(cell?.declarations.filter(each => !types?.includes(each)).map(each => each.name));
    return types?.map(each => each.name).filter(name => !values.has(name)) ?? [];
  }

  #add(run: CellToCheck, cell: ParsedCell, names?: "all"): Added {
    // The checker tells the same of a file of the same name only once.
    const name = `__cell_${run.id}${names === "all" ? "_again" : ""}.ts`;
    const module = this.#types.moduleFor(cell, names);
    const checked = this.#checker.check(name, module.text);
    const isType = (each: Declaration) => each.kind === "type" || each.typeOnly === true || checked.isType(each.name);
    this.#pending.set(run.id, { cell, module: name, types: cell.declarations.filter(isType) });
    const found = checked.diagnostics.filter(each => !mayBeAssignedLater(each, cell, module.start));
    const problems = [
      ...localDiagnostics(checked.localDiagnostics),
      ...withoutPageGuesses(cellDiagnostics(isUnchecked(cell.file) ? [] : found, module, run.source), checked.globals),
      ...valuesOfPage(cell, checked.globals, this.#types.names()),
      ...importsOfTypesOnly(cell, checked, specifier => this.#checker.hasTypesOnly(specifier)),
    ];
    return { name, problems, checked };
  }

  /** The problems of a cell that lacks a name: the one that was meant may be one that the cell does not mention. */
  #amongAllNames(run: CellToCheck, cell: ParsedCell): CellDiagnostic[] {
    this.#checker.restoreGuesses();
    const { name, problems } = this.#add(run, cell, "all");
    this.#checker.forget(name);
    return problems;
  }

  async commit({ id, finished }: FinishedCell): Promise<void> {
    const run = this.#pending.get(id);
    if (!run) return;
    this.#pending.delete(id);
    // A name whose declaration did not finish keeps what it meant before.
    const done = run.cell.declarations.filter(each => finished.includes(each.statement) && each.kind !== "ambient");
    this.#types.commit([...run.types, ...done], run.module);
    for (const each of done) this.#failedNames.delete(each.name);
    if (++this.#commits % manyCommits === 0) this.#dropReplaced();
  }

  /** Cells that were run again have left modules behind that no name comes from. */
  #dropReplaced(): void {
    const pending = [...this.#pending.values()].map(each => each.module);
    this.#checker.keepOnly([...this.#types.modules(), ...pending]);
  }

  /** Commits cells that ran; one that was checked elsewhere is taken as it is. */
  async catchUp(runs: RanCell[]): Promise<void> {
    for (const run of runs) {
      // Its warnings were told by whoever checked it.
      if (!this.#pending.has(run.id)) this.#add(run, parseCell(run.source)).checked.warnings();
      await this.commit(run);
    }
  }

  /** Reads packages and checks cells that are then forgotten, for a snapshot that is fast at once. */
  practise(packages: readonly string[], sources: readonly string[]): void {
    this.#checker.warm(packages);
    for (const [index, source] of sources.entries()) {
      const name = `__practice_${index}.ts`;
      this.#checker.check(name, this.#types.moduleFor(parseCell(source)).text);
      this.#checker.forget(name);
    }
    this.#checker.releaseTexts();
  }

  /** Starts anew in another folder. Returns whether a package was changed since it was read. */
  reopen(directory: string): { stale: boolean } {
    this.#directory = path.resolve(directory);
    const { options, warning } = strictnessOf(this.#directory, dialectOf());
    this.#warnings = warning === undefined ? [] : [warning];
    this.#others = new UnrunCells();
    return this.#checker.reopen(this.#directory, options);
  }

  async complete(source: string, offset: number): Promise<Completions> {
    return this.#look(source, (view, start) => completionsAt(view, this.#checker.disk, start, offset));
  }

  async inspect(source: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined> {
    return this.#look(source, (view, start) => inspectionAt(view, start + offset, detail));
  }

  async problems(source: string): Promise<DraftProblem[]> {
    return problemsOfDraft(source, this.#others, (run, cell) => {
      const { name, problems } = this.#add(run, cell, "all");
      this.#checker.forget(name);
      this.#pending.delete(run.id);
      return problems;
    });
  }

  fixes: NonNullable<CellChecker["fixes"]> = async (source, offset, cells) =>
    fixesAt({ source, offset, cells, types: this.#types, checker: this.#checker });

  async isComplete(source: string): Promise<Completeness> {
    return completenessOf(source);
  }

  dispose(): void {}

  /** A cell that is being written, in view of all names; `start` is where its source starts in the file. */
  #look<Answer>(source: string, ask: (view: View, start: number) => Answer): Answer {
    const { text, start } = this.#types.moduleFor(parseCell(source), "all");
    return this.#checker.look("__editing.ts", text, view => ask(view, start));
  }

  #failed(found: CellDiagnostic[], run: CellToCheck): CheckedCell {
    const surroundings = { failed: this.#failedNames, canImport: (name: string) => this.#checker.canImport(name) };
    const problems = withWayOut(found, run.source, this.#directory).map(each => withSuggestion(each, surroundings));
    const error = diagnosticError(problems, run.cell, this.#directory);
    const unknown = found.map(missingNameOf).filter(each => each !== undefined && !this.#failedNames.has(each));
    const hints = [strictnessHint(problems), this.#others.hint([...new Set(unknown as string[])])];
    error.traceback.push(...hints.filter(each => each !== undefined));
    return { problems, error, types: [], warnings: this.#warnings.splice(0) };
  }
}

/** After so many cells what nobody needs is dropped; the cell after it takes a tenth of a second longer. */
const manyCommits = 250;
