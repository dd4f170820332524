export { detached, scaleGradient } from "./detached.ts";
export { type ElboOptions, elbo } from "./elbo.ts";
export { exactElbo, type ReparameterisedEncoder } from "./exactElbo.ts";
export { type ExpectationOptions, expectation } from "./expectation.ts";
export { logImportanceWeights } from "./importanceWeights.ts";
export { type IwaeEstimator, type IwaeOptions, iwae } from "./iwae.ts";
export { stopGradient } from "./stopGradient.ts";
export { codebookLoss, commitmentLoss, type VQParts, vqParts } from "./vectorQuantisation.ts";
export { betaElbo } from "./betaElbo.ts";
