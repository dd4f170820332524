import type ts from "typescript";
import type { BoundFile } from "./internals.ts";

/** A module that was checked, and what the checker found. */
export interface Checked {
  file: BoundFile;
  diagnostics: ts.Diagnostic[];
  /** Diagnostics of local files: those edited since they were first read, and those that imports failed on. */
  localDiagnostics: ts.Diagnostic[];
  /** What is wrong in the local files that it reaches and of which nothing was told; empty when asked again. */
  warnings(): ts.Diagnostic[];
  /** Whether an imported name is only a type, so that nothing of it exists when the cell runs. */
  isType(name: string): boolean;
  /** The names that are there without a declaration in the notebook, where those are node's alone. */
  globals: ts.SymbolTable | undefined;
}

/** A module as the editing helps see it. */
export interface View {
  file: BoundFile;
  program: ts.Program;
  checker: ts.TypeChecker;
}

/** Whether a module does not have what is imported from it. */
export function isImportFailure({ code }: ts.Diagnostic): boolean {
  return importFailures.has(code);
}

const importFailures: ReadonlySet<number> = new Set([1192, 2305, 2306, 2459, 2460, 2614, 2724]);
