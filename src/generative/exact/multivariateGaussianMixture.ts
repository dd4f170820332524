import { assertFields, assertList } from "./check.ts";
import { Covariance } from "./covariance.ts";
import { assertProbabilities } from "./entropy.ts";
import { logSumExp } from "./logSumExp.ts";
import { assertMatrix, assertVector } from "./matrices.ts";

export interface MultivariateGaussianMixtureParameters {
  /** π: [K], summing to 1 */
  weights: readonly number[];
  /** μ: [K][d] */
  means: readonly (readonly number[])[];
  /** Σ: [K][d][d] */
  covariances: readonly (readonly (readonly number[])[])[];
}

/**
 * `p(x) = Σ_k π_k N(x; μ_k, Σ_k)`: a mixture of Gaussians over d variables, in float64.
 *
 * Each covariance is checked once. Right to float64 in any units and however far in the tails. Bishop, Pattern
 * Recognition and Machine Learning, 2006, eq. 9.7.
 *
 * @throws RangeError where lengths disagree, weights do not sum to 1 or a Σ is not symmetric and positive definite
 * @example
 * const I = [[1, 0], [0, 1]];
 * const pair = new MultivariateGaussianMixture({ weights: [0.5, 0.5], means: [[-1, 0], [1, 0]], covariances: [I, I] });
 * pair.responsibilities([0, 5]).map(r => r.toFixed(2)) // => ["0.50", "0.50"]
 */
export class MultivariateGaussianMixture implements MultivariateGaussianMixtureParameters {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
  /** d */
  readonly dimension: number;
  private readonly components: readonly { covariance: Covariance; logVolume: number }[];
  private factors: readonly number[][][] | undefined;

  constructor(parameters: MultivariateGaussianMixtureParameters) {
    assertFields("MultivariateGaussianMixture", "parameters", parameters, ["weights", "means", "covariances"]);
    const { weights, means, covariances } = parameters;
    for (const [name, list] of Object.entries({ weights, means, covariances })) {
      assertList("MultivariateGaussianMixture", name, list);
    }
    if (weights.length !== means.length || weights.length !== covariances.length) {
      throw new RangeError(
        `MultivariateGaussianMixture: weights, means and covariances must have one entry a component, but got ${weights.length}, ${means.length} and ${covariances.length}; make them equally long.`,
      );
    }
    const total = assertProbabilities("MultivariateGaussianMixture weights", weights);
    assertMatrix("MultivariateGaussianMixture means", means);
    const d = (means[0] as readonly number[]).length;
    this.components = covariances.map((rows, k) => {
      const covariance = new Covariance(`MultivariateGaussianMixture, component ${k}`, rows);
      if (covariance.dimension !== d) {
        throw new RangeError(
          `MultivariateGaussianMixture: covariance ${k} must be [${d}][${d}] as the means are [${d}], but got ${covariance.dimension} rows; compare like with like.`,
        );
      }
      return { covariance, logVolume: 0.5 * (covariance.logDeterminant + d * Math.log(2 * Math.PI)) };
    });
    this.weights = total === 1 ? weights : weights.map(weight => weight / total);
    this.means = means;
    this.covariances = covariances;
    this.dimension = d;
  }

  /** log p(x, z = k) = log π_k + log N(x; μ_k, Σ_k), in nats: [d] -> [K]. */
  logJoint(x: readonly number[]): number[] {
    assertVector("MultivariateGaussianMixture", "x", x, this.dimension);
    return this.components.map(({ covariance, logVolume }, k) => {
      const squaredDistance = covariance.squaredDistance(x, this.means[k] as readonly number[]);
      return Math.log(this.weights[k] as number) - 0.5 * squaredDistance - logVolume;
    });
  }

  /** log p(x) in nats. */
  logProb(x: readonly number[]): number {
    return logSumExp(this.logJoint(x));
  }

  /** p(z = k | x), the posterior by Bayes' rule: [K]. Throws where log p(x) is −∞. */
  responsibilities(x: readonly number[]): number[] {
    const logJoint = this.logJoint(x);
    const logProb = logSumExp(logJoint);
    if (!(logProb > -Infinity)) {
      throw new RangeError(
        "MultivariateGaussianMixture: x must be where float64 has a density, but got log p(x) = −∞; rescale the data.",
      );
    }
    return logJoint.map(log => Math.exp(log - logProb));
  }

  /** One draw of x, from sources of U[0, 1) and N(0, 1): the component by the first, then x = μ + A ε, A Aᵀ = Σ. [d] */
  draw(uniform: () => number, normal: () => number): number[] {
    this.factors ??= this.components.map(({ covariance }) => covariance.cholesky);
    let rest = uniform();
    // The last component with any weight takes what rounding leaves over.
    let k = this.weights.length - 1;
    while (k > 0 && this.weights[k] === 0) k--;
    for (const [i, weight] of this.weights.entries()) {
      rest -= weight;
      if (rest < 0) {
        k = i;
        break;
      }
    }
    const noise = Array.from({ length: this.dimension }, normal);
    const factor = this.factors[k] as number[][];
    return (this.means[k] as readonly number[]).map((mean, i) =>
      noise.reduce((sum, value, j) => sum + (factor[i]?.[j] as number) * value, mean),
    );
  }

  /** `μ = Σ π_k μ_k` and `Σ = Σ π_k (Σ_k + (μ_k − μ)(μ_k − μ)ᵀ)`: the Gaussian with the smallest KL(p ‖ q). */
  moments(): { mean: number[]; covariance: number[][] } {
    const expected = (term: (k: number) => number) =>
      this.weights.reduce((sum, weight, k) => (weight === 0 ? sum : sum + weight * term(k)), 0);
    const axes = Array.from({ length: this.dimension }, (_, i) => i);
    const mean = axes.map(i => expected(k => this.means[k]?.[i] as number));
    const from = (k: number, i: number) => (this.means[k]?.[i] as number) - (mean[i] as number);
    const covariance = axes.map(i =>
      axes.map(j => expected(k => (this.covariances[k]?.[i]?.[j] as number) + from(k, i) * from(k, j))),
    );
    return { mean, covariance };
  }
}
