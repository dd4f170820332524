import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { polynomial } from "./remainders.ts";
import { logSigmoid, normalTails } from "./tails.ts";

/**
 * `x with Φ(x) = p`, entry by entry, for tensors: float32, differentiable.
 *
 * −∞ at p = 0, and for p below 2⁻¹²⁶, which some backends take for 0; +∞ at 1; NaN outside [0, 1]. Right to
 * 5e-7 (1 + |x|) for the p that is given, and near ½ to 5e-7 |x|. The float32 next below 1 is 5.3 standard deviations out: ask for the upper
 * tail by `standardNormalQuantileOfLog`, or as −x of the lower. The twin in float64 is `normalQuantile`.
 *
 * @example
 * standardNormalQuantile(tf.tensor([1e-20])).arraySync()[0].toFixed(3) // => "-9.262"
 */
export function standardNormalQuantile(p: tf.Tensor): tf.Tensor {
  assertTensor("standardNormalQuantile", "p", p);
  return tf.tidy(() => {
    const upper = p.greater(0.5);
    const smaller = tf.where(upper, p.neg().add(1), p);
    const isNone = smaller.greaterEqual(0).logicalAnd(smaller.less(SMALLEST_NORMAL));
    const x = lowerQuantile(tf.where(isNone, tf.zerosLike(smaller), smaller).log());
    return nearMedian(p.sub(0.5), tf.where(upper, x.neg(), x));
  });
}

/**
 * `x with log Φ(x) = logP`, entry by entry: from −40 standard deviations (logP = −804.6) and beyond up to +13.
 *
 * With log(1 − Φ(x)) in place of logP it is −x. NaN where logP > 0.
 *
 * @example
 * standardNormalQuantileOfLog(tf.tensor([-804.6084])).arraySync()[0].toFixed(2) // => "-40.00"
 */
export function standardNormalQuantileOfLog(logP: tf.Tensor): tf.Tensor {
  assertTensor("standardNormalQuantileOfLog", "logP", logP);
  return tf.tidy(() => {
    const upper = logP.greater(-Math.LN2);
    // The unused branch must be finite, too: its derivative is multiplied by 0.
    const complement = tf.where(upper, logP, tf.fill(logP.shape, -1)).expm1().neg().log();
    const x = lowerQuantile(tf.where(upper, complement, logP));
    const beyond = logP.add(LN2[0]).add(LN2[1]); // log 2p
    return nearMedian(beyond.clipByValue(-1, 1).expm1().mul(0.5), tf.where(upper, x.neg(), x));
  });
}

/** `x with logit Φ(x) = ℓ`, that is Φ(x) = σ(ℓ): for every finite ℓ, and odd in it. */
export function standardNormalQuantileOfLogit(logit: tf.Tensor): tf.Tensor {
  assertTensor("standardNormalQuantileOfLogit", "logit", logit);
  return tf.tidy(() => {
    const upper = logit.greater(0);
    const x = lowerQuantile(logSigmoid(tf.where(upper, logit.neg(), logit)));
    return nearMedian(logit.mul(0.5).tanh().mul(0.5), tf.where(upper, x.neg(), x));
  });
}

/**
 * `x ≤ 0 with log Φ(x) = l`, for l ≤ log ½: a rational function of √(−2 l), then one step of Newton's on log Φ.
 *
 * log Φ is concave and its derivative φ/Φ known, so that an error of 4.5e-4 becomes one below 1e-7. Abramowitz &
 * Stegun, Handbook of Mathematical Functions, 1964, 26.2.23.
 */
function lowerQuantile(l: tf.Tensor): tf.Tensor {
  const solve = tf.customGrad((...inputs) => {
    const [l, save] = inputs as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    const s = l.mul(-2).sqrt().reciprocal(); // 1/t, which is 0 at l = −∞ and makes no ∞/∞
    const numerator = s.mul(2.515517).add(0.802853).mul(s).add(0.010328).mul(s);
    const denominator = s.add(1.432788).mul(s).add(0.189269).mul(s).add(0.001308);
    const start = numerator.div(denominator).sub(s.reciprocal());
    const { logCdf, logReversedHazard } = normalTails(start);
    const x = start.sub(logCdf.sub(l).mul(logReversedHazard.neg().exp()));
    const value = tf.where(start.isInf(), start, x);
    save([value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        dy.mul(
          normalTails(saved[0] as tf.Tensor)
            .logReversedHazard.neg()
            .exp(),
        ),
    };
  });
  return solve(l);
}

/**
 * x with Φ(x) = ½ + u where |u| < 0.1, and `elsewhere` for all other u: with y = 2π u² it is
 * √(2π) u (1 + y/6 + 7 y²/120 + 127 y³/5040 + 4369 y⁴/362880 + …), which keeps the sign and the digits of a small u.
 */
function nearMedian(u: tf.Tensor, elsewhere: tf.Tensor): tf.Tensor {
  const y = u.square().mul(2 * Math.PI);
  const series = polynomial(y, [1, 1 / 6, 7 / 120, 127 / 5040, 4369 / 362880, 34807 / 5702400]);
  return tf.where(u.abs().less(0.1), u.mul(Math.sqrt(2 * Math.PI)).mul(series), elsewhere);
}

/** log 2 as two float32. */
const LN2 = [Math.fround(Math.LN2), Math.LN2 - Math.fround(Math.LN2)] as const;

const SMALLEST_NORMAL = 2 ** -126;
