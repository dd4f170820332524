import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  type CausalLayer,
  Chain,
  MaskedConvolution,
  naturalOrdering,
  oneByOne,
  type Parameters,
  Residual,
  reluLayer,
} from "../networks/index.ts";
import { assertAtLeast } from "../networks/sizes.ts";
import { CausalModel } from "./causalModel.ts";

export interface PixelCNNOptions {
  height: number;
  width: number;
  /** h: the blocks have 2h channels outside and h inside. */
  channels: number;
  /** Residual blocks after the first layer. */
  blocks: number;
  /** K: a pixel is an integer from 0 to K − 1, and where K > 2 a name, not an amount: read as a one-hot vector. Default: 2. */
  values?: number;
  /** Sides of the kernels: of the first layer, type A, and of the blocks, type B. Default: 7 and 3. */
  size?: { first?: number; block?: number };
  /** ordering[k] is the dimension at place k of the raster scan. Default: the natural one. */
  ordering?: readonly number[];
}

/**
 * `logit p(x_i = 1 | x_<i) = CNN(x)_i` with convolutions that are masked: one of type A, then residual blocks of type B.
 *
 * A block is relu, 1 × 1 to h channels, relu, masked k × k, relu, 1 × 1 back to 2h, added to what came in. All
 * conditionals take one pass. Over K > 2 values a softmax takes the place of the logit. What lies above and to the right beyond the reach of the stack's slope is never seen:
 * the blind spot. van den Oord, Kalchbrenner & Kavukcuoglu, Pixel Recurrent Neural Networks, 2016, sections 3.3–3.5.
 *
 * @throws RangeError where the ordering is not a permutation of the height · width places
 * @example
 * const model = new PixelCNN(new Random(1), { height: 28, width: 28, channels: 16, blocks: 5 });
 * model.conditional(tf.zeros([2, 784])).shape // => [2, 784]
 */
export class PixelCNN extends CausalModel {
  readonly parameters: Parameters;
  protected readonly network: CausalLayer;
  private readonly values: number;

  constructor(random: Random, { height, width, channels: h, blocks, values = 2, size, ordering }: PixelCNNOptions) {
    super(ordering ?? naturalOrdering(height * width), height, width);
    assertAtLeast("PixelCNN", 0, { blocks });
    assertAtLeast("PixelCNN", 2, { values });
    this.values = values;
    const [inputs, outputs] = values === 2 ? [1, 1] : [values, values];
    const { first, block } = { first: 7, block: 3, ...size };
    const residual = () =>
      new Residual(
        new Chain({
          relu1: reluLayer,
          reduce: oneByOne(random, 2 * h, h),
          relu2: reluLayer,
          masked: new MaskedConvolution(random, { inputs: h, outputs: h, size: block, mask: "B" }),
          relu3: reluLayer,
          expand: oneByOne(random, h, 2 * h),
        }),
      );
    this.network = new Chain({
      first: new MaskedConvolution(random, { inputs, outputs: 2 * h, size: first, mask: "A" }),
      ...Object.fromEntries(Array.from({ length: blocks }, (_, i) => [`block${i + 1}`, residual()])),
      relu1: reluLayer,
      hidden: oneByOne(random, 2 * h, 2 * h),
      relu2: reluLayer,
      output: oneByOne(random, 2 * h, outputs),
    });
    this.parameters = this.network.parameters;
  }

  override get categories(): number {
    return this.values;
  }

  protected override read(values: tf.Tensor): tf.Tensor {
    return this.values === 2 ? super.read(values) : values.equal(tf.range(0, this.values)).toFloat();
  }

  protected override readValues(values: ArrayLike<number>): Float64Array {
    if (this.values === 2) return super.readValues(values);
    const oneHot = new Float64Array(values.length * this.values);
    for (let n = 0; n < values.length; n++) oneHot[n * this.values + (values[n] as number)] = 1;
    return oneHot;
  }
}
