import type { CellDiagnostic, CellError } from "../result.ts";
import type { CellNames } from "../transform/uses.ts";

/**
 * What a kernel asks about the types of its cells. Questions and answers are plain data, so the
 * answers may come from another process.
 *
 * A cell is checked against the names that earlier cells committed; `commit` says which of its own
 * statements finished. Questions are answered in the order in which they are asked. Offsets are
 * UTF-16 units of the source.
 */
export interface CellChecker {
  /** A checker in another process ends a check when it is aborted; one in this process finishes it. */
  check(run: CellToCheck, signal?: AbortSignal): Promise<CheckedCell>;
  commit(run: FinishedCell): Promise<void>;
  complete(source: string, offset: number): Promise<Completions>;
  /** With `detail` 1, all overloads and the whole documentation. Nothing, where nothing is known. */
  inspect(source: string, offset: number, detail: 0 | 1): Promise<Inspection | undefined>;
  isComplete(source: string): Promise<Completeness>;
  /** What is wrong with a cell that is being written, in view of all names; nothing of it stays. */
  problems?(source: string): Promise<DraftProblem[]>;
  /** What would put right what is wrong at the offset of a cell that is being written; `cells`: all code cells. */
  fixes?(source: string, offset: number, cells: readonly string[]): Promise<Fix[]>;
  /** See `renaming`; says why, where it cannot be. */
  rename?(cells: readonly string[], place: Place, to?: string): Promise<Renaming | Refusal>;
  /** The sources of the notebook's code cells, in order, run or not: for advice on names that only those know. */
  know?(sources: readonly string[]): Promise<void>;
  /** For people: why no question is answered yet; undefined once they are. */
  waitsFor?(): string | undefined;
  dispose(): void;
}

/** A problem of a cell that is being written. */
export interface DraftProblem extends CellDiagnostic {
  /** Set where the name is one that a cell defines which did not run. */
  unrun?: true;
}

/** A place in one of a list of cells, both counted from 0. */
export interface Place {
  cell: number;
  offset: number;
}

/** What is written in place of a part of a source. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

export interface CellEdit extends Edit {
  cell: number;
}

/** A name, and what is to be changed in the cells; in their order. */
export interface Renaming {
  name: string;
  edits: CellEdit[];
}

/** Why something that was asked for is not done. */
export interface Refusal {
  refused: string;
}

/** A way to put right what is wrong, in the words of the compiler. */
export interface Fix {
  title: string;
  edits: Edit[];
}

export interface CellToCheck {
  /** Unique among all runs of the notebook. */
  id: number;
  /** The number that messages give the cell. */
  cell: number;
  source: string;
}

export interface CheckedCell {
  /** A cell with any of these does not run. */
  problems: CellDiagnostic[];
  /** The same as the result of the cell; set when there are problems. */
  error?: CellError;
  /** Names that the cell declares or imports and that are types only: nothing of them exists when it runs. */
  types: string[];
  /** What the cell has to do with the names of others, where it may run. */
  names?: CellNames;
  /** What the user should know once, to be shown on stderr; usually none. */
  warnings: string[];
}

export interface FinishedCell {
  id: number;
  /** Indices of the top-level statements whose declarations finished, as `CellEngine.execute` gives them. */
  finished: number[];
}

export interface Completions {
  /** What a chosen item replaces. */
  from: number;
  to: number;
  items: Completion[];
  /** Whether there may be members that types do not know: of `any`, or of an object with names of any kind. */
  open?: true;
}

export type CompletionType =
  | "function"
  | "class"
  | "instance"
  | "module"
  | "keyword"
  | "property"
  | "statement"
  | "path";

export interface Completion {
  text: string;
  type: CompletionType;
  /** Its type, where the list is short enough to ask for all. */
  detail?: string;
}

export interface Inspection {
  markdown: string;
  text: string;
}

/** Whether a source can run as it is; `indent` is what the next line of an incomplete one starts with. */
export type Completeness = { status: "complete" | "invalid" } | { status: "incomplete"; indent: string };
