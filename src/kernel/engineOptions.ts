import type { CellChecker } from "./check/cellChecker.ts";
import type { InterruptFlags } from "./interrupt/flags.ts";
import type { CellResult, KernelOutput } from "./result.ts";

export interface EngineOptions {
  /** Imports and relative paths of cells resolve from here. */
  directory: string;
  /** The notebook's path, for messages and `import.meta`. */
  notebook?: string;
  onOutput?: (output: KernelOutput) => void;
  /** Called when a cell has passed its check, right before it runs. */
  onChecked?: () => void;
  /** Takes what training reports; without it, cells show it as a line that changes. */
  onProgress?: (progress: unknown) => void;
  /** Who checks the types; by default this process does. */
  checker?: CellChecker;
  /** By which another thread interrupts a run that has an id. */
  flags?: InterruptFlags;
}

/** A cell that was checked, in this process or elsewhere. */
export interface RunnableCell {
  number: number;
  /** Tells runs apart that have the same number: in their outputs and for interrupts. */
  id?: number;
  /** Names that are types only, as the checker found them. */
  types: readonly string[];
}

/** How a cell ended, and the statements whose declarations finished, for the checker's `commit`. */
export interface Executed {
  result: CellResult;
  finished: number[];
}
