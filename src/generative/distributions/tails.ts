import * as tf from "@tensorflow/tfjs";
import { assertTensor, isTracing, viewOf, viewsOf } from "../../engine/index.ts";
import { eachOf, isRecorded } from "./numbers.ts";
import { exponentOfTail, scaledTail, tailOf, tailRatio } from "./scaledTail.ts";
import { withGradient } from "./withGradient.ts";

/** The logarithms of a distribution function from both ends. */
export interface LogTails {
  /** log F */
  logCdf: tf.Tensor;
  /** log (1 − F) */
  logSurvival: tf.Tensor;
}

/** And of the density over each. */
export interface Tails extends LogTails {
  /** log f/F: the derivative of log F, as a logarithm. */
  logReversedHazard: tf.Tensor;
  /** log f/(1 − F) */
  logHazard: tf.Tensor;
}

/**
 * `log Φ(x)`, entry by entry, for tensors: float32, differentiable, and right in both tails.
 *
 * Its own relative error is below 5e-7 for every x ≤ 0; above, where 1 − Φ(x) shrinks as e^−x²/2, it is below
 * 5e-7 + 2e-7 x², which is what the rounding of x² leaves, until 1 − Φ is below the smallest float32 at x = 13. The
 * twin in float64 is `normalLogCdf`.
 *
 * @example
 * standardNormalLogCdf(tf.tensor([-20])).arraySync()[0].toFixed(3) // => "-203.917"
 */
export function standardNormalLogCdf(x: tf.Tensor): tf.Tensor {
  assertTensor("standardNormalLogCdf", "x", x);
  return tf.tidy(() => normalTails(x).logCdf);
}

/** `log (1 − Φ(x)) = log Φ(−x)`, entry by entry, with the accuracy of `standardNormalLogCdf`. */
export function standardNormalLogSurvival(x: tf.Tensor): tf.Tensor {
  assertTensor("standardNormalLogSurvival", "x", x);
  return tf.tidy(() => normalTails(x).logSurvival);
}

/**
 * `log σ(x) = −log(1 + e^−x)`, entry by entry, to 3e-7 of its value on both sides; log(1 − σ(x)) is log σ(−x).
 *
 * @example
 * logSigmoid(tf.tensor([20])).arraySync()[0].toExponential(3) // => "-2.061e-9"
 */
export function logSigmoid(x: tf.Tensor): tf.Tensor {
  assertTensor("logSigmoid", "x", x);
  return tf.tidy(() => {
    const { negative, size } = signAndSize(x);
    return tf.where(negative, x, tf.zerosLike(x)).sub(log1p(size.neg().exp()));
  });
}

/** log Φ(x) and log (1 − Φ(x)). */
export function normalLogTails(x: tf.Tensor): LogTails {
  if (!isRecorded()) return logTailsOf(x);
  const { negative, outer, inner } = sidesOf(x);
  return { logCdf: tf.where(negative, outer, inner), logSurvival: tf.where(negative, inner, outer) };
}

/** Outside of gradients in loops of float64, with operators for what these take longer for. */
function logTailsOf(x: tf.Tensor): LogTails {
  const outer = eachOf(x, value => tailOf(Math.abs(value)) - (value * value) / 2); // log Φ(−a)
  const smaller = outer.exp();
  const logs = smaller.neg().add(1).log();
  const [values, outers, smallers, rounded] = viewsOf([x, outer, smaller, logs]) as unknown as Four;
  const [logCdf, logSurvival] = [new Float32Array(x.size), new Float32Array(x.size)];
  for (let i = 0; i < x.size; i++) {
    const larger = Math.fround(1 - (smallers[i] as number));
    const inner = (rounded[i] as number) + (1 - larger - (smallers[i] as number)) / larger; // as in `log1p`
    const isNegative = (values[i] as number) < 0;
    logCdf[i] = isNegative ? (outers[i] as number) : inner;
    logSurvival[i] = isNegative ? inner : (outers[i] as number);
  }
  return { logCdf: tf.tensor(logCdf, x.shape, "float32"), logSurvival: tf.tensor(logSurvival, x.shape, "float32") };
}

