export { type Average, average } from "./average.ts";
export { bitsPerDimension } from "./bitsPerDimension.ts";
export { type EvidenceOptions, importanceSampling, priorSampling } from "./logEvidence.ts";
export { paretoK } from "./paretoK.ts";
export { type LogEvidenceEstimate, summariseWeights } from "./weights.ts";
