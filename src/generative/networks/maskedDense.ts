import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import { Dense } from "./dense.ts";
import type { Parameters } from "./parameters.ts";
import type { MaskedLayer } from "./unitByUnit.ts";

/**
 * Whether a unit may see a unit of its own degree. `A`: only lower degrees, so the connection straight across is
 * cut. `B`: lower and equal ones.
 */
export type MaskType = (typeof MASK_TYPES)[number];

export const MASK_TYPES = ["A", "B"] as const;

/**
 * `y = x (W ⊙ M) + b` with `M_ij = 1[m_j > m_i]` (type A) or `M_ij = 1[m_j ≥ m_i]` (type B).
 *
 * m are the degrees of the inputs and outputs: how many dimensions of an ordering a unit may know of. Stacks of
 * such layers pass nothing from higher to lower degrees. Germain, Gregor, Murray & Larochelle, MADE: Masked
 * Autoencoder for Distribution Estimation, 2015, eq. 8 (type B) and 9 (type A).
 */
export class MaskedDense {
  readonly parameters: Parameters;
  /** M: [inputs, outputs] of zeros and ones. */
  readonly mask: tf.Tensor2D;
  private readonly dense: Dense;

  constructor(
    random: Random,
    readonly inputDegrees: readonly number[],
    readonly outputDegrees: readonly number[],
    readonly type: MaskType,
  ) {
    assertChoice("MaskedDense", "type", type, MASK_TYPES, "A cuts the connection straight across");
    this.dense = new Dense(random, inputDegrees.length, outputDegrees.length);
    this.parameters = this.dense.parameters;
    this.mask = tf.keep(tf.tensor2d(inputDegrees.map(from => outputDegrees.map(to => (sees(type, to, from) ? 1 : 0)))));
  }

  /** x: [batch, inputs] -> [batch, outputs] */
  apply(x: tf.Tensor): tf.Tensor {
    return x.matMul(this.dense.kernel.mul(this.mask)).add(this.dense.bias);
  }

  /** The layer as plain numbers, for `unitByUnit`. */
  numbers(): MaskedLayer {
    const { inputDegrees, outputDegrees } = this;
    const kernel = this.dense.kernel.dataSync();
    return { kernel, mask: this.mask.dataSync(), bias: this.dense.bias.dataSync(), inputDegrees, outputDegrees };
  }
}

function sees(type: MaskType, to: number, from: number): boolean {
  return type === "A" ? to > from : to >= from;
}
