import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "./parameters.ts";

/**
 * `h ← h + conv(relu(conv(relu(h))))`, some blocks of it between a first and a last 3 × 3 convolution.
 *
 * [batch, h, w, channels] -> [batch, h, w, outputs]. The last convolution starts at 0, so the network starts as the
 * constant 0. Blocks: He et al., Identity Mappings in Deep Residual Networks, 2016; without normalisation.
 */
export class ResidualConvolution {
  readonly parameters: Parameters;
  private readonly blocks: number;

  constructor(
    random: Random,
    { channels, features, blocks, outputs }: { channels: number; features: number; blocks: number; outputs: number },
  ) {
    this.blocks = blocks;
    const convolution = (name: string, from: number, to: number, gain: number) =>
      tf.tidy(() => ({
        [`${name}.filter`]: tf.variable(random.normal([3, 3, from, to]).mul(gain / Math.sqrt(9 * from))),
        [`${name}.bias`]: tf.variable(tf.zeros([to])),
      }));
    const inner = Array.from({ length: blocks }, (_, i) => ({
      ...convolution(`block${i + 1}a`, features, features, Math.SQRT2),
      ...convolution(`block${i + 1}b`, features, features, 0.5),
    }));
    this.parameters = Object.assign(
      convolution("first", channels, features, 1),
      ...inner,
      convolution("last", features, outputs, 0),
    );
  }

  apply(x: tf.Tensor4D): tf.Tensor4D {
    const convolve = (h: tf.Tensor, name: string) =>
      tf
        .conv2d(h as tf.Tensor4D, this.parameters[`${name}.filter`] as unknown as tf.Tensor4D, 1, "same")
        .add(this.parameters[`${name}.bias`] as tf.Tensor);
    let h = convolve(x, "first");
    for (let i = 1; i <= this.blocks; i++) {
      h = h.add(convolve(convolve(h.relu(), `block${i}a`).relu(), `block${i}b`));
    }
    return convolve(h.relu(), "last") as tf.Tensor4D;
  }
}
