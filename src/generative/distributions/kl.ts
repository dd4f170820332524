import * as tf from "@tensorflow/tfjs";
import { Bernoulli } from "./bernoulli.ts";
import { Categorical } from "./categorical.ts";
import type { Distribution } from "./distribution.ts";
import { MultivariateNormal } from "./multivariateNormal.ts";
import { Normal } from "./normal.ts";
import { diagonal, forwardSubstitution } from "./triangular.ts";

/**
 * `KL(q ‖ p) = E_q [log q(z) − log p(z)]` in closed form, in nats, summed over the last axis: [...batch].
 *
 * Never negative, and not symmetric: the expectation is over the first argument. Normal pairs: Kingma & Welling,
 * Auto-Encoding Variational Bayes, 2014, appendix B, for any mean and standard deviation of p.
 *
 * @throws TypeError for a pair of families without a closed form here
 * @example
 * kl(new Normal<"z">([1, 0], [1, 1]), new Normal<"z">([0, 0], [1, 1])).arraySync() // => 0.5
 */
export function kl<Name extends string>(q: Distribution<Name>, p: Distribution<NoInfer<Name>>): tf.Tensor {
  if (q instanceof Normal && p instanceof Normal) return klNormal(q, p);
  if (isGaussian(q) && isGaussian(p)) return klTriangular(triangular(q), triangular(p));
  if (q instanceof Bernoulli && p instanceof Bernoulli) return klBernoulli(q, p);
  if (q instanceof Categorical && p instanceof Categorical) return klCategorical(q, p);
  throw new TypeError(
    `kl: the pair must have a closed form, but got ${family(q)} and ${family(p)}; estimate it from samples, as elbo does with { form: "joint" }.`,
  );
}

/** log(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²) / (2 σ_p²) − ½, summed over the last axis. */
function klNormal(q: Normal, p: Normal): tf.Tensor {
  const spread = q.std.div(p.std); //             σ_q/σ_p
  const shift = q.mean.sub(p.mean).div(p.std); // (μ_q − μ_p)/σ_p
  return spread.square().add(shift.square()).sub(1).mul(0.5).sub(spread.log()).sum(-1);
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

/** p_q (ℓ_q − ℓ_p) + log(1 + e^ℓ_p) − log(1 + e^ℓ_q), summed over the last axis. */
function klBernoulli(q: Bernoulli, p: Bernoulli): tf.Tensor {
  const difference = q.probabilities.mul(q.logits.sub(p.logits));
  return difference.add(p.logits.softplus()).sub(q.logits.softplus()).sum(-1);
}

/** Σ_k q_k (log q_k − log p_k), summed over the last axis. */
function klCategorical(q: Categorical, p: Categorical): tf.Tensor {
  const [logQ, logP] = [q, p].map(({ logits }) => logits.sub(logits.logSumExp(-1, true))) as [tf.Tensor, tf.Tensor];
  return q.probabilities.mul(logQ.sub(logP)).sum(-1).sum(-1);
}

function family(distribution: Distribution): string {
  return distribution.constructor.name;
}
