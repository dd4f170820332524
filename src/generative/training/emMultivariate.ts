import { assertChoice, assertFields, assertMethods, told } from "../exact/check.ts";
import { cholesky, eigenSymmetric, MultivariateGaussianMixture, type Rows } from "../exact/index.ts";
import { assertMatrix } from "../exact/matrices.ts";

/** Which covariances a component may have: any, one for all components, a diagonal, or a multiple of I. */
export type CovarianceShape = "full" | "tied" | "diagonal" | "spherical";

export interface EmMultivariateOptions {
  /** Where to begin: EM only goes uphill from there, to a local maximum. */
  start: MultivariateGaussianMixture;
  /** Pairs of an E-step and an M-step. */
  steps: number;
  /** "full" where it is left out. */
  covariance?: CovarianceShape;
  /** A floor on the standard deviation in every direction. Without one, a component may shrink onto a plane. */
  smallestStd?: number;
}

/** What EM came to. */
export interface EmMultivariateResult {
  mixture: MultivariateGaussianMixture;
  /** (1/n) Σ log p(x_i) in nats: of the start, and after each step. Never falls, once the start has the shape asked for. */
  logLikelihoods: number[];
}

/**
 * `E: r_ik = p(z = k | x_i)`; `M: π_k = r̄_k, μ_k = Σ r_ik x_i / Σ r_ik, Σ_k = Σ r_ik (x_i − μ_k)(x_i − μ_k)ᵀ / Σ r_ik`.
 *
 * Expectation maximisation for a mixture of Gaussians over d variables, data [n][d]. A diagonal covariance is that of
 * Σ_k, a spherical one has the mean of its variances, a tied one is Σ π_k Σ_k. `smallestStd` raises each eigenvalue that is
 * below its square, which is the maximum under that constraint, so the likelihood still never falls. Bishop, Pattern
 * Recognition and Machine Learning, 2006, eq. 9.23–9.27.
 *
 * @throws RangeError where a component collapses on a plane or loses all data, or shapes disagree
 * @example
 * const I = [[1, 0], [0, 1]];
 * const start = new MultivariateGaussianMixture({ weights: [0.5, 0.5], means: [[-1, 0], [1, 0]], covariances: [I, I] });
 * const data = [[-3, 1], [-2, -1], [2, 1], [3, -1]];
 * const { mixture } = emMultivariate(data, { start, steps: 20, covariance: "diagonal" });
 * mixture.means.map(mean => mean[0]?.toFixed(2)) // => ["-2.50", "2.50"]
 */
export function emMultivariate(data: Rows, options: EmMultivariateOptions): EmMultivariateResult {
  assertFields("emMultivariate", "options", options, ["start", "steps"]);
  const { start, steps, covariance = "full", smallestStd = 0 } = options;
  assertMethods("emMultivariate", "start", start, ["logProb", "responsibilities"]);
  assertChoice("emMultivariate", "covariance", covariance, ["full", "tied", "diagonal", "spherical"]);
  assertMatrix("emMultivariate", data);
  const d = data[0]?.length;
  if (d !== start.dimension) {
    throw new RangeError(
      `emMultivariate: data must have the ${start.dimension} columns of the start, but got ${d}; compare like with like.`,
    );
  }
  if (typeof smallestStd !== "number" || typeof steps !== "number" || !(smallestStd >= 0) || !(steps >= 0)) {
    throw new RangeError(
      `emMultivariate: smallestStd and steps must be 0 or more, but got ${told(smallestStd)} and ${told(steps)}; leave smallestStd out for no floor.`,
    );
  }
  let mixture = start;
  const logLikelihoods = [meanLogProb(data, mixture)];
  for (let step = 0; step < steps; step++) {
    const responsibilities = data.map(x => mixture.responsibilities(x)); // [n][K]
    mixture = maximise(data, responsibilities, covariance, smallestStd);
    logLikelihoods.push(meanLogProb(data, mixture));
  }
  return { mixture, logLikelihoods };
}

