export { ancestralSampling, type SamplingOptions } from "./ancestralSampling.ts";
export type { LatentVariableModel } from "./latentVariableModel.ts";
export { ProbabilisticPCA } from "./probabilisticPca.ts";
export { BernoulliDecoder, NormalEncoder, VAE, type VAEOptions } from "./vae.ts";
