import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import type { Bernoulli } from "./bernoulli.ts";
import { nearExpm1, nearLogRatio, numbersOf, sumOfFew, TINY } from "./numbers.ts";
import { CLOSE, nearExpRemainder, nearLogRemainder } from "./remainders.ts";
import { withGradients } from "./withGradient.ts";
import { LARGEST } from "./withoutInfinities.ts";

/**
 * `KL = σ(ℓ_q)(ℓ_q − ℓ_p) + log(1 + e^ℓ_p) − log(1 + e^ℓ_q)`, summed over the last axis; ∂/∂ℓ_q = p (1 − p) (ℓ_q − ℓ_p)
 * with p = σ(ℓ_q), and ∂/∂ℓ_p = σ(ℓ_p) − p.
 *
 * Computed in the direction of q's likelier value, as max(−b, 0) + s (b − a) + log(1 + e^−|ℓ_p|) − log(1 + e^−a) with
 * a = |ℓ_q|, b = ℓ_p or −ℓ_p, and s = 1/(1 + e^a) for the other value: large numbers have no small differences. Outside
 * of compiled steps in float64, as log(1 + s (e^(b − a) − 1)) − s (b − a) where the two are close.
 */
export function klBernoulli(q: Bernoulli, p: Bernoulli): tf.Tensor {
  const few = sumOfFew(divergenceOfLogits, q.logits, p.logits);
  return few ?? bernoulliDivergence(q.logits, p.logits).sum(-1);
}

const bernoulliDivergence = withGradients(
  (q, p) => (isTracing() ? divergenceOfBits : divergenceOfNumbers)(q, p as tf.Tensor),
  ([q, p], dy) => {
    const [ofQ, ofP] = [q, p] as [tf.Tensor, tf.Tensor];
    const one = ofQ.sigmoid();
    const difference = ofQ.clipByValue(-LARGEST, LARGEST).sub(ofP.clipByValue(-LARGEST, LARGEST));
    return [dy.mul(one.sub(one.square()).mul(difference)), dy.mul(ofP.sigmoid().sub(one))];
  },
);

function divergenceOfNumbers(q: tf.Tensor, p: tf.Tensor): tf.Tensor {
  const { shape, numbers } = numbersOf(q, p, rarer(q), rarer(p));
  const [ofQ, ofP, sharesOfQ, sharesOfP] = numbers as [Numbers, Numbers, Numbers, Numbers];
  const divergences = new Float32Array(ofQ.length);
  for (let i = 0; i < divergences.length; i++) {
    divergences[i] = divergenceOfBit(
      ofQ[i] as number,
      ofP[i] as number,
      sharesOfQ[i] as number,
      sharesOfP[i] as number,
    );
  }
  return tf.tensor(divergences, shape, "float32");
}

type Numbers = ArrayLike<number>;

const divergenceOfLogits = (q: number, p: number) => divergenceOfBit(q, p, rarerOf(q), rarerOf(p));

const rarerOf = (logit: number) => 1 / (1 + Math.exp(Math.abs(logit)));

/** The probability of the less likely value. */
const rarer = (logits: tf.Tensor) => logits.abs().neg().sigmoid();

/** log q/p of q's likelier value, less what its logit has over that of p for every one of the other value. */
function divergenceOfBit(q: number, p: number, shareOfQ: number, shareOfP: number): number {
  if (q === p) return 0;
  const a = Math.abs(q);
  const b = q > 0 ? -p : p;
  const change = a + b;
  const s = shareOfQ > 0 ? shareOfQ : Math.exp(-a); // as sigmoids may be 0 too early
  if (Math.abs(change) < TINY) return s * (1 - s) * change * change * (1 / 2 + ((1 - 2 * s) * change) / 6);
  if (Math.abs(change) < 1) {
    const t = s * nearExpm1(change);
    return nearLogRatio(t / (2 + t)) - s * change;
  }
  if (Math.abs(p) === Infinity) return Number.isNaN(q) ? q : Infinity;
  const likelier = nearLogRatio((shareOfP - s) / (2 - shareOfP - s)) + Math.max(b, 0);
  return s === 0 ? likelier : likelier - s * change; // 0 · ∞ = 0
}

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
  return tf.where(change.abs().less(CLOSE), near(), far());
}
