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
import { LARGEST, withoutInfinities } from "./withoutInfinities.ts";

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
  const root = q.std.sqrt().div(p.std.sqrt()); // √(σ_q/σ_p), which does not leave float32 where σ_q/σ_p does
  const shift = q.mean.sub(p.mean).div(p.std); // (μ_q − μ_p)/σ_p
  const squares = root.square().square().add(shift.square());
  return squares.sub(1).mul(0.5).sub(root.log().mul(2)).sum(-1);
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

/**
 * `KL = σ(ℓ_q)(ℓ_q − ℓ_p) + log(1 + e^ℓ_p) − log(1 + e^ℓ_q)`, summed over the last axis; ∂/∂ℓ_q = p (1 − p) (ℓ_q − ℓ_p)
 * with p = σ(ℓ_q), and ∂/∂ℓ_p = σ(ℓ_p) − p.
 *
 * Computed in the direction of q's likelier value, as max(−b, 0) + s (b − a) + log(1 + e^−|ℓ_p|) − log(1 + e^−a) with
 * a = |ℓ_q|, b = ℓ_p or −ℓ_p, and s = 1/(1 + e^a) for the other value: large numbers have no small differences.
 */
function klBernoulli(q: Bernoulli, p: Bernoulli): tf.Tensor {
  const divergence = tf.customGrad((...inputs) => {
    const [q, p, save] = inputs as unknown as [tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([q, p]);
    return {
      value: divergenceOfBits(q, p),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [q, p] = saved as [tf.Tensor, tf.Tensor];
        const [each, one] = [dy.expandDims(-1), q.sigmoid()];
        const difference = q.clipByValue(-LARGEST, LARGEST).sub(p.clipByValue(-LARGEST, LARGEST));
        const ofQ = one.sub(one.square()).mul(difference);
        return [summedTo(q.shape, each.mul(ofQ)), summedTo(p.shape, each.mul(p.sigmoid().sub(one)))];
      },
    };
  });
  return divergence(q.logits, p.logits);
}

function divergenceOfBits(q: tf.Tensor, p: tf.Tensor): tf.Tensor {
  const a = q.abs();
  const odds = a.neg().exp();
  const b = p.clipByValue(-LARGEST, LARGEST).mul(q.step().mul(2).sub(1));
  const difference = b.sub(a.clipByValue(0, LARGEST)); // ±(ℓ_p − ℓ_q)
  const large = odds.div(odds.add(1)).mul(difference).add(b.neg().relu());
  const small = p.abs().neg().softplus().sub(a.neg().softplus());
  const violated = p.isInf().toFloat().mul(difference).square(); // ∞ where p rules out what q has
  return large.add(small).add(violated).sum(-1);
}

/** The gradient of what was repeated to the shape of x. */
function summedTo(shape: number[], x: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return axes.length === 0 ? x : x.sum(axes).reshape(shape);
}

/** Σ_k q_k (log q_k − log p_k), summed over the last axis. */
function klCategorical(q: Categorical, p: Categorical): tf.Tensor {
  const [logQ, logP] = [q.logProbabilities, p.logProbabilities];
  const difference = withoutInfinities(logQ).sub(withoutInfinities(logP));
  const terms = logQ.exp().mul(difference).sum(-1); // 0 log 0 = 0
  const violated = logP.isInf().toFloat().mul(difference).abs().sum(-1); // p rules out what q has
  return tf.where(violated.greater(0), tf.fill(terms.shape, Infinity), terms).sum(-1);
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
