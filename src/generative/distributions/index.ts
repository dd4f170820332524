export { Bernoulli } from "./bernoulli.ts";
export { Categorical } from "./categorical.ts";
export type { TensorLike } from "./check.ts";
export { DiscretizedLogisticMixture, type LogisticMixtureParameters } from "./discretizedLogisticMixture.ts";
export type { Conditional, Distribution, Reparameterised } from "./distribution.ts";
export { GumbelSoftmax } from "./gumbelSoftmax.ts";
export { type Draws, jensenShannon } from "./jensenShannon.ts";
export { kl } from "./kl.ts";
export { Laplace } from "./laplace.ts";
export { Logistic } from "./logistic.ts";
export { Mixture } from "./mixture.ts";
export { MultivariateNormal } from "./multivariateNormal.ts";
export { Normal } from "./normal.ts";
export {
  standardNormalQuantile,
  standardNormalQuantileOfLog,
  standardNormalQuantileOfLogit,
} from "./normalQuantile.ts";
export { logSigmoid, standardNormalLogCdf, standardNormalLogSurvival } from "./tails.ts";
export { type Invertible, TransformedDistribution } from "./transformedDistribution.ts";
export { lowerTriangular } from "./triangular.ts";
export { Uniform } from "./uniform.ts";
