import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Dense, namedParts, type Parameters, Perceptron, relu, ResidualConvolution } from "../networks/index.ts";
import type { Volume } from "./masks.ts";

/**
 * The network inside a coupling: from the coordinates that stay to `parts` numbers for every coordinate.
 *
 * It need not be invertible and nobody differentiates its Jacobian: any network will do.
 */
export interface Conditioner {
  readonly parameters: Parameters;
  /** x: [batch, d] -> parts tensors of [batch, d] */
  apply(x: tf.Tensor): tf.Tensor[];
}

/** Makes the network of a coupling over d coordinates that wants `parts` numbers for each. */
export type MakeConditioner = (random: Random, d: number, parts: number) => Conditioner;

/**
 * A perceptron whose last layer starts as N(0, start²): at 0, the default, every coupling starts as the identity.
 *
 * For couplings that only move, the identity is a saddle point where the data look the same from both sides: the mean
 * of what is to be moved is 0 wherever they stand, and so is the gradient. They need a start beside it.
 */
export const perceptronConditioner =
  (hidden: readonly number[], { activation = relu, start = 0 } = {}): MakeConditioner =>
  (random, d, parts) => {
    const body = new Perceptron(random, [d, ...hidden], activation);
    const output = new Dense(random, hidden.at(-1) ?? d, d * parts);
    output.kernel.assign(
      tf.tidy(() => (start === 0 ? tf.zerosLike(output.kernel) : random.normal(output.kernel.shape).mul(start))),
    );
    return {
      parameters: namedParts({ body, output }),
      apply: x => inParts(output.apply(body.apply(x)), parts, 1),
    };
  };

/** A residual convolutional network over images of that volume. */
export const convolutionConditioner =
  (volume: Volume, { features, blocks }: { features: number; blocks: number }): MakeConditioner =>
  (random, d, parts) => {
    const { height, width, channels } = volume;
    const network = new ResidualConvolution(random, { channels, features, blocks, outputs: parts * channels });
    return {
      parameters: network.parameters,
      apply: x => {
        const image = x.reshape([-1, height, width, channels]) as tf.Tensor4D;
        return inParts(network.apply(image), parts, 3).map(part => part.reshape([-1, d]));
      },
    };
  };

/** tfjs cannot differentiate a split into one part. */
const inParts = (y: tf.Tensor, parts: number, axis: number) => (parts === 1 ? [y] : tf.split(y, parts, axis));
