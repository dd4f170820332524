import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "./parameters.ts";
import { assertSizes } from "./sizes.ts";

export interface ConvolutionOptions {
  inputs: number;
  outputs: number;
  /** Side of the kernel. */
  size: number;
  /** Default: 1. With 2, half the height and half the width. */
  stride?: 1 | 2;
}

/**
 * `y_rc = Σ_(dy, dx) x_(r + dy)(c + dx) W_(dy, dx) + b`, with zeros outside of the image.
 *
 * [batch, height, width, inputs] -> [batch, height / stride, width / stride, outputs]. W starts with standard deviation
 * √(2 / (inputs · size²)), for relu units, b at 0.
 */
export class Convolution {
  readonly parameters: Parameters;
  readonly bias: tf.Variable;
  private readonly kernel: tf.Variable<tf.Rank.R4>;
  private readonly stride: 1 | 2;

  constructor(random: Random, { inputs, outputs, size, stride = 1 }: ConvolutionOptions) {
    assertSizes("Convolution", { inputs, outputs, size });
    const scale = Math.sqrt(2 / (inputs * size * size));
    this.kernel = tf.tidy(() => tf.variable(random.normal([size, size, inputs, outputs]).mul(scale) as tf.Tensor4D));
    this.bias = tf.tidy(() => tf.variable(tf.zeros([outputs])));
    this.stride = stride;
    this.parameters = { kernel: this.kernel, bias: this.bias };
  }

  apply(x: tf.Tensor): tf.Tensor {
    return tf.conv2d(x as tf.Tensor4D, this.kernel, this.stride, "same").add(this.bias);
  }
}
