import type { Tensor } from "@tensorflow/tfjs";
import { Bernoulli } from "./bernoulli.ts";
import type { Distribution } from "./distribution.ts";
import { Normal } from "./normal.ts";

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
export function kl<Name extends string>(q: Distribution<Name>, p: Distribution<NoInfer<Name>>): Tensor {
  if (q instanceof Normal && p instanceof Normal) return klNormal(q, p);
  if (q instanceof Bernoulli && p instanceof Bernoulli) return klBernoulli(q, p);
  throw new TypeError(
    `kl: the pair must have a closed form, but got ${family(q)} and ${family(p)}; estimate it from samples, as elbo does with { form: "joint" }.`,
  );
}

/** log(σ_p/σ_q) + (σ_q² + (μ_q − μ_p)²) / (2 σ_p²) − ½, summed over the last axis. */
function klNormal(q: Normal, p: Normal): Tensor {
  const spread = q.std.div(p.std); //             σ_q/σ_p
  const shift = q.mean.sub(p.mean).div(p.std); // (μ_q − μ_p)/σ_p
  return spread.square().add(shift.square()).sub(1).mul(0.5).sub(spread.log()).sum(-1);
}

/** p_q (ℓ_q − ℓ_p) + log(1 + e^ℓ_p) − log(1 + e^ℓ_q), summed over the last axis. */
function klBernoulli(q: Bernoulli, p: Bernoulli): Tensor {
  const difference = q.probabilities.mul(q.logits.sub(p.logits));
  return difference.add(p.logits.softplus()).sub(q.logits.softplus()).sum(-1);
}

function family(distribution: Distribution): string {
  return distribution.constructor.name;
}
