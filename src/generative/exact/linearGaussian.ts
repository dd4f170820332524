import { add, diag, dot, identity, inv, type Matrix, lup, matrix, multiply, subtract, transpose } from "mathjs";

export interface LinearGaussianOptions {
  /** W: [d][latent] */
  weights: number[][];
  /** b: [d] */
  offset: number[];
  /** s: the standard deviation of the noise on each x_i. */
  noise: number;
}

/**
 * `z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)`: the model in which nothing has to be approximated.
 *
 * Evidence and posterior in float64: the exact twin of every estimate and bound. Tipping & Bishop, Probabilistic
 * Principal Component Analysis, 1999, eq. 3 and 6–8.
 *
 * @throws RangeError where shapes disagree or the noise is not positive
 * @example
 * const model = new LinearGaussian({ weights: [[1]], offset: [0], noise: 1 });
 * model.posterior([2]).mean // => [1]
 */
export class LinearGaussian {
  private readonly W: Matrix;
  private readonly b: number[];
  private readonly variance: number;

  constructor({ weights, offset, noise }: LinearGaussianOptions) {
    const latent = weights[0]?.length ?? 0;
    if (latent === 0 || weights.length !== offset.length || weights.some(row => row.length !== latent)) {
      throw new RangeError(
        `LinearGaussian: weights must be [d][latent] and offset [d], but got ${weights.length} rows and ${offset.length} offsets; one row for each entry of x.`,
      );
    }
    if (!(noise > 0)) {
      throw new RangeError(`LinearGaussian: noise must be positive, but got ${noise}; it is a standard deviation.`);
    }
    this.W = matrix(weights);
    this.b = offset;
    this.variance = noise * noise;
  }

  /** C = W Wᵀ + s² I, the covariance of x: [d][d]. */
  get covariance(): number[][] {
    const noise = multiply(this.variance, identity(this.b.length)) as Matrix;
    return (add(multiply(this.W, transpose(this.W)), noise) as Matrix).toArray() as number[][];
  }

  /** log p(x) = log N(x; b, W Wᵀ + s² I), in nats. */
  logEvidence(x: readonly number[]): number {
    const residual = this.residual(x);
    const C = matrix(this.covariance);
    const squaredDistance = dot(residual, multiply(inv(C), residual));
    return -0.5 * (squaredDistance + logDeterminant(C) + x.length * LOG_2PI);
  }

  /** p(z|x) = N(M⁻¹ Wᵀ (x − b), s² M⁻¹) with M = Wᵀ W + s² I: mean [latent] and covariance [latent][latent]. */
  posterior(x: readonly number[]): { mean: number[]; covariance: number[][] } {
    const Wt = transpose(this.W);
    const latent = Wt.size()[0] as number;
    const M = add(multiply(Wt, this.W), multiply(this.variance, identity(latent)) as Matrix) as Matrix;
    const inverse = inv(M);
    return {
      mean: multiply(inverse, multiply(Wt, this.residual(x))).toArray() as number[],
      covariance: (multiply(this.variance, inverse) as Matrix).toArray() as number[][],
    };
  }

  private residual(x: readonly number[]): number[] {
    if (x.length !== this.b.length) {
      throw new RangeError(
        `LinearGaussian: x must have ${this.b.length} entries, but got ${x.length}; one for each row of weights.`,
      );
    }
    return subtract([...x], this.b) as number[];
  }
}

/** log |det C| from the diagonal of its LU decomposition: the determinant itself under- or overflows. */
function logDeterminant(C: Matrix): number {
  const { U } = lup(C);
  return (diag(U as Matrix).toArray() as number[]).reduce((sum, u) => sum + Math.log(Math.abs(u)), 0);
}

const LOG_2PI = Math.log(2 * Math.PI);
