import type { Random } from "../../engine/index.ts";
import type { ImageSet } from "../data/index.ts";
import { Composition, Flow, multiScaleRealNVP, scaleLayer, standardBase } from "../flows/index.ts";
import { PixelCDF } from "./pixelCdf.ts";

export interface DigitFlowSize {
  scales: number;
  features: number;
  blocks: number;
}

/** The flow of the digits in its two parts, and whole: from grey levels with noise, in [0, 256), to N(0, I). */
export interface DigitFlow {
  /** A distribution function for each pixel, counted in the training images; nothing in it is learnt. */
  pixels: Composition;
  /** A multi-scale RealNVP of what comes out: all that is learnt. */
  network: Flow;
  whole: Flow;
}

/** The distribution functions of the pixels of `train`, then a multi-scale RealNVP before training. */
export function makeDigitFlow(random: Random, { scales, features, blocks }: DigitFlowSize, train: ImageSet): DigitFlow {
  const { height, width } = train;
  const volume = { height, width, channels: 1 };
  const toVariance1 = scaleLayer(Math.PI / Math.sqrt(3)); // of a logistic variable
  const pixels = new Composition([new PixelCDF(train), toVariance1]);
  const realNvp = multiScaleRealNVP(random, { volume, scales, features, blocks });
  const base = standardBase(train.dimension);
  return { pixels, network: new Flow(realNvp, base), whole: new Flow(new Composition([pixels, realNvp]), base) };
}
