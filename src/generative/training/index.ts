export { loadParameters } from "./checkpoint.ts";
export { TrainingError } from "./finite.ts";
export { type FitOptions, fit, type History } from "./fit.ts";
export type { ProgressReport } from "./progress.ts";
export { cosine } from "./schedules.ts";
export type { TrainingData } from "./step.ts";
