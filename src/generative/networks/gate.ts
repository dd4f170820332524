import * as tf from "@tensorflow/tfjs";
import type { CausalLayer, FeaturesAt } from "./causal.ts";

/**
 * `tanh(a) ⊙ σ(b)`, where a and b are the two halves of the channels: what passes, and how much of it.
 *
 * van den Oord et al., Conditional Image Generation with PixelCNN Decoders, 2016, eq. 2.
 */
export const gate: CausalLayer = {
  parameters: {},
  apply: x => {
    const [a, b] = tf.split(x, 2, -1) as [tf.Tensor, tf.Tensor];
    return a.tanh().mul(b.sigmoid());
  },
  stepwise:
    ({ count }) =>
    (input, row, column) =>
      gateNumbers((input as FeaturesAt)(row, column) as Float64Array, count),
};

/** The same for `count` rows of plain numbers. */
export function gateNumbers(x: Float64Array, count: number): Float64Array {
  const channels = x.length / count / 2;
  return Float64Array.from({ length: count * channels }, (_, i) => {
    const at = Math.floor(i / channels) * 2 * channels + (i % channels);
    return Math.tanh(x[at] as number) / (1 + Math.exp(-(x[at + channels] as number)));
  });
}
