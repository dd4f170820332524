import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import { assertEvery } from "../distributions/check.ts";
import { isKnownWithin } from "../distributions/numbers.ts";
import { logSigmoid } from "../distributions/tails.ts";
import { withGradient } from "../distributions/withGradient.ts";
import type { Bijection, Transformed } from "./bijection.ts";
import { BELOW_ONE, fromUnit, insideUnit, inverseTanh, logit, logitDerivative, SMALLEST } from "./openInterval.ts";

/**
 * `z_i = f(x_i)`, `log |det J| = Σ_i log |f′(x_i)|`: one function for every coordinate, so that J is diagonal.
 *
 * It mixes nothing, but moves the range: to (0, 1), to (−1, 1), to (0, ∞), or back to the whole line. It inverts where
 * its two functions do.
 */
export class Elementwise implements Bijection {
  readonly parameters = {};

  constructor(
    private readonly f: (x: tf.Tensor) => tf.Tensor,
    private readonly inverseOf: (z: tf.Tensor) => tf.Tensor,
    /** log |f′(x)|, of the shape of x */
    private readonly logDerivative: (x: tf.Tensor) => tf.Tensor,
    /** What both are given in the place of x. */
    private readonly prepare: (x: tf.Tensor) => tf.Tensor = x => x,
  ) {}

