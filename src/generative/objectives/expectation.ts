import * as tf from "@tensorflow/tfjs";
import { assertRandom, type Random } from "../../engine/index.ts";
import type { Distribution } from "../distributions/index.ts";
import { assertChoice, assertFunction, assertMethods, told } from "../exact/check.ts";
import { assertSamples } from "./assertSamples.ts";
import { stopGradient } from "./stopGradient.ts";

export interface ExpectationOptions {
  /** K, the draws of z for each batch entry; their average is the estimate. */
  samples?: number;
  /** `reparameterised`: through z = T(ε), where f is differentiable. `score`: for any q, f need not be differentiable. */
  estimator?: "reparameterised" | "score";
  /** What the score is weighted with less than f(z): a number, or the mean of f over the *other* draws. */
  baseline?: number | "leave-one-out";
}

/**
 * `E_q[f(z)] ≈ (1/K) Σ_k f(z_k)`, z_k ~ q, whose gradient is an unbiased estimate of ∇_φ E_q[f(z)]: [batch].
 *
 * φ may be in q, in f, or in both. `reparameterised`: ∇_φ f(T_φ(ε)), the draws carry the gradient. `score`:
 * (f(z) − b) ∇_φ log q(z) + ∇_φ f(z), the second term because of the product rule. A baseline b that does not look at
 * its own draw changes the variance and not the mean, since E_q[∇ log q] = 0. Kingma & Welling, 2014, section 2.4;
 * Williams, 1992; Kool, van Hoof & Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free, 2019.
 *
 * @param f from draws [samples, ...batch, d] to one value each, [samples, ...batch]
 * @throws RangeError where leave-one-out has fewer than two draws, the baseline is NaN or infinite, or f gives another
 *   shape than q's log-probability of the draws
 */
export function expectation<Name extends string>(
  q: Distribution<Name>,
  f: (z: tf.Tensor) => tf.Tensor,
  random: Random,
  options: ExpectationOptions = {},
): tf.Tensor {
  const { samples, estimator, baseline } = { ...defaults, ...options };
  assertSamples("expectation", samples);
  assertChoice("expectation", "estimator", estimator, ["reparameterised", "score"]);
  assertMethods("expectation", "q", q, ["sample", "logProb"]);
  assertFunction("expectation", "f", f);
  assertRandom("expectation", random);
  if (estimator === "reparameterised") return f(q.sample(random, samples)).mean(0);
  const z = stopGradient(q.sample(random, samples)); // [samples, ...batch, d]
  const values = f(z); //                              [samples, ...batch]
  const logQ = q.logProb(z);
  if (!tf.util.arraysEqual(values.shape, logQ.shape)) {
    throw new RangeError(
      `expectation: f must give one value a draw, [${logQ.shape}], but got shape [${values.shape}]; sum over the last axis.`,
    );
  }
  const weight = stopGradient(values.sub(baselineOf(values, baseline)));
  // An f of −∞ has no score estimate, and must not meet the zero below.
  const finite = tf.where(weight.isFinite(), weight, tf.zerosLike(weight));
  // Zero in value, and the score in its gradient.
  const score = logQ.sub(stopGradient(logQ)).mul(finite);
  return values.add(score).mean(0);
}

function baselineOf(values: tf.Tensor, baseline: number | "leave-one-out"): tf.Tensor | number {
  if (baseline !== "leave-one-out") {
    if (Number.isFinite(baseline)) return baseline;
    throw new RangeError(`expectation: baseline must be a finite number, but got ${told(baseline)}; 0 is none.`);
  }
  const K = values.shape[0] as number;
  if (K < 2) {
    throw new RangeError(`expectation: leave-one-out must have two draws or more, but got ${K}; raise samples.`);
  }
  return values
    .sum(0)
    .sub(values)
    .div(K - 1);
}

const defaults = { samples: 1, estimator: "reparameterised", baseline: 0 } as const satisfies ExpectationOptions;
