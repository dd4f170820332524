export { type FlowMnistResult, flowMnist } from "./flowMnist.ts";
export { type FlowScore, type FlowStudyResult, flows, judge } from "./flows.ts";
export { type FlowSetting, flowKinds } from "./flowKinds.ts";
export { iwaeStudy } from "./iwae.ts";
export { IWAE_ROWS, type IwaeResult, type IwaeScore, iwaeTable, judgeIwae } from "./iwaeResult.ts";
export type { Study, StudyOptions, Target } from "./study.ts";
export {
  judgePlane,
  type PlaneGaussian,
  type PlaneScore,
  planeGaussians,
  planeVae,
  type Vae2dResult,
  vae2d,
} from "./vae2d.ts";
export { type Trained, trainedDigitFlow, trainedMade, trainedPixelCnn } from "./trained.ts";
export { judgeCodes, type VQVAEResult, vqVae } from "./vqVae.ts";
