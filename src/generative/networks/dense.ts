import * as tf from "@tensorflow/tfjs";
import { assertRandom, assertTensor, type Random } from "../../engine/index.ts";
import type { Parameters } from "./parameters.ts";
import { assertSizes } from "./sizes.ts";

/**
 * `y = x W + b`, on the last axis: [...batch, inputs] -> [...batch, outputs].
 *
 * W starts uniform in ±√(6 / (inputs + outputs)) and b at 0 (Glorot & Bengio, Understanding the difficulty of
 * training deep feedforward neural networks, 2010, eq. 16).
 */
export class Dense {
  readonly parameters: Parameters;
  readonly kernel: tf.Variable;
  readonly bias: tf.Variable;
  readonly inputs: number;
  readonly outputs: number;

  constructor(random: Random, inputs: number, outputs: number) {
    assertRandom("Dense", random);
    assertSizes("Dense", { inputs, outputs });
    const limit = Math.sqrt(6 / (inputs + outputs));
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = tf.tidy(() =>
      tf.variable(
        random
          .uniform([inputs, outputs])
          .mul(2 * limit)
          .sub(limit),
      ),
    );
    this.bias = tf.tidy(() => tf.variable(tf.zeros([outputs])));
    this.parameters = { kernel: this.kernel, bias: this.bias };
  }

  apply(x: tf.Tensor): tf.Tensor {
    assertTensor("Dense", "x", x);
    if (x.shape.at(-1) !== this.inputs) {
      throw new RangeError(
        `Dense: the last axis of x must have ${this.inputs} entries, but got shape [${x.shape}]; reshape x to [...batch, ${this.inputs}].`,
      );
    }
    const rows = x.rank === 2 ? x : x.reshape([-1, this.inputs]); // [rows, inputs]
    const y = rows.matMul(this.kernel as tf.Tensor).add(this.bias); // [rows, outputs]
    return x.rank === 2 ? y : y.reshape([...x.shape.slice(0, -1), this.outputs]); // [...batch, outputs]
  }
}