type Numbers = ArrayLike<number>;
type Four = [Numbers, Numbers, Numbers, Numbers];

/** And log φ/Φ, log φ/(1 − Φ). */
export function normalTails(x: tf.Tensor): Tails {
  const { negative, outer, inner, rest, halfSquare } = sidesOf(x);
  const outerRatio = rest.neg().sub(HALF_LOG_2PI); // log φ(a)/Φ(−a), where the squares cancel
  const innerRatio = halfSquare.sub(inner).sub(HALF_LOG_2PI);
  return {
    logCdf: tf.where(negative, outer, inner),
    logSurvival: tf.where(negative, inner, outer),
    logReversedHazard: tf.where(negative, outerRatio, innerRatio),
    logHazard: tf.where(negative, innerRatio, outerRatio),
  };
}

/** log σ(x) and log (1 − σ(x)); to 1e-7 absolutely, which is quicker than `logSigmoid`. */
export function logisticLogTails(x: tf.Tensor): LogTails {
  return { logCdf: x.neg().softplus().neg(), logSurvival: x.softplus().neg() };
}

/** And the ratios of the density, which are the same two: σ′ = σ (1 − σ). */
export function logisticTails(x: tf.Tensor): Tails {
  const { logCdf, logSurvival } = logisticLogTails(x);
  return { logCdf, logSurvival, logReversedHazard: logSurvival, logHazard: logCdf };
}

/** With a = |x|: log Φ(−a) = −a²/2 + rest, and log Φ(a). */
function sidesOf(x: tf.Tensor) {
  const { negative, size: a } = signAndSize(x);
  const rest = scaledTail(a);
  const halfSquare = a.mul(-0.5).mul(a); // in this order: a² overflows where a²/2 does not
  const outer = halfSquare.add(rest);
  return { negative, rest, halfSquare, outer, inner: log1p(outer.exp().neg()) };
}

/** log φ(x) = −x²/2 − ½ log 2π */
export const normalLogDensity = (x: tf.Tensor): tf.Tensor => x.square().mul(-0.5).sub(HALF_LOG_2PI);

/** Φ(x), whose small values keep their digits, with the derivative φ(x). */
export function normalCdf(x: tf.Tensor): tf.Tensor {
  const cdf = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([x]);
    return {
      value: isTracing() ? cdfByOperators(x) : cdfOf(x),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => dy.mul(normalLogDensity(saved[0] as tf.Tensor).exp()),
    };
  });
  return cdf(x);
}

/** Q = Φ(−a) below 0, and 1 − Q above. */
function cdfByOperators(x: tf.Tensor): tf.Tensor {
  const smaller = x.mul(-0.5).mul(x).exp().mul(tailRatio(x.abs()));
  return tf.where(x.less(0), smaller, tf.scalar(1).sub(smaller));
}

/** In two loops of float64 about an operator, which takes exponentials quicker. */
function cdfOf(x: tf.Tensor): tf.Tensor {
  const exponentials = viewOf(eachOf(x, exponentOfTail).exp());
  let i = 0;
  return eachOf(x, value => {
    const smaller = (exponentials[i++] as number) / (1 + 0.3 * Math.abs(value));
    return value < 0 ? smaller : 1 - smaller;
  });
}

/** |x|, with derivative 1 at 0, so that what is made of its two sides has the same derivative from both. */
function signAndSize(x: tf.Tensor): { negative: tf.Tensor; size: tf.Tensor } {
  const negative = x.less(0);
  return { negative, size: tf.where(negative, x.neg(), x) };
}

/**
 * log(1 + x) for −1 < x ≤ 1, with the digits that wasm's own log1p loses near 0: log u of the rounded u = 1 + x, and what
 * was rounded off over u. Kahan, Branch Cuts for Complex Elementary Functions, 1987.
 */
const log1p = withGradient(
  x => {
    const u = x.add(1);
    return u.log().add(x.sub(u.sub(1)).div(u));
  },
  (x, dy) => dy.div(x.add(1)),
);

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
