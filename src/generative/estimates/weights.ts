import { assertNumbers } from "../exact/check.ts";
import { logMeanExp } from "../exact/index.ts";
import { paretoK } from "./paretoK.ts";

/** An estimate of log p(x) from importance weights, and how far to trust it. In nats. */
export interface LogEvidenceEstimate {
  /** log p̂(x) = log (1/K) Σ w_k. p̂ is unbiased; its logarithm is low by about relativeVariance / 2K. */
  logProb: number;
  /** Standard error of `logProb`: √(relativeVariance / K), by the delta method. */
  standardError: number;
  /** Var(w) / p̂²: the relative variance of a single weight, with K − 1 in the denominator. */
  relativeVariance: number;
  /** (Σ w)² / Σ w²: between 1 and K. */
  effectiveSampleSize: number;
  /** Shape of the tail of the weights: from 0.5 on, their variance is infinite. NaN below 25 draws, or where all are 0. */
  paretoK: number;
  /** K */
  samples: number;
}

/**
 * `log p̂ = log (1/K) Σ_k exp(log w_k)` with its standard error, effective sample size and Pareto k.
 *
 * Kong, A Note on Importance Sampling using Standardized Weights, 1992, for the effective sample size.
 *
 * @throws RangeError for no weights, a NaN or a +∞ among them
 */
export function summariseWeights(logWeights: ArrayLike<number>): LogEvidenceEstimate {
  assertNumbers("summariseWeights", "log-weights", logWeights, true);
  const K = logWeights.length;
  if (K === 0) throw new RangeError("summariseWeights: at least one weight is needed, but got 0; draw samples ≥ 1.");
  const logProb = logMeanExp(logWeights);
  if (Number.isNaN(logProb) || logProb === Infinity) {
    throw new RangeError(
      `summariseWeights: log-weights must be below +∞, but got a log-mean-exp of ${logProb}; look at the model's log-probabilities.`,
    );
  }
  // Every weight zero: an estimate of zero, about which the draws say nothing more.
  if (logProb === -Infinity) {
    return {
      logProb,
      standardError: Infinity,
      relativeVariance: Infinity,
      effectiveSampleSize: 0,
      paretoK: Number.NaN,
      samples: K,
    };
  }
  let squaredDeviations = 0;
  let squares = 0;
  for (let k = 0; k < K; k++) {
    const relative = Math.exp((logWeights[k] as number) - logProb); // w_k / p̂, with mean 1
    squaredDeviations += (relative - 1) ** 2;
    squares += relative ** 2;
  }
  const relativeVariance = K === 1 ? Number.NaN : squaredDeviations / (K - 1);
  return {
    logProb,
    standardError: Math.sqrt(relativeVariance / K),
    relativeVariance,
    effectiveSampleSize: K ** 2 / squares,
    paretoK: K < 25 ? Number.NaN : paretoK(logWeights),
    samples: K,
  };
}
