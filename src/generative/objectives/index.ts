export { type ElboOptions, elbo } from "./elbo.ts";
export { logImportanceWeights } from "./importanceWeights.ts";
export { iwae } from "./iwae.ts";
