export { type FlowMnistResult, digitFlow, flowMnist } from "./flowMnist.ts";
export { type FlowScore, type FlowStudyResult, flows, judge } from "./flows.ts";
export { type FlowSetting, flowKinds } from "./flowKinds.ts";
export type { Study, StudyOptions, Target } from "./study.ts";
