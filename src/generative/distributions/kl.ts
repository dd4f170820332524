import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./bernoulli.ts";
import { Categorical, LOGITS } from "./categorical.ts";
import { assertDefined } from "./check.ts";
import type { Distribution } from "./distribution.ts";
import { Laplace } from "./laplace.ts";
import { MultivariateNormal } from "./multivariateNormal.ts";
import { Normal } from "./normal.ts";
import { diagonal, forwardSubstitution } from "./triangular.ts";
import { Uniform } from "./uniform.ts";

/**
 * `KL(q ‖ p) = E_q [log q(z) − log p(z)]` in closed form, in nats, summed over the last axis: [...batch].
 *
 * Never negative, and not symmetric: the expectation is over the first argument. ∞ where p rules out what q has; what q
 * does not have costs nothing. Normal pairs: Kingma & Welling, Auto-Encoding Variational Bayes, 2014, appendix B, for any
 * mean and standard deviation of p. Laplace pairs: Gil, Alajaji & Linder, Rényi Divergence Measures for Commonly Used
 * Univariate Continuous Distributions, 2013, table 3. Others: normals with any covariance, uniforms, bits, categories.
 *
 * @throws TypeError for a pair of families without a closed form here
 * @throws RangeError where they differ in dimension, or a parameter is NaN
 * @example
 * kl(new Normal<"z">([1, 0], [1, 1]), new Normal<"z">([0, 0], [1, 1])).arraySync() // => 0.5
 */
export function kl<Name extends string>(q: Distribution<Name>, p: Distribution<NoInfer<Name>>): tf.Tensor {
  assertAlike(q, p);
  return assertDefined("kl", `parameters must be numbers, and ${LOGITS}`, closedForm(q, p));
}

function closedForm(q: Distribution, p: Distribution): tf.Tensor {
  if (q instanceof Normal && p instanceof Normal) return klNormal(q, p);
  if (isGaussian(q) && isGaussian(p)) return klTriangular(triangular(q), triangular(p));
  if (q instanceof Bernoulli && p instanceof Bernoulli) return klBernoulli(q, p);
  if (q instanceof Categorical && p instanceof Categorical) return klCategorical(q, p);
  if (q instanceof Laplace && p instanceof Laplace) return klLaplace(q, p);
  if (q instanceof Uniform && p instanceof Uniform) return klUniform(q, p);
  throw new TypeError(
    `kl: the pair must have a closed form, but got ${family(q)} and ${family(p)}; estimate it from samples, as elbo does with { form: "joint" }.`,
  );
}

/** log(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²) / (2 σ_p²) − ½, summed over the last axis. */
function klNormal(q: Normal, p: Normal): tf.Tensor {
  const spread = q.std.div(p.std); //             σ_q/σ_p
  const shift = q.mean.sub(p.mean).div(p.std); // (μ_q − μ_p)/σ_p
  // The logarithm from square roots, whose ratio does not leave float32 where that of σ does.
  const logSpread = q.std.sqrt().div(p.std.sqrt()).log().mul(2);
  return spread.square().add(shift.square()).sub(1).mul(0.5).sub(logSpread).sum(-1);
}

/** ½ (|L_p⁻¹ L_q|² + |L_p⁻¹ (μ_q − μ_p)|² − d) + Σ_i log L_p,ii − log L_q,ii, with |·|² a sum of squares. */
function klTriangular(q: MultivariateNormal, p: MultivariateNormal): tf.Tensor {
  const columns = [...tf.unstack(q.scale, -1), q.mean.sub(p.mean)]; // of L_q, and the shift: [...batch, d]
  const squares = columns.map(column => forwardSubstitution(p.scale, column).square().sum(-1));
  const distance = squares.reduce((sum, square) => sum.add(square));
  const volumes = diagonal(p.scale).log().sum(-1).sub(diagonal(q.scale).log().sum(-1));
  return distance
    .sub(q.mean.shape.at(-1) as number)
    .mul(0.5)
    .add(volumes);
}

