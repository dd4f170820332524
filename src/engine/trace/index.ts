export { assertSameTrace, isSameTrace, outputsOf } from "./compare.ts";
export { TraceError } from "./errors.ts";
export { leavesOf, mapLeaves, mapTensors, ResultValue } from "./nests.ts";
export { accumulatorsOf, countUpdates, learningRateOf, setLearningRate } from "./optimizer.ts";
export type { Draw, State, Streams } from "./recording.ts";
export { checkAtEveryCall, isTracing } from "./registry.ts";
export { type Trace, trace } from "./trace.ts";
