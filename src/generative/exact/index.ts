export { type Gaussian, samplesNeeded, secondMoment } from "./importanceSampling.ts";
export { LinearGaussian, type LinearGaussianOptions } from "./linearGaussian.ts";
export { logMeanExp, logSumExp } from "./logSumExp.ts";
export { gaussHermite, logIntegral, logIntegral2d, type Quadrature, trapezoid } from "./quadrature.ts";
