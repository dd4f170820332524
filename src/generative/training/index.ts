export { type CaviOptions, type CaviResult, cavi } from "./cavi.ts";
export { loadParameters } from "./checkpoint.ts";
export { type EmOptions, type EmResult, em, mixtureElbo } from "./em.ts";
export {
  type CovarianceShape,
  emMultivariate,
  type EmMultivariateOptions,
  type EmMultivariateResult,
} from "./emMultivariate.ts";
export { TrainingError } from "./finite.ts";
export { fit, type History } from "./fit.ts";
export type { FitOptions, TrainingData } from "./options.ts";
export type { ProgressReport } from "./progress.ts";
export { cosine } from "./schedules.ts";
export { loadWeights, saveWeights, type WeightsFile } from "./weights.ts";
