import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { DiscretizedLogisticMixture, type Distribution } from "../distributions/index.ts";
import { naturalOrdering, type Parameters, ShortCuts } from "../networks/index.ts";
import { assertAtLeast } from "../networks/sizes.ts";
import { Autoregressive } from "./autoregressive.ts";
import { fromRaster, toRaster } from "./raster.ts";

export interface PixelCNNPlusPlusOptions {
  height: number;
  width: number;
  channels: number;
  /** M, components of the mixture for each pixel. Default: 5. */
  components?: number;
  /** K: a pixel is an integer from 0 to K − 1. Default: 256. */
  values?: number;
  /** ordering[k] is the dimension at place k of the raster scan. Default: the natural one. */
  ordering?: readonly number[];
}

/**
 * `p(x_i | x_<i) = Σ_m π_m [σ((x_i + ½ − μ_m)/s_m) − σ((x_i − ½ − μ_m)/s_m)]`, π, μ, s from a network of x_<i.
 *
 * Three numbers a component say what a softmax says with K: that neighbouring grey values are alike is built in. The
 * network halves the resolution once and has short cuts past it. Salimans, Karpathy, Chen & Kingma, PixelCNN++, 2017,
 * for grey images.
 */
export class PixelCNNPlusPlus extends Autoregressive {
  readonly parameters: Parameters;
  private readonly network: ShortCuts;
  private readonly options: Required<Omit<PixelCNNPlusPlusOptions, "ordering">>;

  constructor(random: Random, options: PixelCNNPlusPlusOptions) {
    const { height, width, channels, components = 5, values = 256, ordering } = options;
    super(ordering ?? naturalOrdering(height * width));
    assertAtLeast("PixelCNNPlusPlus", 1, { height, width, channels, components });
    assertAtLeast("PixelCNNPlusPlus", 2, { values });
    this.options = { height, width, channels, components, values };
    this.network = new ShortCuts(random, channels, 3 * components);
    this.parameters = this.network.parameters;
  }

  override get categories(): number {
    return this.options.values;
  }

  /** log p(x_i = v | x_<i) of every v. [batch, d] -> [batch, d, K], or logits [batch, d] for K = 2 */
  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    const log = this.conditionals(x).logProbabilities();
    if (this.categories > 2) return log;
    const [zero, one] = tf.unstack(log, -1) as [tf.Tensor, tf.Tensor];
    return one.sub(zero);
  }

  protected override conditionals(x: tf.Tensor): DiscretizedLogisticMixture<"x"> & Distribution<"x"> {
    const half = (this.categories - 1) / 2;
    const image = toRaster(x.div(half).sub(1), this.ordering, this.options);
    const [logits, shift, logScales] = tf
      .split(this.network.apply(image), 3, 3)
      .map(part => fromRaster(part, this.places));
    // The components start side by side.
    const M = this.options.components;
    const start = tf.tensor1d(Array.from({ length: M }, (_, m) => (2 * m + 1) / M - 1));
    const means = (shift as tf.Tensor).add(start).add(1).mul(half);
    const widths = (logScales as tf.Tensor).clipByValue(-7, 7).add(Math.log(half / M));
    return new DiscretizedLogisticMixture<"x">(this.categories, {
      logits: logits as tf.Tensor,
      means,
      logScales: widths,
    });
  }
}
