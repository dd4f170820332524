export { type Average, average } from "./average.ts";
export { bitsPerDimension } from "./bitsPerDimension.ts";
export type { DataSet, ImagesInRows } from "./dataSet.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export { type EvidenceOptions, importanceSampling, priorSampling } from "./logEvidence.ts";
export { paretoK } from "./paretoK.ts";
export { type LogEvidenceEstimate, summariseWeights } from "./weights.ts";
