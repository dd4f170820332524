import { assertFields, assertList, told } from "./check.ts";
import {
  divide,
  type Double,
  type DoubleMatrix,
  doubled,
  get,
  set,
  subtract,
  subtractMultiple,
  transposed,
  zeros,
} from "./doubleDouble.ts";
import { assertMatrix, assertVector } from "./matrices.ts";
import { type SingularVectors, singularVectors } from "./singularValues.ts";

export interface LinearGaussianOptions {
  /** W: [d][latent] */
  weights: number[][];
  /** b: [d] */
  offset: number[];
  /** s: the standard deviation of the noise on each x_i. */
  noise: number;
}

/** As `LinearGaussianOptions`, each x_i with noise of its own: factor analysis. */
export interface FactorAnalysisOptions {
  /** W: [d][latent], the loadings. */
  weights: number[][];
  /** b: [d] */
  offset: number[];
  /** s_i: the standard deviation of the noise on x_i: [d]. */
  noise: readonly number[];
}

/**
 * `z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)`: the model in which nothing has to be approximated.
 *
 * Evidence and posterior in float64: the exact twin of every estimate and bound. With one `noise` for each x_i,
 * `x|z ~ N(W z + b, diag(s²))`, it is factor analysis. In any units, right to about 1e-12 also where the noise is 1e-9 of
 * what W does: nothing of size 1/s² is subtracted. Tipping & Bishop, Probabilistic Principal Component Analysis, 1999,
 * eq. 3 and 6–8; Bishop, Pattern Recognition and Machine Learning, 2006, eq. 12.64–12.68.
 *
 * @throws RangeError where shapes disagree, a number is not finite, or a noise is not positive
 * @example
 * const model = new LinearGaussian({ weights: [[1]], offset: [0], noise: 1 });
 * model.posterior([2]).mean // => [1]
 */
export class LinearGaussian {
  private readonly W: number[][];
  private readonly b: number[];
  private readonly stds: number[];
  private whitened: Whitened | undefined;

  constructor(options: LinearGaussianOptions | FactorAnalysisOptions) {
    assertFields("LinearGaussian", "options", options, ["weights", "offset", "noise"]);
    const { weights, offset, noise } = options;
    assertList("LinearGaussian", "weights", weights);
    assertList("LinearGaussian", "offset", offset);
    const latent = weights[0]?.length ?? 0;
    if (latent === 0 || weights.length !== offset.length) {
      throw new RangeError(
        `LinearGaussian: weights must be [d][latent] and offset [d], but got ${weights.length} rows and ${offset.length} offsets; one row for each entry of x.`,
      );
    }
    assertMatrix("LinearGaussian", weights);
    assertVector("LinearGaussian", "offset", offset, weights.length);
    if (typeof noise !== "number") assertList("LinearGaussian", "noise", noise);
    const stds = typeof noise === "number" ? weights.map(() => noise) : [...noise];
    if (stds.length !== weights.length) {
      throw new RangeError(
        `LinearGaussian: noise must be one number or one for each of ${weights.length} rows, but got ${stds.length}; it is the standard deviation of each x_i.`,
      );
    }
    const wrong = stds.findIndex(std => !(Number.isFinite(std) && std > 0));
    if (wrong >= 0) {
      throw new RangeError(
        `LinearGaussian: noise must be positive, but got ${told(stds[wrong])}; it is a standard deviation.`,
      );
    }
    this.W = weights.map(row => [...row]);
    this.b = [...offset];
    this.stds = stds;
  }

  /** C = W Wᵀ + diag(s²), the covariance of x: [d][d]. */
  get covariance(): number[][] {
    return this.W.map((row, i) =>
      this.W.map((other, j) => dot(row, other) + (i === j ? (this.stds[i] as number) ** 2 : 0)),
    );
  }

  /** log p(x) = log N(x; b, W Wᵀ + diag(s²)), in nats. */
  logEvidence(x: readonly number[]): number {
    // rᵀ C⁻¹ r is the smallest |(r − W z)/s|² + |z|² of all z, which the posterior mean has: two squares, no difference.
    const { mean, residual } = this.explain(x);
    const squaredDistance = dot(residual.high, residual.high) + dot(mean.high, mean.high);
    return -0.5 * (squaredDistance + this.factors().logDeterminant + x.length * LOG_2PI);
  }

