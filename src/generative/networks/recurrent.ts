import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "./parameters.ts";
import { assertSizes } from "./sizes.ts";

/**
 * `r = σ(x W_r + b_r + h U_r + c_r)`, `z = σ(x W_z + b_z + h U_z + c_z)`, `n = tanh(x W_n + b_n + r ⊙ (h U_n + c_n))`,
 * `h' = (1 − z) ⊙ n + z ⊙ h`: a gated recurrent unit, which reads a sequence into a state.
 *
 * Cho et al., Learning Phrase Representations using RNN Encoder–Decoder, 2014; the reset gate r stands after the
 * product, as in cuDNN and PyTorch, whose order r, z, n the columns of W: [inputs, 3 · hidden] and
 * U: [hidden, 3 · hidden] have. All start uniform in ±1/√hidden.
 */
export class GRU {
  readonly parameters: Parameters;
  private readonly W: tf.Variable;
  private readonly U: tf.Variable;
  private readonly b: tf.Variable;
  private readonly c: tf.Variable;

  constructor(
    random: Random,
    readonly inputs: number,
    readonly hidden: number,
  ) {
    assertSizes("GRU", { inputs, hidden });
    const limit = 1 / Math.sqrt(hidden);
    const uniform = (shape: number[]) =>
      tf.tidy(() =>
        tf.variable(
          random
            .uniform(shape)
            .mul(2 * limit)
            .sub(limit),
        ),
      );
    this.W = uniform([inputs, 3 * hidden]);
    this.U = uniform([hidden, 3 * hidden]);
    this.b = uniform([3 * hidden]);
    this.c = uniform([3 * hidden]);
    this.parameters = { W: this.W, U: this.U, b: this.b, c: this.c };
  }

  /** The states h_1 … h_T of a sequence, from h_0 = 0. [batch, T, inputs] -> [batch, T, hidden] */
  apply(sequence: tf.Tensor): tf.Tensor {
    const [batch = 0, T = 0] = sequence.shape;
    const projected = this.project(sequence.reshape([-1, this.inputs])).reshape([batch, T, -1]);
    let h: tf.Tensor = tf.zeros([batch, this.hidden]);
    const states = tf.unstack(projected, 1).map(x => {
      h = this.advance(h, x);
      return h;
    });
    return tf.stack(states, 1);
  }

  /** The next state. h: [batch, hidden], x: [batch, inputs] -> [batch, hidden] */
  step(h: tf.Tensor, x: tf.Tensor): tf.Tensor {
    return this.advance(h, this.project(x));
  }

  /** What the input says to the gates, for all times at once: x W + b. */
  private project(x: tf.Tensor): tf.Tensor {
    return x.matMul(this.W as tf.Tensor).add(this.b);
  }

  private advance(h: tf.Tensor, x: tf.Tensor): tf.Tensor {
    const [xr, xz, xn] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [hr, hz, hn] = tf.split(h.matMul(this.U as tf.Tensor).add(this.c), 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const r = xr.add(hr).sigmoid();
    const z = xz.add(hz).sigmoid();
    const n = xn.add(r.mul(hn)).tanh();
    return n.add(z.mul(h.sub(n))); // (1 − z) n + z h
  }
}
