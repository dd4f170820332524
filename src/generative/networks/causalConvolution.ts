import * as tf from "@tensorflow/tfjs";
import { assertRandom, type Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import type { CausalLayer, Places } from "./causal.ts";
import { MASK_TYPES, type MaskType } from "./maskedDense.ts";
import type { Parameters } from "./parameters.ts";
import { placeByPlace } from "./placeByPlace.ts";
import { assertSizes } from "./sizes.ts";

export interface CausalConvolutionOptions {
  inputs: number;
  outputs: number;
  /** How many places of the sequence the kernel touches. */
  width: number;
  /** How far apart they are. Default: 1. */
  dilation?: number;
  /** `B` sees its own place and earlier ones; `A` begins with the one before. Default: B. */
  type?: MaskType;
}

/**
 * `y_t = Σ_j x_(t − j·dilation) W_j + b` for j = 0 … width − 1 (type B), or with t − 1 in place of t (type A).
 *
 * Before the sequence there are zeros. With stacked layers of dilation 1, 2, 4, … the reach doubles a layer while
 * cost and parameters grow by a constant. van den Oord et al., WaveNet: A Generative Model for Raw Audio, 2016,
 * section 2.1. Sequences are images of one row: [batch, 1, T, inputs] -> [batch, 1, T, outputs].
 */
export class CausalConvolution implements CausalLayer {
  readonly parameters: Parameters;
  private readonly kernel: tf.Variable<tf.Rank.R4>;
  private readonly bias: tf.Variable;
  /** How far back each entry of the kernel looks, the last entry first in time. */
  readonly lags: readonly number[];

  constructor(random: Random, { inputs, outputs, width, dilation = 1, type = "B" }: CausalConvolutionOptions) {
    assertRandom("CausalConvolution", random);
    assertSizes("CausalConvolution", { inputs, outputs, width, dilation });
    assertChoice("CausalConvolution", "type", type, MASK_TYPES, "leave it out for B");
    const first = type === "A" ? 1 : 0;
    this.lags = Array.from({ length: width }, (_, j) => first + (width - 1 - j) * dilation);
    this.dilation = dilation;
    const scale = Math.sqrt(1 / (inputs * width));
    this.kernel = tf.tidy(() => tf.variable(random.normal([1, width, inputs, outputs]).mul(scale) as tf.Tensor4D));
    this.bias = tf.tidy(() => tf.variable(tf.zeros([outputs])));
    this.parameters = { kernel: this.kernel, bias: this.bias };
  }

  readonly dilation: number;

  apply(x: tf.Tensor): tf.Tensor {
    const T = x.shape[2] as number;
    const past = tf.pad(x, [
      [0, 0],
      [0, 0],
      [this.lags[0] as number, 0],
      [0, 0],
    ]); // zeros before the sequence
    const y = tf.conv2d(past as tf.Tensor4D, this.kernel, 1, "valid", "NHWC", [1, this.dilation]);
    return y.slice([0, 0, 0, 0], [-1, -1, T, -1]).add(this.bias);
  }

  stepwise({ count }: Places): ReturnType<CausalLayer["stepwise"]> {
    const taps = this.lags.map((lag, tap) => ({ offset: [0, -lag] as const, tap }));
    return placeByPlace(this.kernel, this.bias, taps, count);
  }
}
