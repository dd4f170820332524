import { exponentOf } from "../exact/elimination.ts";
import { assertFields, assertList, assertMethods, told } from "../exact/check.ts";
import { GaussianMixture } from "../exact/index.ts";

export interface EmOptions {
  /** Where to begin: EM only goes uphill from there, to a local maximum. */
  start: GaussianMixture;
  /** Pairs of an E-step and an M-step. */
  steps: number;
  /** A floor on every σ_k. Without one, a component may shrink onto a single datum, where the likelihood is infinite. */
  smallestStd?: number;
}

/** What EM came to. */
export interface EmResult {
  mixture: GaussianMixture;
  /** (1/n) Σ log p(x_i) in nats: of the start, and after each step. Never falls. */
  logLikelihoods: number[];
}

/**
 * `E: r_ik = p(z = k | x_i)`; `M: π_k = r̄_k, μ_k = Σ r_ik x_i / Σ r_ik, σ_k² = Σ r_ik (x_i − μ_k)² / Σ r_ik`.
 *
 * Expectation maximisation for a mixture of Gaussians: Dempster, Laird & Rubin, 1977; Bishop, Pattern Recognition and
 * Machine Learning, 2006, eq. 9.23–9.27. Both steps climb the same bound, `mixtureElbo`.
 *
 * @throws RangeError where a component collapses on one datum, or loses all of them
 * @example
 * const start = new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });
 * const { mixture } = em([-3, -2, 2, 3], { start, steps: 20 });
 * mixture.means.map(mean => mean.toFixed(2)) // => ["-2.50", "2.50"]
 */
export function em(data: ArrayLike<number>, options: EmOptions): EmResult {
  assertList("em", "data", data);
  assertFields("em", "options", options, ["start", "steps"]);
  const { start, steps, smallestStd = 0 } = options;
  assertMethods("em", "start", start, ["logProb", "responsibilities"]);
  const x = Array.from(data);
  if (x.length === 0) throw new RangeError("em: data must have a value, but got none; pass the data set.");
  const wrong = x.findIndex(value => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(`em: data must be finite, but got ${told(x[wrong])}; look at what computed it.`);
  }
  if (typeof smallestStd !== "number" || typeof steps !== "number" || !(smallestStd >= 0) || !(steps >= 0)) {
    throw new RangeError(
      `em: smallestStd and steps must be 0 or more, but got ${told(smallestStd)} and ${told(steps)}; leave smallestStd out for no floor.`,
    );
  }
  let mixture = start;
  const logLikelihoods = [meanLogProb(x, mixture)];
  for (let step = 0; step < steps; step++) {
    const responsibilities = x.map(value => mixture.responsibilities(value)); // [n][K]
    mixture = maximise(x, responsibilities, smallestStd);
    logLikelihoods.push(meanLogProb(x, mixture));
  }
  return { mixture, logLikelihoods };
}

/**
 * `(1/n) Σ_i Σ_k r_ik (log p(x_i, z = k) − log r_ik)`, in nats: the evidence lower bound of a mixture.
 *
 * At most (1/n) Σ log p(x_i), and equal to it where r_ik = p(z = k | x_i), which is what an E-step sets.
 * For mixtures over one variable or several.
 *
 * @throws RangeError where there is no row of responsibilities for each datum, with a number for each component
 */
export function mixtureElbo<X = number>(
  data: ArrayLike<X>,
  responsibilities: readonly (readonly number[])[],
  mixture: { logJoint(x: X): number[] },
): number {
  assertList("mixtureElbo", "data", data);
  assertList("mixtureElbo", "responsibilities", responsibilities);
  assertMethods("mixtureElbo", "mixture", mixture, ["logJoint"]);
  if (responsibilities.length !== data.length || data.length === 0) {
    throw new RangeError(
      `mixtureElbo: responsibilities must have a row for each datum, but got ${responsibilities.length} for ${data.length}; take mixture.responsibilities of each.`,
    );
  }
  const terms = Array.from(data, (x, i) => {
    const logJoint = mixture.logJoint(x);
    const r = responsibilities[i] as readonly number[];
    if (r?.length !== logJoint.length || r.some(value => typeof value !== "number" || !(value >= 0))) {
      throw new RangeError(
        `mixtureElbo: row ${i} must have ${logJoint.length} probabilities, but got ${r?.length > 8 ? told(r) : `[${r}]`}; take mixture.responsibilities of each.`,
      );
    }
    return r.reduce((sum, r, k) => (r === 0 ? sum : sum + r * ((logJoint[k] as number) - Math.log(r))), 0);
  });
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

/** The M-step: weighted counts, means and variances. */
function maximise(x: readonly number[], responsibilities: readonly number[][], smallestStd: number): GaussianMixture {
  // In units of a power of 2 near the widest distance, sums and squares neither over- nor underflow.
  const unit = unitOf(x);
  const components = (responsibilities[0] as number[]).map((_, k) => {
    const r = responsibilities.map(row => row[k] as number);
    const total = r.reduce((sum, value) => sum + value, 0);
    if (!(total > 0)) {
      throw new RangeError(
        `em: every component must keep a datum, but component ${k} has lost all ${x.length}; start it nearer to the data, or take one fewer.`,
      );
    }
    const weighted = (f: (value: number) => number) =>
      r.reduce((sum, value, i) => sum + value * f(x[i] as number), 0) / total;
    const mean = unit * weighted(value => value / unit);
    const std = Math.max(smallestStd, unit * Math.sqrt(weighted(value => ((value - mean) / unit) ** 2)));
    return { weight: total / x.length, mean, std };
  });
  const collapsed = components.findIndex(({ std }) => !(std > 0));
  if (collapsed >= 0) {
    throw new RangeError(
      `em: every component must keep more than one datum, but got std ${components[collapsed]?.std} for component ${collapsed}; give a smallestStd or start elsewhere.`,
    );
  }
  return new GaussianMixture({
    weights: components.map(({ weight }) => weight),
    means: components.map(({ mean }) => mean),
    stds: components.map(({ std }) => std),
  });
}

/** A power of 2 near the distance between the smallest and the largest of some numbers; 1 where they are equal. */
function unitOf(x: readonly number[]): number {
  const [least, most] = x.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  return 2 ** exponentOf(most / 2 - least / 2);
}

function meanLogProb(x: readonly number[], mixture: GaussianMixture): number {
  return x.reduce((sum, value) => sum + mixture.logProb(value), 0) / x.length;
}
