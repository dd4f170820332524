import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import { assertMethods } from "../exact/check.ts";
import { Bernoulli } from "./bernoulli.ts";
import { Categorical, LOGITS } from "./categorical.ts";
import { assertDefined, parameterShape } from "./check.ts";
import type { Distribution } from "./distribution.ts";
import { klBernoulli } from "./klBernoulli.ts";
import { Laplace } from "./laplace.ts";
import { belowLargest, logSoftmax } from "./logSumExp.ts";
import { MultivariateNormal } from "./multivariateNormal.ts";
import { Normal } from "./normal.ts";
import { nearExpRest, numbersOf, sumOfFew } from "./numbers.ts";
import { CLOSE, divergenceOfScales, expRemainder, logRemainder, scaleDivergence, whereNeeded } from "./remainders.ts";
import { signOf } from "./signOf.ts";
import { diagonal, forwardSubstitution } from "./triangular.ts";
import { Uniform } from "./uniform.ts";
import { withGradients } from "./withGradient.ts";
import { withoutInfinities } from "./withoutInfinities.ts";

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
  assertMethods("kl", "q", q, ["logProb"]);
  assertMethods("kl", "p", p, ["logProb"]);
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

/** Σ_i ½ (r² − 1) − log r + ½ ((μ_q − μ_p)/σ_p)² with r = σ_q/σ_p */
function klNormal(q: Normal, p: Normal): tf.Tensor {
  const few = sumOfFew(divergenceOfNormals, q.mean, q.std, p.mean, p.std);
  if (few) return few;
  const shift = q.mean.sub(p.mean).div(p.std);
  return scaleDivergence(q.std, p.std).add(shift.square().mul(0.5)).sum(-1);
}

function divergenceOfNormals(mean: number, std: number, meanOfP: number, stdOfP: number): number {
  return divergenceOfScales(std, stdOfP) + ((mean - meanOfP) / stdOfP) ** 2 / 2;
}

/**
 * Σ_i ½ (r_i² − 1) − log r_i with r_i = L_q,ii/L_p,ii, and ½ |·|² of what L_p⁻¹ L_q has below its diagonal and of
 * L_p⁻¹ (μ_q − μ_p). Below its diagonal L_p⁻¹ L_q is L_p⁻¹ (L_q − L_p), which is small where q and p are close.
 */
function klTriangular(q: MultivariateNormal, p: MultivariateNormal): tf.Tensor {
  const shift = q.mean.sub(p.mean).expandDims(-2); // [...batch, 1, d]
  const differences = transposed(q.scale.sub(p.scale)); // [...batch, d, d]
  const d = differences.shape.at(-1) as number;
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(shift.shape.slice(0, -2), differences.shape.slice(0, -2));
  const columns = [differences.broadcastTo([...batch, d, d]), shift.broadcastTo([...batch, 1, d])];
  const solved = forwardSubstitution(p.scale.expandDims(-3), tf.concat(columns, -2)); // [...batch, d + 1, d]
  const column = tf.range(0, d + 1).expandDims(-1);
  const counted = column.less(tf.range(0, d)).logicalOr(column.equal(d));
  const squares = tf.where(counted, solved, tf.zerosLike(solved)).square().sum(-1).sum(-1);
  return scaleDivergence(diagonal(q.scale), diagonal(p.scale)).sum(-1).add(squares.mul(0.5));
}

