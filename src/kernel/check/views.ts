import type ts from "typescript";
import type { BoundFile } from "./internals.ts";

/** A module that was checked, and what the checker found. */
export interface Checked {
  file: BoundFile;
  diagnostics: ts.Diagnostic[];
  /** Diagnostics of local files: those edited since they were first read, and those that imports failed on. */
  localDiagnostics: ts.Diagnostic[];
  /** Whether an imported name is only a type, so that nothing of it exists when the cell runs. */
  isType(name: string): boolean;
}

/** A module as the editing helps see it. */
export interface View {
  file: BoundFile;
  program: ts.Program;
  checker: ts.TypeChecker;
}
