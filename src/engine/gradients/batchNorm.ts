import type * as tf from "@tensorflow/tfjs";
import { gradient, sumTo } from "./gradient.ts";

type Statistics = [x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, scale: tf.Tensor];

/**
 * `dx = r scale dy`, `dmean = −Σ dx`, `dvariance = −½ r³ scale Σ (x − mean) dy`, `dscale = Σ r (x − mean) dy` and
 * `doffset = Σ dy` of `y = r (x − mean) scale + offset`, where `r = (variance + ε)^(−½)`.
 *
 * The sums run over the axes along which the statistics were repeated; tfjs-core knows only statistics of one axis,
 * and of the shape of x.
 */
export const batchNormGradients: tf.GradConfig[] = [
  gradient<Statistics, { varianceEpsilon: number }>(
    "FusedBatchNorm",
    { inputs: ["x", "mean", "variance", "scale"] },
    (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
      const r = () => variance.add(varianceEpsilon).rsqrt();
      const dx = () => dy.mul(r().mul(scale));
      return {
        x: dx,
        mean: () => sumTo(mean.shape, dx()).neg(),
        variance: () => {
          const own = variance.add(varianceEpsilon);
          return sumTo(variance.shape, dy.mul(x.sub(mean))).mul(scale.div(own.mul(own.sqrt())).mul(-0.5));
        },
        scale: () => sumTo(scale.shape, dy.mul(x.sub(mean).mul(r()))),
        offset: () => sumTo(mean.shape, dy),
      };
    },
  ),
];
