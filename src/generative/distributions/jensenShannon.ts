import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Bernoulli } from "./bernoulli.ts";
import { Categorical, LOGITS } from "./categorical.ts";
import { assertDefined } from "./check.ts";
import type { Distribution } from "./distribution.ts";
import { CLOSE, polynomial, whereNeeded } from "./remainders.ts";
import { withGradients } from "./withGradient.ts";
import { withoutInfinities } from "./withoutInfinities.ts";

/** Draws for an estimate: `samples` of them from each of the two distributions. */
export interface Draws {
  random: Random;
  samples: number;
}

/**
 * `JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m)` with `m = (p + q)/2`, in nats: [...batch].
 *
 * Symmetric, from 0, where p = q, to log 2, where they share no support; never infinite. In closed form for one variable
 * of type `Bernoulli` or `Categorical`, [...batch, 1]; for all else, several variables included (m has no independent
 * ones), an unbiased estimate from draws, differentiable through reparameterised ones. Lin, Divergence Measures Based on
 * the Shannon Entropy, 1991, eq. 4.1; it is what a GAN with its best discriminator minimises, Goodfellow et al., 2014.
 *
 * @throws TypeError for a pair without a closed form where no draws are given
 * @throws RangeError where p and q differ in their number of variables or values, or a result is NaN
 * @example
 * jensenShannon(new Categorical([[0, -Infinity]]), new Categorical([[-Infinity, 0]])).arraySync() // => 0.6931471824645996
 */
export function jensenShannon<Name extends string>(
  p: Distribution<Name>,
  q: Distribution<NoInfer<Name>>,
  draws?: Draws,
): tf.Tensor {
  const [logP, logQ] = [logTable(p), logTable(q)];
  if (logP && logQ && !draws) return assertDefined("jensenShannon", LOGITS, ofTables(logP, logQ));
  if (draws) return fromDraws(p, q, draws);
  throw new TypeError(
    `jensenShannon: without draws both must be one bit or one category, but got ${words(p)} and ${words(q)}; pass { random, samples }.`,
  );
}

/** log p of each value of the only variable: [...batch, K] */
function logTable(distribution: Distribution): tf.Tensor | undefined {
  if (distribution instanceof Categorical && distribution.shape.at(-1) === 1) {
    return distribution.logProbabilities.squeeze([-2]);
  }
  if (distribution instanceof Bernoulli && distribution.shape.at(-1) === 1) {
    const { logits } = distribution;
    return tf.concat([logits.softplus(), logits.neg().softplus()], -1).neg();
  }
  return undefined;
}

/** Σ_k m_k log 2 − ½ p_k log(1 + q_k/p_k) − ½ q_k log(1 + p_k/q_k) with m = (p + q)/2 */
function ofTables(logP: tf.Tensor, logQ: tf.Tensor): tf.Tensor {
  if (logP.shape.at(-1) !== logQ.shape.at(-1)) {
    throw new RangeError(
      `jensenShannon: both must have as many values, but got ${logP.shape.at(-1)} and ${logQ.shape.at(-1)}; give a value without probability the logit −∞.`,
    );
  }
  return terms(logP, logQ).sum(-1);
}

/**
 * A term for each value, none of them negative. For close p and q it is m (τ²/2 + τ⁴/12 + τ⁶/30 + …), with
 * τ = (q − p)/(q + p): `½ ((1 + τ) log(1 + τ) + (1 − τ) log(1 − τ))`, whose parts are of the first order. ∂/∂log p is
 * ½ p log(p/m).
 */
const terms = withGradients(
  (logP, ...others) => {
    const logQ = others[0] as tf.Tensor;
    const change = changeOf(logP, logQ);
    const [p, q] = [logP.exp(), logQ.exp()];
    const m = p.add(q).mul(0.5);
    const z = change.mul(0.5).tanh().square(); // τ²
    const near = () => m.mul(z).mul(polynomial(z, [1 / 2, 1 / 12, 1 / 30, 1 / 56, 1 / 90]));
    const far = () => m.mul(Math.LN2).sub(ofOne(p, change).add(ofOne(q, change.neg())).mul(0.5));
    return whereNeeded(z.less(CLOSE ** 2), near, far);
  },
  (logs, dy) => {
    const [logP, logQ] = logs as [tf.Tensor, tf.Tensor];
    const change = changeOf(logP, logQ);
    const of = (log: tf.Tensor, change: tf.Tensor) =>
      dy.mul(log.exp().mul(Math.LN2).sub(ofOne(log.exp(), change)).mul(0.5));
    return [of(logP, change), of(logQ, change.neg())];
  },
);

/** p log(1 + e^change), 0 where p = 0. */
function ofOne(p: tf.Tensor, change: tf.Tensor): tf.Tensor {
  return p.mul(change.softplus());
}

/** log(q/p), and 0 where both are 0. */
function changeOf(logP: tf.Tensor, logQ: tf.Tensor): tf.Tensor {
  return withoutInfinities(logQ).sub(withoutInfinities(logP));
}

function fromDraws(p: Distribution, q: Distribution, { random, samples }: Draws): tf.Tensor {
  const [x, y] = [p.sample(random, samples), q.sample(random, samples)]; // [samples, ...batch, d]
  const ofP = q.logProb(x).sub(p.logProb(x)).softplus().mean(0);
  const ofQ = p.logProb(y).sub(q.logProb(y)).softplus().mean(0);
  const estimate = ofP.add(ofQ).mul(-0.5).add(Math.LN2);
  return assertDefined("jensenShannon", "log-densities at the draws must be numbers", estimate);
}

function words(distribution: Distribution): string {
  const { shape } = distribution as { shape?: readonly number[] };
  return `${distribution.constructor.name} [${shape ?? ""}]`;
}