  /** p(z|x) = N(M⁻¹ Wᵀ (x − b), s² M⁻¹) with M = Wᵀ W + s² I: mean [latent] and covariance [latent][latent]. */
  posterior(x: readonly number[]): { mean: number[]; covariance: number[][] } {
    const { vectors, shrinkage } = this.factors();
    const { right } = vectors;
    const covariance = right.map(() => right.map(() => 0));
    for (const [k, v] of right.entries()) {
      for (const [i, row] of covariance.entries()) {
        const share = (v[i] as number) * (shrinkage[k] as number);
        for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) + share * (v[j] as number);
      }
    }
    return { mean: Array.from(this.explain(x).mean.high), covariance };
  }

  /** The posterior mean of z, and (x − b − W z)/s there: both with more digits than float64, as 1/s may be 1e9. */
  private explain(x: readonly number[]): { mean: DoubleMatrix; residual: DoubleMatrix } {
    assertVector("LinearGaussian", "x", x, this.b.length);
    const { rows, columns, vectors, shrinkage } = this.factors();
    const target = zeros(1, x.length);
    x.forEach((value, i) => {
      const difference = subtract([value, 0], [this.b[i] as number, 0]);
      set(target, 0, i, divide(difference, [this.stds[i] as number, 0]));
    });
    const latent = columns.rows;
    const mean = zeros(1, latent);
    let residual = target;
    let slope = vectors.images.map(image => dot(image, target.high)); // along each v: what is left to be explained
    for (let step = 0; ; step++) {
      vectors.right.forEach((v, k) => {
        const move = (slope[k] as number) * (shrinkage[k] as number);
        for (let j = 0; j < latent; j++) {
          set(mean, 0, j, subtract(get(mean, 0, j), [-move * (v[j] as number), 0]));
        }
      });
      residual = { ...target, high: target.high.slice(), low: target.low.slice() };
      for (let j = 0; j < latent; j++) subtractMultiple(residual, 0, columns, j, get(mean, 0, j));
      if (step === 2) break;
      // The gradient, Wᵀ residual − z, cancels at the mean: the first step leaves what float64 cannot see.
      const gradient = zeros(1, latent);
      subtractMultiple(gradient, 0, mean, 0, ONE);
      for (let i = 0; i < x.length; i++) {
        const [high, low] = get(residual, 0, i);
        subtractMultiple(gradient, 0, rows, i, [-high, -low]);
      }
      slope = vectors.right.map(v => dot(v, gradient.high));
    }
    return { mean, residual };
  }

  private factors(): Whitened {
    this.whitened ??= whiten(this.W, this.stds);
    return this.whitened;
  }
}

/** S⁻¹ W, with S = diag(s), and what is computed once of it. */
interface Whitened {
  rows: DoubleMatrix;
  columns: DoubleMatrix;
  vectors: SingularVectors;
  /** 1 / (1 + σ²): the posterior variance of z along each v. */
  shrinkage: number[];
  /** log |W Wᵀ + S²| */
  logDeterminant: number;
}

function whiten(W: number[][], stds: readonly number[]): Whitened {
  const rows = doubled(W);
  stds.forEach((std, i) => {
    for (let j = 0; j < rows.columns; j++) set(rows, i, j, divide(get(rows, i, j), [std, 0]));
  });
  const columns = transposed(rows);
  const vectors = singularVectors(columns);
  const logDeterminant =
    stds.reduce((sum, std) => sum + 2 * Math.log(std), 0) +
    vectors.values.reduce((sum, value) => sum + logOnePlusSquare(value), 0);
  return {
    rows,
    columns,
    vectors,
    shrinkage: vectors.values.map(value => 1 / (1 + value * value)),
    logDeterminant,
  };
}

/** log(1 + σ²), also where σ² overflows. */
function logOnePlusSquare(value: number): number {
  return value < 1e8 ? Math.log1p(value * value) : 2 * Math.log(value);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const LOG_2PI = Math.log(2 * Math.PI);
const ONE: Double = [1, 0];
