import { inv, lup, type Matrix, matrix } from "mathjs";
import { logAbsDet, type Rows } from "./matrices.ts";

/**
 * `z = A⁻¹ (x − b)` with z ~ N(0, I): the multivariate normal N(b, A Aᵀ), as a flow. Float64.
 *
 * A and A Q have the same density for every rotation Q, so A cannot be found from data; A Aᵀ can.
 *
 * @throws RangeError where A is singular
 */
export class AffineFlow {
  private readonly inverseA: readonly (readonly number[])[];

  constructor(
    readonly A: Rows,
    readonly b: readonly number[],
  ) {
    if (logAbsDet(A).sign === 0) {
      throw new RangeError("AffineFlow: A must be invertible, but got det A = 0; some z would have no x.");
    }
    this.inverseA = inv(matrix(A as number[][])).toArray() as number[][];
  }

  /** The flow whose samples have that mean and covariance, with A lower triangular (Cholesky, by way of L U). */
  static fromMoments(mean: readonly number[], covariance: Rows): AffineFlow {
    return new AffineFlow(cholesky(covariance), mean);
  }

  /** Maximum likelihood: the mean and the covariance (over n, not n − 1) of the data. */
  static fit(data: Rows): AffineFlow {
    const n = data.length;
    const d = data[0]?.length ?? 0;
    const mean = Array.from({ length: d }, (_, i) => data.reduce((sum, x) => sum + (x[i] as number), 0) / n);
    const centred = data.map(x => x.map((value, i) => value - (mean[i] as number)));
    const covariance = mean.map((_, i) =>
      mean.map((_, j) => centred.reduce((sum, x) => sum + (x[i] as number) * (x[j] as number), 0) / n),
    );
    return AffineFlow.fromMoments(mean, covariance);
  }

  /** Σ = A Aᵀ: [d][d] */
  get covariance(): number[][] {
    return this.A.map(row => this.A.map(other => dot(row, other)));
  }

  forward(x: readonly number[]): { z: number[]; logDet: number } {
    const centred = x.map((value, i) => value - (this.b[i] as number));
    return { z: this.inverseA.map(row => dot(row, centred)), logDet: -logAbsDet(this.A).logAbs };
  }

  inverse(z: readonly number[]): number[] {
    return this.A.map((row, i) => dot(row, z) + (this.b[i] as number));
  }

  /** log N(x; b, A Aᵀ) in nats, by the change of variables. */
  logProb(x: readonly number[]): number {
    const { z, logDet } = this.forward(x);
    return logDet - 0.5 * dot(z, z) - 0.5 * z.length * Math.log(2 * Math.PI);
  }
}

/** The lower-triangular A with A Aᵀ = Σ. */
export function cholesky(covariance: Rows): number[][] {
  const A = covariance.map(row => row.map(() => 0));
  for (const [i, row] of A.entries()) {
    for (let j = 0; j <= i; j++) {
      const other = A[j] as number[];
      const rest = (covariance[i]?.[j] as number) - dot(row.slice(0, j), other.slice(0, j));
      if (i === j && !(rest > 0)) {
        throw new RangeError(
          `cholesky: Σ must be positive definite, but got ${rest} on the diagonal; remove a dimension.`,
        );
      }
      row[j] = i === j ? Math.sqrt(rest) : rest / (other[j] as number);
    }
  }
  return A;
}

/** `A = P L (U + diag(s))`: 1s on the diagonal of L, the diagonal s of U apart; row i of A is row `places[i]` of L (U + diag(s)). */
export function luFactors(A: Rows): { places: number[]; L: number[][]; U: number[][]; s: number[] } {
  const { L, U, p } = lup(matrix(A as number[][])) as unknown as { L: Matrix; U: Matrix; p: number[] };
  const upper = U.toArray() as number[][];
  return {
    places: p,
    L: L.toArray() as number[][],
    U: upper.map((row, i) => row.map((u, j) => (i === j ? 0 : u))),
    s: upper.map((row, i) => row[i] as number),
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