/** The M-step: weighted counts, means and covariances. */
function maximise(
  data: Rows,
  responsibilities: readonly number[][],
  shape: CovarianceShape,
  smallestStd: number,
): MultivariateGaussianMixture {
  const components = (responsibilities[0] as number[]).map((_, k) => {
    const r = responsibilities.map(row => row[k] as number);
    const total = r.reduce((sum, value) => sum + value, 0);
    if (!(total > 0)) {
      throw new RangeError(
        `emMultivariate: every component must keep a datum, but component ${k} has lost all ${data.length}; start it nearer to the data, or take one fewer.`,
      );
    }
    return { weight: total / data.length, ...momentsOf(data, r, total) };
  });
  const d = (data[0] as readonly number[]).length;
  const pooled = square(d, (i, j) => components.reduce((sum, c) => sum + c.weight * (c.scatter[i]?.[j] as number), 0));
  const covariances = components.map(({ scatter }, k) =>
    notCollapsed(k, raised(shaped(shape === "tied" ? pooled : scatter, shape), smallestStd), smallestStd),
  );
  return new MultivariateGaussianMixture({
    weights: components.map(({ weight }) => weight),
    means: components.map(({ mean }) => mean),
    covariances,
  });
}

function momentsOf(data: Rows, r: readonly number[], total: number): { mean: number[]; scatter: number[][] } {
  const d = (data[0] as readonly number[]).length;
  const average = (f: (x: readonly number[]) => number) =>
    data.reduce((sum, x, n) => (r[n] === 0 ? sum : sum + (r[n] as number) * f(x)), 0) / total;
  const mean = Array.from({ length: d }, (_, i) => average(x => x[i] as number));
  const from = (x: readonly number[], i: number) => (x[i] as number) - (mean[i] as number);
  const lower = square(d, (i, j) => (j > i ? 0 : average(x => from(x, i) * from(x, j))));
  return { mean, scatter: square(d, (i, j) => lower[Math.max(i, j)]?.[Math.min(i, j)] as number) };
}

function shaped(S: number[][], shape: CovarianceShape): number[][] {
  if (shape === "full" || shape === "tied") return S;
  const variance = S.reduce((sum, row, i) => sum + (row[i] as number), 0) / S.length;
  return square(S.length, (i, j) => (i !== j ? 0 : shape === "diagonal" ? (S[i]?.[i] as number) : variance));
}

/** S with no eigenvalue below the square of the smallest standard deviation. */
function raised(S: number[][], smallestStd: number): number[][] {
  if (smallestStd === 0) return S;
  const { values, vectors } = eigenSymmetric(S);
  if (values.every(value => value >= smallestStd ** 2)) return S;
  const missing = values.map(value => Math.max(smallestStd ** 2 - value, 0));
  return square(S.length, (i, j) =>
    missing.reduce(
      (sum, m, k) => sum + m * (vectors[k]?.[i] as number) * (vectors[k]?.[j] as number),
      S[i]?.[j] as number,
    ),
  );
}

function notCollapsed(k: number, S: number[][], smallestStd: number): number[][] {
  try {
    cholesky(S);
  } catch (cause) {
    const remedy = smallestStd > 0 ? `a smallestStd above ${smallestStd}` : "a smallestStd";
    const widths = eigenSymmetric(S).values.map(value => Math.sqrt(Math.max(value, 0)));
    throw new RangeError(
      `emMultivariate: no component may collapse, but component ${k} has standard deviations from ${widths[0]} to ${widths.at(-1)}; give ${remedy}, a simpler covariance, or another start.`,
      { cause },
    );
  }
  return S;
}

function square(d: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => entry(i, j)));
}

function meanLogProb(data: Rows, mixture: MultivariateGaussianMixture): number {
  return data.reduce((sum, x) => sum + mixture.logProb(x), 0) / data.length;
}
