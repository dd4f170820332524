import { Covariance } from "./covariance.ts";
import { centred, meanSquares, plainMeanSquares } from "./centred.ts";
import { set, subtract, zeros } from "./doubleDouble.ts";
import { assertSquare, assertVector, type Rows } from "./matrices.ts";
import { plainCholesky } from "./plainCholesky.ts";
import { ScaledElimination } from "./scaledElimination.ts";

/**
 * `z = A⁻¹ (x − b)` with z ~ N(0, I): the multivariate normal N(b, A Aᵀ), as a flow. Float64, at any scale.
 *
 * A and A Q have the same density for every rotation Q, so A cannot be found from data; A Aᵀ can.
 *
 * @throws RangeError where A is not square, not finite or singular, or b has another dimension
 */
export class AffineFlow {
  private readonly elimination: ScaledElimination;
  private readonly logDet: number;

  constructor(
    readonly A: Rows,
    readonly b: readonly number[],
  ) {
    assertSquare("AffineFlow", A);
    assertVector("AffineFlow", "b", b, A.length);
    this.elimination = new ScaledElimination(A);
    if (this.elimination.singularAt >= 0) {
      throw new RangeError("AffineFlow: A must be invertible, but got det A = 0; some z would have no x.");
    }
    this.logDet = -this.elimination.logAbsDet.logAbs;
  }

  /** The flow whose samples have that mean and covariance, with A lower triangular (Cholesky). */
  static fromMoments(mean: readonly number[], covariance: Rows): AffineFlow {
    const { cholesky } = new Covariance("AffineFlow.fromMoments", covariance);
    assertVector("AffineFlow.fromMoments", "mean", mean, cholesky.length);
    return new AffineFlow(cholesky, mean);
  }

  /**
   * Maximum likelihood: the mean and the covariance (over n, not n − 1) of the data, [n][d].
   *
   * @throws RangeError where the data lie in a plane of fewer dimensions, as n ≤ d points do
   */
  static fit(data: Rows): AffineFlow {
    const { mean, columns } = centred("AffineFlow.fit", data);
    const A = plainCholesky(plainMeanSquares(columns));
    return new AffineFlow(A ?? new Covariance("AffineFlow.fit", meanSquares(columns)).cholesky, mean);
  }

  /** Σ = A Aᵀ: [d][d] */
  get covariance(): number[][] {
    return this.A.map(row => this.A.map(other => dot(row, other)));
  }

  /** x: [d] -> z: [d], and log |det A⁻¹|. */
  forward(x: readonly number[]): { z: number[]; logDet: number } {
    assertVector("AffineFlow", "x", x, this.b.length);
    const difference = zeros(x.length, 1);
    x.forEach((value, i) => {
      set(difference, i, 0, subtract([value, 0], [this.b[i] as number, 0]));
    });
    return { z: Array.from(this.elimination.solve(difference).high), logDet: this.logDet };
  }

  inverse(z: readonly number[]): number[] {
    assertVector("AffineFlow", "z", z, this.b.length);
    return this.A.map((row, i) => dot(row, z) + (this.b[i] as number));
  }

  /** log N(x; b, A Aᵀ) in nats, by the change of variables. */
  logProb(x: readonly number[]): number {
    const { z, logDet } = this.forward(x);
    return logDet - 0.5 * dot(z, z) - 0.5 * z.length * Math.log(2 * Math.PI);
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
