export { CellEngine, type EngineOptions } from "./engine.ts";
export { withParameters } from "./parameters.ts";
export { KernelProcess, type ProcessOptions } from "./process/process.ts";
export type { CellDiagnostic, CellError, CellErrorKind, CellResult, KernelOutput } from "./result.ts";
export { OutputList } from "./output/outputList.ts";
