export { type BarChart, barChart } from "./barChart.ts";
export { type BendingFlow, bendingFlow } from "./bendingFlow.ts";
export { type BoundComparison, boundComparison } from "./boundComparison.ts";
export { type DeformedGrid, deformedGrid } from "./deformedGrid.ts";
export { type DependencyGrid, dependencyGrid } from "./dependencyGrid.ts";
export { type CurvesAgainst, curvesAgainst } from "./curvesAgainst.ts";
export { type Densities1d, densities1d } from "./densities1d.ts";
export { type ElboPartsFigure, elboParts } from "./elboParts.ts";
export { type Explore, explore, type ExploreOptions } from "./explore.ts";
export {
  type Control,
  type ControlOptions,
  type Controls,
  pick,
  slide,
  type Stop,
  type Values,
} from "./exploreControls.ts";
export type { FigureParts } from "./exploreFigure.ts";
export type { FramesChoice } from "./exploreFrames.ts";
export type { Ranges } from "./exploreRanges.ts";
export type { Figure, Plain } from "./figure.ts";
export { type GaussianEllipses, gaussianEllipses } from "./gaussianEllipses.ts";
export { type InferenceGaps, inferenceGaps } from "./inferenceGaps.ts";
export { type LatentScatter, latentScatter } from "./latentScatter.ts";
export { type LatentTraversal, latentTraversal } from "./latentTraversal.ts";
export { type LinearMap, linearMap } from "./linearMap.ts";
export { type LossAgainst, lossAgainst } from "./lossAgainst.ts";
export { bars, curve, dots, type Look, type Mark, paths, type Points } from "./marks.ts";
export { type MaskGrid, maskGrid } from "./maskGrid.ts";
export { type NetworkDiagram, networkDiagram } from "./networkDiagram.ts";
export { type ParameterCounts, parameterCounts } from "./parameterCounts.ts";
export type { ImageShape, Pixels } from "./pixels.ts";
export { type PlaneMaps, planeMaps } from "./planeMaps.ts";
export { type Panel, type Plot, type PlotAxis, plot } from "./plot.ts";
export { type ReconstructionGrid, reconstructionGrid } from "./reconstructionGrid.ts";
export { type SampleGrid, sampleGrid } from "./sampleGrid.ts";

export type { Level } from "./traces.ts";
export { type TrainingCurve, trainingCurve } from "./trainingCurve.ts";
export {
  type VarianceAgainstDimension,
  type VarianceAgainstSamples,
  varianceAgainstDimension,
  varianceAgainstSamples,
} from "./variance.ts";
export { type WeightHistogram, weightHistogram } from "./weightHistogram.ts";
