import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
import type { Bernoulli } from "./bernoulli.ts";
import { nearExpm1, nearLogRatio, numbersOf, sumOfFew, TINY } from "./numbers.ts";
import { CLOSE, polynomial } from "./remainders.ts";
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

/**
 * For compiled steps, where every operator costs: with s and t = 1 − s for q's rarer and likelier value, and c what the
 * logit of the rarer one gains, w = (t − s) c and y = s t c², it is ½ y over the series 1 − w/3 + w²/36 + w³/540 +
 * y (1/6 + w/45 − y/60) where c is small: Taylor's of log(1 + s (e^c − 1)) − s c, to 2e-7 of it for |c| < ¼.
 */
function divergenceOfBits(q: tf.Tensor, p: tf.Tensor): tf.Tensor {
  const a = q.abs().minimum(LARGEST);
  const odds = a.neg().exp();
  const t = odds.add(1).reciprocal();
  const s = odds.mul(t);
  const bounded = p.clipByValue(-LARGEST, LARGEST);
  const against = q.step().mul(-2).add(1).mul(bounded); // −b
  const c = a.add(against);
  const square = c.square();
  const near = () => {
    const w = t.sub(s).mul(c);
    const y = s.mul(t).mul(square);
    const ofW = polynomial(w, [2, -2 / 3, 1 / 18, 1 / 270]);
    const ofBoth = w.mul(2 / 45).sub(y.mul(1 / 30));
    return y.div(ofW.add(ofBoth.add(1 / 3).mul(y)));
  };
  const far = () => {
    const large = against.relu().sub(s.mul(c));
    const small = p.abs().neg().exp().add(1).mul(t).log();
    // Rounding may leave less than 0. ∞ where p rules out what q has; c is 0 where both are sure of the same.
    return large.add(small).maximum(0).add(p.sub(bounded).abs());
  };
  return tf.where(square.less(CLOSE * CLOSE), near(), far());
}
