import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Dense, GRU, namedParts, type Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";

/**
 * `z_i = (x_i − μ(h_i)) e^−α(h_i)`, `h_i = GRU(h_i−1, (x_i−1, i/d))`: an autoregressive flow that shares one cell.
 *
 * The number of parameters does not depend on d. Both directions run the cell d times; only its first product, with
 * all inputs known, can be taken at once. α = 3 tanh(a/3), so that no scale runs away and every x is inverted.
 *
 * @throws RangeError where d or `hidden` is not a positive integer
 */
export class RecurrentFlow implements Bijection {
  readonly parameters: Parameters;
  private readonly cell: GRU;
  private readonly output: Dense;

  constructor(
    random: Random,
    private readonly d: number,
    { hidden }: { hidden: number },
  ) {
    assertSizes("RecurrentFlow", { d, hidden });
    this.cell = new GRU(random, 2, hidden);
    this.output = new Dense(random, hidden, 2);
    this.parameters = namedParts({ cell: this.cell, output: this.output });
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("RecurrentFlow", x, this.d);
    const batch = x.shape[0] as number;
    const before = tf.concat([tf.zeros([batch, 1]), x.slice([0, 0], [batch, this.d - 1])], 1); // x_i−1
    const places = tf.tile(tf.tensor2d([Array.from({ length: this.d }, (_, i) => i / this.d)]), [batch, 1]);
    const states = this.cell.apply(tf.stack([before, places], 2)); // [batch, d, hidden]
    const { mean, logScale } = this.read(states);
    const z = x.sub(mean.squeeze([2])).mul(logScale.squeeze([2]).neg().exp());
    return { z, logDet: logScale.sum([1, 2]).neg() };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return this.inverseWithLogDet(z).x;
  }

  inverseWithLogDet(z: tf.Tensor): { x: tf.Tensor; logDet: tf.Tensor } {
    assertRows("RecurrentFlow", z, this.d);
    const batch = z.shape[0] as number;
    let h: tf.Tensor = tf.zeros([batch, this.cell.hidden]);
    let previous: tf.Tensor = tf.zeros([batch, 1]);
    let logDet: tf.Tensor = tf.zeros([batch]);
    const columns = Array.from({ length: this.d }, (_, i) => {
      h = this.cell.step(h, tf.concat([previous, tf.fill([batch, 1], i / this.d)], 1));
      const { mean, logScale } = this.read(h);
      previous = z.slice([0, i], [batch, 1]).mul(logScale.exp()).add(mean);
      logDet = logDet.add(logScale.squeeze([1]));
      return previous;
    });
    return { x: tf.concat(columns, 1), logDet };
  }

  private read(states: tf.Tensor): { mean: tf.Tensor; logScale: tf.Tensor } {
    const [mean, raw] = tf.split(this.output.apply(states), 2, -1) as [tf.Tensor, tf.Tensor];
    return { mean, logScale: raw.div(3).tanh().mul(3) };
  }
}
