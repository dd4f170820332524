import type * as tf from "@tensorflow/tfjs";
import type { Bernoulli } from "./bernoulli.ts";
import { CLOSE, nearExpRemainder, nearLogRemainder, whereNeeded } from "./remainders.ts";
import { withGradients } from "./withGradient.ts";
import { LARGEST } from "./withoutInfinities.ts";

/**
 * `KL = σ(ℓ_q)(ℓ_q − ℓ_p) + log(1 + e^ℓ_p) − log(1 + e^ℓ_q)`, summed over the last axis; ∂/∂ℓ_q = p (1 − p) (ℓ_q − ℓ_p)
 * with p = σ(ℓ_q), and ∂/∂ℓ_p = σ(ℓ_p) − p.
 *
 * Computed in the direction of q's likelier value, as max(−b, 0) + s (b − a) + log(1 + e^−|ℓ_p|) − log(1 + e^−a) with
 * a = |ℓ_q|, b = ℓ_p or −ℓ_p, and s = 1/(1 + e^a) for the other value: large numbers have no small differences.
 */
export function klBernoulli(q: Bernoulli, p: Bernoulli): tf.Tensor {
  return bernoulliDivergence(q.logits, p.logits).sum(-1);
}

const bernoulliDivergence = withGradients(
  (q, p) => divergenceOfBits(q, p as tf.Tensor),
  ([q, p], dy) => {
    const [ofQ, ofP] = [q, p] as [tf.Tensor, tf.Tensor];
    const one = ofQ.sigmoid();
    const difference = ofQ.clipByValue(-LARGEST, LARGEST).sub(ofP.clipByValue(-LARGEST, LARGEST));
    return [dy.mul(one.sub(one.square()).mul(difference)), dy.mul(ofP.sigmoid().sub(one))];
  },
);

function divergenceOfBits(q: tf.Tensor, p: tf.Tensor): tf.Tensor {
  const a = q.abs();
  const odds = a.neg().exp();
  const s = odds.div(odds.add(1));
  const b = p.clipByValue(-LARGEST, LARGEST).mul(q.step().mul(2).sub(1));
  const change = a.clipByValue(0, LARGEST).sub(b); // ±(ℓ_p − ℓ_q), of the other value
  const near = () => {
    const rest = nearExpRemainder(change);
    return s.mul(rest).sub(nearLogRemainder(s.mul(change.add(rest)))); // c + rest is e^c − 1
  };
  const far = () => {
    const large = b.neg().relu().sub(s.mul(change));
    const small = p.abs().neg().softplus().sub(a.neg().softplus());
    const violated = p.isInf().toFloat().mul(change).square(); // ∞ where p rules out what q has
    return large.add(small).add(violated);
  };
  return whereNeeded(change.abs().less(CLOSE), near, far);
}
