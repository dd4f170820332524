import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  assertOrdering,
  MaskedPerceptron,
  type MaskedPerceptronOptions,
  namedParts,
  type Parameters,
  placesOf,
} from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed, unitRow } from "./bijection.ts";
import { Inverse } from "./composition.ts";

export interface AutoregressiveFlowOptions {
  /** ordering[k] is the coordinate that comes k-th. */
  ordering: readonly number[];
  hidden: readonly number[];
  /** Default: `"tanh"`, smooth; `"relu"` learns steep places sooner. */
  activation?: MaskedPerceptronOptions["activation"] & {};
}

/**
 * `z_i = (x_i − μ_i(x_<i)) e^−α_i(x_<i)`, `log |det J| = −Σ α_i`: an autoregressive model of Gaussians, read as a flow.
 *
 * x → z takes one pass, because every x_<i is there; z → x takes d, one coordinate after another. The masks of MADE
 * share one network among all coordinates. Papamakarios, Pavlakou & Murray, Masked Autoregressive Flow, 2017, eq. 3–5.
 *
 * Inverts while |α| < 87, where e^α is a float32, to 1e-7 e^Δα, with Δα the spread of the α on the way.
 *
 * `passes` counts what both directions cost: whole passes through the networks.
 *
 * @throws RangeError where the ordering is not a permutation of 0 … d − 1
 */
export class AutoregressiveFlow implements Bijection {
  readonly parameters: Parameters;
  readonly ordering: readonly number[];
  passes = 0;
  private readonly mean: MaskedPerceptron;
  private readonly logScale: MaskedPerceptron;

  constructor(random: Random, { ordering, hidden, activation = "tanh" }: AutoregressiveFlowOptions) {
    assertOrdering("AutoregressiveFlow", ordering);
    this.ordering = ordering;
    const degrees = placesOf(ordering).map(place => place + 1);
    const network = () => new MaskedPerceptron(random, { degrees, hidden, activation });
    this.mean = network();
    this.logScale = network();
    this.parameters = namedParts({ mean: this.mean, logScale: this.logScale });
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("AutoregressiveFlow", x, this.ordering.length);
    const { mean, logScale } = this.conditionals(x);
    return { z: x.sub(mean).mul(logScale.neg().exp()), logDet: logScale.sum(1).neg() };
  }

  /** Coordinate by coordinate, with a whole pass for each. */
  inverse(z: tf.Tensor): tf.Tensor {
    return this.inverseWithLogDet(z).x;
  }

  /** Both from the same d passes: in the last one every x_<i is known, and with it every α. */
  inverseWithLogDet(z: tf.Tensor): { x: tf.Tensor; logDet: tf.Tensor } {
    assertRows("AutoregressiveFlow", z, this.ordering.length);
    let x: tf.Tensor = tf.zerosLike(z);
    let logDet: tf.Tensor = tf.zeros([z.shape[0] as number]);
    for (const i of this.ordering) {
      const { mean, logScale } = this.conditionals(x);
      // What the network says of coordinates whose inputs are not known yet may overflow, and must not be looked at.
      const column = (values: tf.Tensor) => values.slice([0, i], [-1, 1]); // [n, 1]
      const value = column(z).mul(column(logScale).exp()).add(column(mean));
      x = x.add(value.mul(unitRow(i, this.ordering.length)));
      logDet = logDet.add(column(logScale).squeeze([1]));
    }
    return { x, logDet };
  }

  /** The same x, each hidden unit computed once, when its inputs are known: the work of one pass, in d steps. */
  inverseCached(z: tf.Tensor): tf.Tensor {
    assertRows("AutoregressiveFlow", z, this.ordering.length);
    const [count, d] = z.shape as [number, number];
    this.passes++;
    const [mean, logScale] = [this.mean.stepwise(this.ordering, count), this.logScale.stepwise(this.ordering, count)];
    const noise = z.dataSync();
    const x = new Float32Array(noise.length);
    let previous: Float32Array | undefined;
    for (const i of this.ordering) {
      const [m, a] = [mean.next(previous), logScale.next(previous)];
      previous = m.map((value, n) => (noise[n * d + i] as number) * Math.exp(a[n] as number) + value);
      for (let n = 0; n < count; n++) x[n * d + i] = previous[n] as number;
    }
    return tf.tensor2d(x, [count, d]);
  }

  /** μ(x) and α(x) of all coordinates, [n, d] each, in one pass. */
  conditionals(x: tf.Tensor): { mean: tf.Tensor; logScale: tf.Tensor } {
    this.passes++;
    return { mean: this.mean.apply(x), logScale: this.logScale.apply(x) };
  }
}

/**
 * `x_i = (z_i − μ_i(z_<i)) e^−α_i(z_<i)` for sampling in one pass: an autoregressive flow turned round.
 *
 * With the same networks it is the exact inverse of `AutoregressiveFlow`. Its density takes d passes at an x from
 * elsewhere, and one at its own samples, whose z is known. With −α for α and −μ e^−α for μ it is the form of Kingma et al., Improving Variational Inference with Inverse
 * Autoregressive Flow, 2016, eq. 10–11.
 */
export function inverseAutoregressiveFlow(flow: AutoregressiveFlow): Inverse {
  return new Inverse(flow);
}
