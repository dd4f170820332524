export { arithmeticDecode, arithmeticEncode, arithmeticPrefix, type Predict } from "./arithmeticCoder.ts";
export { type BitsBackModel, bitsBackDecode, bitsBackEncode } from "./bitsBack.ts";
export { Empirical } from "./empirical.ts";
export { dSeparated } from "./dSeparation.ts";
export {
  crossEntropy,
  entropy,
  jensenShannonDivergence,
  jensenShannonIntegral,
  klDivergence,
  klIntegral,
} from "./entropy.ts";
export { binaryVectors, indexOf, permutations, vectors } from "./enumerate.ts";
export { klGaussian, type MultivariateGaussian } from "./gaussian.ts";
export { GaussianMixture, type GaussianMixtureParameters } from "./gaussianMixture.ts";
export {
  MultivariateGaussianMixture,
  type MultivariateGaussianMixtureParameters,
} from "./multivariateGaussianMixture.ts";
export {
  bestBaseline,
  type EstimatorMoments,
  pathwiseMoments,
  type ScoreOptions,
  scoreMoments,
} from "./gradientMoments.ts";
export { Histogram, type HistogramOptions } from "./histogram.ts";
export { type Gaussian, samplesNeeded, secondMoment } from "./importanceSampling.ts";
export { type Assignment, JointTable } from "./jointTable.ts";
export { type ElboParts, LatentGrid, type LatentGridOptions } from "./latentGrid.ts";
export { type FactorAnalysisOptions, LinearGaussian, type LinearGaussianOptions } from "./linearGaussian.ts";
export { type BetaDirection, linearBetaVae, linearBetaVariance } from "./linearBetaVae.ts";
export { iwaeBound, relativeVariance, type WeightDistribution } from "./iwaeBound.ts";
export { logMeanExp, logSumExp } from "./logSumExp.ts";
export { categoricalMle, gaussianMle } from "./maximumLikelihood.ts";
export { type MeanField, meanField } from "./meanField.ts";
export {
  gaussHermite,
  gaussLegendre,
  logIntegral,
  logIntegral2d,
  productRule,
  type Quadrature,
  simpson,
  trapezoid,
  type VectorQuadrature,
} from "./quadrature.ts";
export { AffineFlow } from "./affineFlow.ts";
export { BarsAndStripes } from "./barsAndStripes.ts";
export { bisection } from "./bisection.ts";
export {
  type Density1d,
  logProbBetween,
  standardLaplace,
  standardLogistic,
  standardNormal,
  standardUniform,
} from "./densities1d.ts";
export { composeFlows1d, flowLogProb, inverseFlow1d } from "./composedFlows1d.ts";
export { affineFlow1d, cdfFlow, type Flow1d, sigmoidFlow, tanhFlow } from "./flow1d.ts";
export { cholesky, Covariance, logDeterminant } from "./covariance.ts";
export { eigenSymmetric, inverse, logAbsDet, luFactors, qrFactors, solve } from "./linearAlgebra.ts";
export type { Rows } from "./matrices.ts";
export { singularValues } from "./singularValues.ts";
export { dormandPrince, euler, type Field, integrate, midpoint, type RungeKutta, rungeKutta4 } from "./ode.ts";
export { type PrincipalComponents, ppcaMle, principalComponents, project } from "./principalComponents.ts";
export {
  banana,
  checkerboard,
  eightGaussians,
  entropyByQuadrature,
  rings,
  type ToyDensity,
  toyDensities,
  twoMoons,
} from "./toyDensities.ts";
export { blindSpot, reachedPixels } from "./receptiveField.ts";
export type { Probability } from "./probability.ts";
export {
  logisticCdf,
  logisticLogCdf,
  logisticLogSurvival,
  logisticQuantile,
  logisticSurvival,
  normalCdf,
  normalLogCdf,
  normalLogSurvival,
  normalQuantile,
  normalSurvival,
} from "./specialFunctions.ts";
export { logisticMixture, normalMixture } from "./mixtures1d.ts";
