export { type CaviOptions, type CaviResult, cavi } from "./cavi.ts";
export { loadParameters } from "./checkpoint.ts";
export { type EmOptions, type EmResult, em, mixtureElbo } from "./em.ts";
export { TrainingError } from "./finite.ts";
export { type FitOptions, fit, type History } from "./fit.ts";
export type { ProgressReport } from "./progress.ts";
export { cosine } from "./schedules.ts";
export type { TrainingData } from "./step.ts";
