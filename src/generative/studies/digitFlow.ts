import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { ImageSet } from "../data/index.ts";
import { Composition, Flow, MixtureCDF, multiScaleRealNVP, scaleLayer, standardBase } from "../flows/index.ts";

export interface DigitFlowSize {
  scales: number;
  features: number;
  blocks: number;
}

/**
 * A distribution function for each pixel, then a multi-scale RealNVP: from grey levels with noise, in [0, 256), to
 * N(0, I) of 784 dimensions.
 *
 * Most of the mass of a pixel is in the darkest of its 256 cells. After its own distribution function it is a logistic
 * variable like all others, and what is left to the couplings is how pixels hang together.
 */
export function makeDigitFlow(random: Random, size: DigitFlowSize): Flow {
  const volume = { height: 28, width: 28, channels: 1 };
  const pixels = new MixtureCDF(random, 784, { components: greys.length, range: "line" });
  const toVariance1 = scaleLayer(Math.PI / Math.sqrt(3));
  const { scales, features, blocks } = size;
  const network = multiScaleRealNVP(random, { volume, scales, features, blocks });
  return new Flow(new Composition([pixels, toVariance1, network]), standardBase(784));
}

/** Gives the mixture of each pixel the shares that its grey levels have in the images. */
export function startFromGreys({ parameters }: Flow, images: ImageSet): void {
  const of = (name: string) => parameters[`layer1.${name}`] as tf.Variable;
  const d = images.dimension;
  const counts = Array.from({ length: d }, () => greys.map(() => 0.05)); // so that no share is 0
  const component = Array.from({ length: 256 }, (_, grey) => greys.findIndex(({ upTo }) => grey <= upTo));
  images.pixels.forEach((grey, i) => {
    const shares = counts[i % d] as number[];
    const k = component[grey] as number;
    // The darkest cell has three components.
    for (const each of k === 0 ? [0, 1, 2] : [k]) shares[each] = (shares[each] as number) + (k === 0 ? 1 / 3 : 1);
  });
  tf.tidy(() => {
    of("logits").assign(tf.tensor2d(counts).log());
    of("means").assign(tf.tensor1d(greys.map(({ mean }) => mean)).tile([d]).reshape([d, -1]));
    of("logScales").assign(tf.tensor1d(greys.map(({ scale }) => Math.log(scale))).tile([d]).reshape([d, -1]));
  });
}

/** Where the components of a pixel's mixture begin: at which grey, how wide, and for which levels. */
const greys = [
  { mean: 1 / 6, scale: 0.1, upTo: 0 },
  { mean: 1 / 2, scale: 0.1, upTo: 0 },
  { mean: 5 / 6, scale: 0.1, upTo: 0 },
  { mean: 14, scale: 5, upTo: 28 },
  { mean: 48, scale: 9, upTo: 70 },
  { mean: 95, scale: 13, upTo: 120 },
  { mean: 145, scale: 13, upTo: 170 },
  { mean: 193, scale: 11, upTo: 215 },
  { mean: 232, scale: 7, upTo: 246 },
  { mean: 252.5, scale: 1.2, upTo: 255 },
];