  forward(x: tf.Tensor): Transformed {
    const prepared = this.prepare(x);
    return { z: this.f(prepared), logDet: this.logDerivative(prepared).sum(-1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return this.inverseOf(z);
  }
}

/**
 * `z = 1/(1 + e^−x)`, from the real line to (0, 1); log f′ = −x − 2 log(1 + e^−x).
 *
 * Inverts −87 ≤ x ≤ 16.6 to the rounding of z: 1e-5 (1 + |x|) below 0, and 6e-8 e^x above, where the float32 next below 1
 * is x = 16.6. Beyond, z stays at 2⁻¹²⁶ and 1 − 2⁻²⁴, and log f′ is right for every x.
 *
 * @throws RangeError where a z to invert lies outside [0, 1]; 0 and 1 stand for their neighbours inside
 */
export const sigmoidLayer = (): Bijection =>
  new Elementwise(sigmoid, z => logit(fromUnit("sigmoidLayer.inverse", z)), logSigmoidDerivative);

/**
 * `z = log x − log(1 − x)`, from (0, 1) to the real line: what comes before layers that live on the line.
 *
 * Inverts −87 ≤ z ≤ 16.6, and x to 6e-8 · (1 + |z|) of itself. x = 0 and x = 1, as rounding leaves them of 255.99999 / 256,
 * stand for their neighbours 2⁻¹²⁶ and 1 − 2⁻²⁴, so that z and log f′ are finite.
 *
 * @throws RangeError where x lies outside [0, 1], in calls that may look at numbers; NaN comes out in others
 */
export const logitLayer = (): Bijection =>
  new Elementwise(logit, sigmoid, logitDerivative, x => fromUnit("logitLayer", x));

/**
 * `z = tanh x`, from the real line to (−1, 1); log f′ = 2 (log 2 − |x| − log(1 + e^−2|x|)).
 *
 * Inverts |x| ≤ 8.6 to the rounding of z, 6e-8 cosh² x. Beyond, z stays at ±(1 − 2⁻²⁴), and log f′ is right for every x.
 *
 * @throws RangeError where a z to invert lies outside [−1, 1]; ±1 stand for their neighbours inside
 */
export const tanhLayer = (): Bijection =>
  new Elementwise(
    x => (isKnownWithin(x, -8, 8) ? x.tanh() : keepNaN(x, insideOf(x.tanh()))),
    z => inverseTanh("tanhLayer.inverse", z),
    x => logSigmoidDerivative(x.mul(2)).add(2 * Math.LN2),
  );

/**
 * `z = log(1 + e^x)`, from the real line to (0, ∞); log f′ = log σ(x). Units: log-determinants in nats.
 *
 * Inverts −86 ≤ x ≤ 3e38, to 1e-5 below 0 and 1e-6 (1 + x) above. Below, z stays at 2⁻¹²⁶, and log f′ is right for every x.
 * `softplus` of Dugas et al., Incorporating Second-Order Functional Knowledge, 2001, eq. 4; its inverse is
 * `x = z + log(1 − e^−z)`.
 *
 * @throws RangeError where a z to invert is negative; 0 stands for 2⁻¹²⁶
 * @example
 * const { z, logDet } = softplusLayer().forward(tf.tensor2d([[0]]));
 * [z, logDet].map(value => value.dataSync()[0].toFixed(4)) // => ["0.6931", "-0.6931"]
 */
export const softplusLayer = (): Bijection =>
  new Elementwise(
    x => keepNaN(x, logSigmoid(x.neg()).neg().maximum(SMALLEST)),
    z => {
      const inside = fromPositive("softplusLayer.inverse", z);
      return inside.add(inside.neg().expm1().neg().log());
    },
    logSigmoid,
  );

/**
 * `z = e^x`, from the real line to (0, ∞); log f′ = x. Turned round, `new Inverse(expLayer())`, it is the logarithm.
 *
 * Inverts −87 ≤ x ≤ 88.7 to 6e-8 (1 + |x|). Beyond, z stays at 2⁻¹²⁶ and 3.4e38, and log f′ is right for every x. With a
 * Normal base behind its inverse, it makes the log-normal density.
 *
 * @throws RangeError where a z to invert is negative; 0 stands for 2⁻¹²⁶
 * @example
 * expLayer().forward(tf.tensor2d([[1, -3]])).logDet.dataSync()[0] // => -2
 */
export const expLayer = (): Bijection =>
  new Elementwise(
    x => keepNaN(x, x.clipByValue(LEAST, MOST).exp()),
    z => fromPositive("expLayer.inverse", z).log(),
    x => x,
  );

/**
 * `z = (x − shift) / scale`, with constants: units before a flow, such as pixels 0 … 256 to (0, 1).
 *
 * Inverts every x whose z is finite, to the rounding of x − shift.
 *
 * @throws RangeError where the scale is 0, or one of the two is not finite
 */
export function scaleLayer(scale: number, shift = 0): Bijection {
  if (scale === 0) throw new RangeError("scaleLayer: scale must not be 0, but got 0; every x would have the same z.");
  if (!Number.isFinite(scale) || !Number.isFinite(shift)) {
    throw new RangeError(
      `scaleLayer: scale and shift must be finite, but got ${scale} and ${shift}; take both from the range of the data.`,
    );
  }
  return new Elementwise(
    x => x.sub(shift).div(scale),
    z => z.mul(scale).add(shift),
    x => tf.fill(x.shape, -Math.log(Math.abs(scale))),
  );
}

/** Whose exponentials are the smallest and the largest float32 with all of their digits. */
const [LEAST, MOST] = [-87.33654, 88.722];

/** 1/(1 + e^−x), inside (0, 1), with the derivative z (1 − z). From −80 to 16 an operator has all of that. */
const sigmoid = (x: tf.Tensor) => (isKnownWithin(x, -80, 16) ? x.sigmoid() : keepNaN(x, insideUnit(toUnit(x))));

const toUnit = withGradient(
  x => (isTracing() ? fromExponential(x) : fromHalves(x)),
  (x, dy) => {
    const z = isTracing() ? fromExponential(x) : x.sigmoid();
    return dy.mul(z.sub(z.square()));
  },
);

/** Compiled, onnxruntime's own sigmoid loses its digits below −10. */
const fromExponential = (x: tf.Tensor) => x.neg().clipByValue(-Infinity, 87).exp().add(1).reciprocal();

/** σ(x) = h²/(h² + g²) with h = σ(x/2) and g = σ(−x/2): in WebAssembly σ takes an eighth of exp, but may be 0 below −86. */
const fromHalves = (x: tf.Tensor) => {
  const half = x.mul(0.5);
  const [h, g] = [half.sigmoid().square(), half.neg().sigmoid().square()];
  return h.div(h.add(g));
};

/** Where tanh is ±1, its derivative is 0 by itself. */
const insideOf = withGradient(
  z => z.clipByValue(-BELOW_ONE, BELOW_ONE),
  (_, dy) => dy.clone(),
);

/** What clipping swallows on some backends, though not in compiled steps. */
const keepNaN = (x: tf.Tensor, z: tf.Tensor) => (isTracing() ? z : tf.where(x.isNaN(), x, z));

function fromPositive(what: string, z: tf.Tensor): tf.Tensor {
  assertEvery(what, "z must not be negative", "only what the layer gives out can be inverted", z, { least: 0 });
  return tf.where(z.greaterEqual(0).logicalAnd(z.less(SMALLEST)), tf.fill(z.shape, SMALLEST), z);
}

/** log σ′(x) = −|x| − 2 log(1 + e^−|x|), with the derivative 1 − 2 σ(x), which has no corner at 0. */
export const logSigmoidDerivative = withGradient(
  x => {
    const size = x.abs();
    return size.neg().softplus().mul(-2).sub(size);
  },
  (x, dy) => dy.mul(x.sigmoid().mul(-2).add(1)),
);
