export type * from "./check/cellChecker.ts";
export { LocalChecker } from "./check/localChecker.ts";
export { CheckerProcess } from "./check/process/checkerProcess.ts";
export { CellEngine } from "./engine.ts";
export type { EngineOptions, Executed, RunnableCell } from "./engineOptions.ts";
export { withParameters } from "./parameters.ts";
export { KernelProcess, type ProcessOptions } from "./process/process.ts";
export type { CellDiagnostic, CellError, CellErrorKind, CellResult, KernelOutput } from "./result.ts";
export { OutputList } from "./output/outputList.ts";
