import * as tf from "@tensorflow/tfjs";
import { assertRandom, type Random } from "../../engine/index.ts";
import type { CausalLayer, Places } from "./causal.ts";
import { type ConvolutionMask, visibleOffsets } from "./convolutionMask.ts";
import type { Parameters } from "./parameters.ts";
import { placeByPlace } from "./placeByPlace.ts";
import { assertSizes } from "./sizes.ts";

export interface MaskedConvolutionOptions {
  inputs: number;
  outputs: number;
  /** Height and width of the kernel, odd; one number for a square. */
  size: number | readonly [height: number, width: number];
  mask: ConvolutionMask;
}

/**
 * `y_rc = Σ_(dy, dx) x_(r + dy)(c + dx) (W ⊙ M)_(dy, dx) + b`, the sum over the places that the mask M lets it see.
 *
 * Outside of the image there are zeros. All places share the kernel, so the number of parameters does not depend on
 * the size of the image. W starts with standard deviation √(1 / (inputs · places seen)), b at 0.
 * van den Oord, Kalchbrenner & Kavukcuoglu, Pixel Recurrent Neural Networks, 2016, section 3.4.
 */
export class MaskedConvolution implements CausalLayer {
  readonly parameters: Parameters;
  /** M: [height, width, 1, 1] of zeros and ones. */
  readonly kernelMask: tf.Tensor4D;
  /** The places [dy, dx] that it sees. */
  readonly offsets: readonly (readonly [dy: number, dx: number])[];
  private readonly kernel: tf.Variable<tf.Rank.R4>;
  private readonly bias: tf.Variable;

  constructor(random: Random, { inputs, outputs, size, mask }: MaskedConvolutionOptions) {
    assertRandom("MaskedConvolution", random);
    assertSizes("MaskedConvolution", { inputs, outputs });
    const [height, width] = typeof size === "number" ? [size, size] : size;
    if (![height, width].every(side => side % 2 === 1)) {
      throw new RangeError(
        `MaskedConvolution: size must be odd, but got [${[height, width]}]; a place is the centre of what it sees.`,
      );
    }
    this.offsets = visibleOffsets(mask, height, width);
    const ones = new Float32Array(height * width);
    for (const offset of this.offsets) ones[tapOf(offset, height, width)] = 1;
    this.kernelMask = tf.keep(tf.tensor4d(ones, [height, width, 1, 1]));
    const scale = Math.sqrt(1 / (inputs * Math.max(1, this.offsets.length)));
    this.kernel = tf.tidy(() => tf.variable(random.normal([height, width, inputs, outputs]).mul(scale) as tf.Tensor4D));
    this.bias = tf.tidy(() => tf.variable(tf.zeros([outputs])));
    this.parameters = { kernel: this.kernel, bias: this.bias };
  }

  /** With stride 2, only every second row and column: half the size, rounded up. */
  apply(x: tf.Tensor, stride: 1 | 2 = 1): tf.Tensor {
    const [height, width] = this.kernel.shape.map(side => (side - 1) / 2) as [number, number];
    const pads: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [height, height],
      [width, width],
      [0, 0],
    ];
    const kernel = this.kernel.mul(this.kernelMask) as tf.Tensor4D;
    return tf.conv2d(x as tf.Tensor4D, kernel, stride, stride === 1 ? "same" : pads).add(this.bias);
  }

  stepwise({ count }: Places): ReturnType<CausalLayer["stepwise"]> {
    const [height, width] = this.kernel.shape;
    const taps = this.offsets.map(offset => ({ offset, tap: tapOf(offset, height, width) }));
    return placeByPlace(this.kernel, this.bias, taps, count);
  }
}

/** A convolution of one place: the same dense layer everywhere. */
export function oneByOne(random: Random, inputs: number, outputs: number): MaskedConvolution {
  return new MaskedConvolution(random, { inputs, outputs, size: 1, mask: "B" });
}

/** The number of the kernel's entry for a place, row by row. */
function tapOf([dy, dx]: readonly [number, number], height: number, width: number): number {
  return (dy + (height - 1) / 2) * width + dx + (width - 1) / 2;
}
