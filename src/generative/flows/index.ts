export {
  AutoregressiveFlow,
  type AutoregressiveFlowOptions,
  inverseAutoregressiveFlow,
} from "./autoregressiveFlow.ts";
export { type Bijection, inverseWithLogDet, type Transformed } from "./bijection.ts";
export { Composition, Inverse } from "./composition.ts";
export {
  type Conditioner,
  convolutionConditioner,
  type MakeConditioner,
  perceptronConditioner,
} from "./conditioner.ts";
export { AffineCoupling, type ScaleKind } from "./coupling.ts";
export type { CouplingOptions } from "./halves.ts";
export { type Dequantiser, dequantisedBound, uniformNoise, VariationalNoise } from "./dequantisation.ts";
export {
  Elementwise,
  expLayer,
  logitLayer,
  scaleLayer,
  sigmoidLayer,
  softplusLayer,
  tanhLayer,
} from "./elementwise.ts";
export {
  ContinuousFlow,
  type ContinuousFlowOptions,
  exactTrace,
  hutchinsonTrace,
  PerceptronField,
  type TraceKind,
  type VectorField,
} from "./ffjord.ts";
export { Flow, standardBase } from "./flow.ts";
export { flowPlusPlus, MixtureCoupling } from "./flowPlusPlus.ts";
export { ActNorm, glow, initialiseFromData } from "./glow.ts";
export { InvertibleLinear } from "./invertibleLinear.ts";
export {
  channelMask,
  checkerboardMask,
  couplingReach,
  halfMask,
  type Mask,
  opposite,
  type Volume,
} from "./masks.ts";
export { MixtureCDF, mixtureCdf } from "./mixtureCdf.ts";
export type { MixtureKind } from "./mixtureFamilies.ts";
export type { MixtureParameters } from "./mixtureParameters.ts";
export { AdditiveCoupling, DiagonalScaling, nice } from "./nice.ts";
export { PlanarFlow } from "./planarFlow.ts";
export { FactorOut, multiScaleRealNVP, realNVP, Squeeze } from "./realNvp.ts";
export { RecurrentFlow } from "./recurrentFlow.ts";
export { integrateAdaptively, integrateTensors, type TensorField } from "./tensorOde.ts";
export { TriangularFlow } from "./triangularFlow.ts";