function isGaussian(distribution: Distribution): distribution is Normal | MultivariateNormal {
  return distribution instanceof Normal || distribution instanceof MultivariateNormal;
}

/** A diagonal Gaussian with its scale written as a matrix. */
function triangular(distribution: Normal | MultivariateNormal): MultivariateNormal {
  if (distribution instanceof MultivariateNormal) return distribution;
  const std = distribution.std.broadcastTo([...distribution.shape]);
  const mean = distribution.mean.broadcastTo([...distribution.shape]);
  return new MultivariateNormal(mean, std.expandDims(-1).mul(tf.eye(std.shape.at(-1) as number)));
}

/** q log(q/p) + (1 − q) log((1 − q)/(1 − p)), with log q = −log(1 + e^−ℓ), summed over the last axis. */
function klBernoulli(q: Bernoulli, p: Bernoulli): tf.Tensor {
  const one = divergence(q.logits.neg().softplus().neg(), p.logits.neg().softplus().neg());
  const zero = divergence(q.logits.softplus().neg(), p.logits.softplus().neg());
  return one.add(zero);
}

/** Σ_k q_k (log q_k − log p_k), summed over the last axis. */
function klCategorical(q: Categorical, p: Categorical): tf.Tensor {
  return divergence(q.logProbabilities, p.logProbabilities).sum(-1);
}

/** Σ q (log q − log p) over the last axis: q = 0 counts nothing, ∞ where p alone is 0. */
function divergence(logQ: tf.Tensor, logP: tf.Tensor): tf.Tensor {
  const [absentQ, absentP] = [logQ.isInf(), logP.isInf()];
  const finiteP = tf.where(absentP, tf.zerosLike(logP), logP);
  const terms = logQ.exp().mul(logQ.clipByValue(-LARGEST, LARGEST).sub(finiteP)).sum(-1); // 0 log 0 = 0
  const violations = absentP.toFloat().mul(absentQ.toFloat().neg().add(1)).sum(-1);
  return tf.where(violations.greater(0), tf.fill(terms.shape, Infinity), terms);
}

/** With δ = |μ_q − μ_p|: log(b_p/b_q) + δ/b_p + (b_q/b_p) e^(−δ/b_q) − 1, summed over the last axis. */
function klLaplace(q: Laplace, p: Laplace): tf.Tensor {
  const shift = q.mean.sub(p.mean).abs();
  const decay = q.scale.div(p.scale).mul(shift.div(q.scale).neg().exp());
  return p.scale.log().sub(q.scale.log()).add(shift.div(p.scale)).add(decay).sub(1).sum(-1);
}

/** log((b_p − a_p)/(b_q − a_q)), ∞ where the interval of q is not within that of p, summed over the last axis. */
function klUniform(q: Uniform, p: Uniform): tf.Tensor {
  const beyond = q.low.less(p.low).logicalOr(q.high.greater(p.high));
  const ratio = p.high.sub(p.low).log().sub(q.high.sub(q.low).log());
  return tf.where(beyond, tf.fill(ratio.shape, Infinity), ratio).sum(-1);
}

function assertAlike(one: Distribution, other: Distribution): void {
  const [q, p] = [one as Partial<Sized>, other as Partial<Sized>];
  const [d, e] = [q.shape?.at(-1), p.shape?.at(-1)];
  const alike = d === undefined || e === undefined || (d === e && q.categories === p.categories);
  const comparable = one.constructor === other.constructor || (isGaussian(one) && isGaussian(other));
  if (alike || !comparable) return;
  const size = ({ shape, categories }: Partial<Sized>) => (categories ? `[${shape}] of ${categories}` : `[${shape}]`);
  throw new RangeError(
    `kl: both distributions must have as many variables, of as many values, but got ${size(q)} and ${size(p)}; compare like with like.`,
  );
}

interface Sized {
  shape: readonly number[];
  categories: number;
}

function family(distribution: Distribution): string {
  return distribution.constructor.name;
}

/** What stands for ∞ in products with 0. */
const LARGEST = 3e38;
