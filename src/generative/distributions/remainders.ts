import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import { nearLogRatio, numbersOf, TINY } from "./numbers.ts";
import { withGradients } from "./withGradient.ts";

// Both are second order at 0, where their parts are 0 to the first order and would cancel all digits. They are the values
// of functions that bring their own gradients: differentiate those, not these.

/** `e^x − 1 − x`, entry by entry, never negative: right to 1e-6 of itself from 1e-19 on. */
export function expRemainder(x: tf.Tensor): tf.Tensor {
  return whereNeeded(
    x.abs().less(CLOSE),
    () => nearExpRemainder(x),
    () => x.exp().sub(1).sub(x),
  );
}

/** The same for |x| < ¼, as a series. */
function nearExpRemainder(x: tf.Tensor): tf.Tensor {
  return polynomial(x, [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720]).mul(x.square());
}

/**
 * `½ (r² − 1) − log r` for r = a/b with a, b > 0: what two normals of one mean lose by their standard deviations, in nats.
 *
 * Never negative, and right to 1e-6 of itself however close a and b are, differentiable in both, and without an end
 * where a/b leaves float32.
 */
export const scaleDivergence = withGradients(
  (a, b) => {
    if (!isTracing()) return scaleDivergenceOf(a, b as tf.Tensor);
    const t = a.sub(b).div(b); // r − 1
    const near = t.square().mul(0.5).add(nearLogRemainder(t));
    const far = squaresLess1(t).mul(0.5).sub(logRatio(a, b));
    return tf.where(t.abs().less(CLOSE), near, far);
  },
  ([a, b], dy) => {
    const [top, bottom] = [a, b] as [tf.Tensor, tf.Tensor];
    const each = dy.mul(squaresLess1(top.sub(bottom).div(bottom)));
    return [each.div(top), each.div(bottom).neg()];
  },
) as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** Outside of compiled steps: what r = a/b does not tell, as it is near 1 or leaves float32, in float64. */
function scaleDivergenceOf(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const r = a.div(b);
  const { shape, numbers } = numbersOf(a, b, r, r.square().sub(1).mul(0.5).sub(r.log()));
  const [tops, bottoms, ratios, told] = numbers as [Numbers, Numbers, Numbers, Numbers];
  const divergences = new Float32Array(told);
  for (let i = 0; i < divergences.length; i++) {
    const ratio = ratios[i] as number;
    const isClose = Math.abs(ratio - 1) < CLOSE;
    if (!isClose && ratio > ORDINARY[0] && ratio < ORDINARY[1]) continue;
    divergences[i] = divergenceOfScales(tops[i] as number, bottoms[i] as number);
  }
  return tf.tensor(divergences, shape, "float32");
}

/** ½ (r² − 1) − log r for r = a/b, of float32 numbers in float64. */
export function divergenceOfScales(a: number, b: number): number {
  const t = (a - b) / b;
  const square = t * (t / 2 + 1); // ½ (r² − 1)
  if (Math.abs(t) >= CLOSE) return square - Math.log(a / b);
  return Math.abs(t) < TINY ? t * t * (1 - t / 3) : square - nearLogRatio(t / (2 + t));
}

type Numbers = ArrayLike<number>;

/** Ratios that float32 has with their squares. */
const ORDINARY = [1e-30, 1e15] as const;

/** `r − 1 − log r` for r = a/b with a, b > 0: never negative, right to 1e-6 of itself. */
export function logRemainder(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const t = a.sub(b).div(b);
  return whereNeeded(
    t.abs().less(CLOSE),
    () => nearLogRemainder(t),
    () => t.sub(logRatio(a, b)),
  );
}

/** `t − log(1 + t)` for |t| < ¼: with s = t/(2 + t) it is t s − 2 s³ (1/3 + s²/5 + s⁴/7 + …), for log(1 + t) = 2 artanh s. */
function nearLogRemainder(t: tf.Tensor): tf.Tensor {
  const s = t.div(t.add(2));
  const z = s.square();
  return s.mul(t.sub(z.mul(polynomial(z, [2 / 3, 2 / 5, 2 / 7, 2 / 9]))));
}

/**
 * `tf.where`, of which a half that no entry takes is not computed; a compiled step computes both, for every call.
 *
 * For values only: no gradient flows to the half that was left out.
 */
export function whereNeeded(condition: tf.Tensor, then: () => tf.Tensor, otherwise: () => tf.Tensor): tf.Tensor {
  if (!isTracing()) {
    const taken = condition.dataSync();
    if (!taken.includes(1)) return otherwise();
    if (!taken.includes(0)) return then();
  }
  return tf.where(condition, then(), otherwise());
}

/** Where the parts of a remainder keep fewer digits than its series. */
export const CLOSE = 0.25;

/** Σ_n c_n x^n */
export function polynomial(x: tf.Tensor, coefficients: readonly [number, ...number[]]): tf.Tensor {
  const [last, ...others] = coefficients.toReversed() as [number, ...number[]];
  const [first, ...rest] = others as [number, ...number[]];
  return rest.reduce((sum, c) => sum.mul(x).add(c), x.mul(last).add(first));
}

/** r² − 1 = t (t + 2) */
function squaresLess1(t: tf.Tensor): tf.Tensor {
  return t.mul(t.add(2));
}

/** log (a/b), also where a/b leaves float32. */
function logRatio(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return a.sqrt().div(b.sqrt()).log().mul(2);
}