function transposed(A: tf.Tensor): tf.Tensor {
  const batch = A.shape.slice(0, -2).map((_, axis) => axis);
  return A.transpose([...batch, A.rank - 1, A.rank - 2]);
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

/**
 * Σ_k q_k (log q_k − log p_k), summed over the last axis; ∂/∂ℓ_q,k = q_k (log q_k − log p_k − KL), ∂/∂ℓ_p,k = p_k − q_k.
 *
 * Computed as Σ_k p_k − q_k + q_k (log q_k − log p_k): no term is negative, and those of close p_k and q_k are small.
 */
function klCategorical(q: Categorical, p: Categorical): tf.Tensor {
  return categoricalDivergence(q.logits, p.logits).squeeze([-1]).sum(-1);
}

/** [...batch, d, 1] */
const categoricalDivergence = withGradients(
  (q, p) =>
    isTracing()
      ? divergenceOfCategories(logSoftmax(q), logSoftmax(p as tf.Tensor))
      : divergenceOfNumbers(q, p as tf.Tensor),
  (logits, dy) => {
    const [logQ, logP] = logits.map(each => logSoftmax(each)) as [tf.Tensor, tf.Tensor];
    const ofQ = logQ.exp();
    const difference = withoutInfinities(logQ).sub(withoutInfinities(logP));
    const centred = difference.sub(ofQ.mul(difference).sum(-1, true));
    return [dy.mul(ofQ.mul(centred)), dy.mul(logP.exp().sub(ofQ))];
  },
);

function divergenceOfCategories(logQ: tf.Tensor, logP: tf.Tensor): tf.Tensor {
  const [ofQ, ofP] = [logQ.exp(), logP.exp()];
  const change = withoutInfinities(logP).sub(withoutInfinities(logQ));
  const near = () => ofQ.mul(expRemainder(change));
  const far = () => ofP.sub(ofQ).sub(ofQ.mul(change)); // 0 log 0 = 0
  const terms = tf.where(change.abs().less(CLOSE), near(), far()).sum(-1, true);
  const violated = logP.isInf().toFloat().mul(change).abs().sum(-1, true); // p rules out what q has
  return tf.where(violated.greater(0), tf.fill(terms.shape, Infinity), terms);
}

function divergenceOfNumbers(q: tf.Tensor, p: tf.Tensor): tf.Tensor {
  const shares = [q.softmax(), p.softmax()] as const;
  // Of the largest ℓ_k, log Σ_j exp(ℓ_j − ℓ_k) is −log p_k: no exponential is to be taken.
  const logs = [q, p].map((logits, i) => belowLargest(logits).add((shares[i] as tf.Tensor).max(-1, true).log()));
  const { shape, numbers } = numbersOf(...logs, ...shares);
  const [logsOfQ, logsOfP, ofQ, ofP] = numbers as [Numbers, Numbers, Numbers, Numbers];
  const terms = new Float32Array(logsOfQ.length);
  for (let i = 0; i < terms.length; i++) {
    const log = logsOfQ[i] as number;
    const share = ofQ[i] as number;
    const change = (logsOfP[i] as number) - log;
    if (Math.abs(change) < 1) terms[i] = share * nearExpRest(change);
    else if (log === -Infinity)
      terms[i] = ofP[i] as number; // 0 log 0 = 0
    else if (change === -Infinity)
      terms[i] = Infinity; // p rules out what q has
    else terms[i] = (ofP[i] as number) - share - share * change;
  }
  return tf.tensor(terms, shape, "float32").sum(-1, true);
}

type Numbers = ArrayLike<number>;

/** With δ = μ_q − μ_p, v = |δ|/b_q and r = b_q/b_p: r (e^−v − 1 + v) + r − 1 − log r, summed over the last axis. */
function klLaplace(q: Laplace, p: Laplace): tf.Tensor {
  return laplaceDivergence(q.mean.sub(p.mean), q.scale, p.scale).sum(-1);
}

/** ∂/∂δ = sign(δ) (1 − e^−v)/b_p, ∂/∂b_q = (e^−v (1 + v) − 1/r)/b_p, ∂/∂b_p = (1 − r v − r e^−v)/b_p. */
const laplaceDivergence = withGradients(
  (shift, ...scales) => {
    const [q, p] = scales as [tf.Tensor, tf.Tensor];
    const [v, r] = [shift.abs().div(q), q.div(p)];
    const near = () => r.mul(expRemainder(v.neg()));
    const far = () => shift.abs().div(p).add(r.mul(v.neg().expm1()));
    return whereNeeded(v.less(CLOSE), near, far).add(logRemainder(q, p));
  },
  (inputs, dy) => {
    const [shift, q, p] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    const each = dy.div(p);
    const [v, r] = [shift.abs().div(q), q.div(p)];
    const decay = v.neg().exp();
    const ofShift = signOf(shift).mul(v.neg().expm1()).neg();
    const ofQ = decay.mul(v.add(1)).sub(r.reciprocal());
    const ofP = shift.abs().div(p).add(r.mul(decay)).neg().add(1);
    return [each.mul(ofShift), each.mul(ofQ), each.mul(ofP)];
  },
);

/** log((b_p − a_p)/(b_q − a_q)), ∞ where the interval of q is not within that of p, summed over the last axis. */
function klUniform(q: Uniform, p: Uniform): tf.Tensor {
  const beyond = q.low.less(p.low).logicalOr(q.high.greater(p.high));
  const ratio = p.high.sub(p.low).log().sub(q.high.sub(q.low).log());
  return tf.where(beyond, tf.fill(ratio.shape, Infinity), ratio).sum(-1);
}

function assertAlike(one: Distribution, other: Distribution): void {
  const [q, p] = [one as Partial<Sized>, other as Partial<Sized>];
  const [d, e] = [q.shape?.at(-1), p.shape?.at(-1)];
  const comparable = one.constructor === other.constructor || (isGaussian(one) && isGaussian(other));
  if (d === undefined || e === undefined || !comparable) return;
  const size = ({ shape, categories }: Partial<Sized>) => (categories ? `[${shape}] of ${categories}` : `[${shape}]`);
  if (d === e && q.categories === p.categories) {
    parameterShape(`kl of ${family(one)} and ${family(other)}`, { q: q as Sized, p: p as Sized });
    return;
  }
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
