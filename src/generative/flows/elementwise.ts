import * as tf from "@tensorflow/tfjs";
import type { Bijection, Transformed } from "./bijection.ts";

/**
 * `z_i = f(x_i)`, `log |det J| = Σ_i log |f′(x_i)|`: one function for every coordinate, so that J is diagonal.
 *
 * It mixes nothing, but moves the range: to (0, 1), to (−1, 1), or back to the whole line.
 */
export class Elementwise implements Bijection {
  readonly parameters = {};

  constructor(
    private readonly f: (x: tf.Tensor) => tf.Tensor,
    private readonly inverseOf: (z: tf.Tensor) => tf.Tensor,
    /** log |f′(x)|, of the shape of x */
    private readonly logDerivative: (x: tf.Tensor) => tf.Tensor,
  ) {}

  forward(x: tf.Tensor): Transformed {
    return { z: this.f(x), logDet: this.logDerivative(x).sum(-1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return this.inverseOf(z);
  }
}

/** `z = 1/(1 + e^−x)`, from the real line to (0, 1); log f′ = −x − 2 log(1 + e^−x). */
export const sigmoidLayer = (): Bijection => new Elementwise(x => x.sigmoid(), logit, logSigmoidDerivative);

/** `z = log x − log(1 − x)`, from (0, 1) to the real line: what comes before layers that live on the line. */
export const logitLayer = (): Bijection =>
  new Elementwise(
    logit,
    z => z.sigmoid(),
    x => x.log().add(oneMinus(x).log()).neg(),
  );

/** `z = tanh x`, from the real line to (−1, 1); log f′ = 2 (log 2 − x − log(1 + e^−2x)). */
export const tanhLayer = (): Bijection =>
  new Elementwise(
    x => x.tanh(),
    z => z.atanh(),
    x => x.neg().sub(x.mul(-2).softplus()).add(Math.LN2).mul(2),
  );

/**
 * `z = (x − shift) / scale`, with constants: units before a flow, such as pixels 0 … 256 to (0, 1).
 *
 * @throws RangeError where the scale is 0
 */
export function scaleLayer(scale: number, shift = 0): Bijection {
  if (scale === 0) throw new RangeError("scaleLayer: scale must not be 0, but got 0; every x would have the same z.");
  return new Elementwise(
    x => x.sub(shift).div(scale),
    z => z.mul(scale).add(shift),
    x => tf.fill(x.shape, -Math.log(Math.abs(scale))),
  );
}

const oneMinus = (x: tf.Tensor) => x.neg().add(1);
const logit = (x: tf.Tensor) => x.log().sub(oneMinus(x).log());

/** −|x| − 2 log(1 + e^−|x|) without an |x|: log σ(x) + log σ(−x). */
export function logSigmoidDerivative(x: tf.Tensor): tf.Tensor {
  return x.softplus().add(x.neg().softplus()).neg();
}
