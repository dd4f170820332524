import { assertList } from "./check.ts";
import {
  divide,
  type Double,
  type DoubleMatrix,
  doubled,
  get,
  multiply,
  rounded,
  set,
  squareRoot,
  subtract,
  subtractMultiple,
  zeros,
} from "./doubleDouble.ts";
import { exponentOf } from "./elimination.ts";
import { assertSquare, assertVector, type Rows } from "./matrices.ts";
import { plainCholesky } from "./plainCholesky.ts";

/**
 * A covariance Σ that was checked once: square, finite, symmetric and positive definite, with its factor
 * `S⁻¹ Σ S⁻¹ = L D Lᵀ`.
 *
 * S holds powers of 2 near the standard deviations, so that units do not matter; L has 1s on its diagonal and D is
 * diagonal. The factor is computed with 31 digits: what is asked of it is right to float64 also where variables almost
 * determine each other. Golub & Van Loan, Matrix Computations, 2013, section 4.1.2.
 *
 * @throws RangeError where Σ is no covariance, with the two numbers that show it
 */
export class Covariance {
  readonly dimension: number;
  /** log₂ of the diagonal of S: [d] */
  readonly exponents: readonly number[];
  /** L below the diagonal, D on it. */
  readonly factors: DoubleMatrix;

  constructor(what: string, covariance: Rows | DoubleMatrix) {
    const exact = typeof covariance === "object" && covariance !== null && "high" in covariance;
    if (!exact) assertCovariance(what, covariance);
    const given = exact ? covariance : doubled(covariance);
    const d = given.rows;
    const variances = Array.from({ length: d }, (_, i) => given.high[i * (d + 1)] as number);
    this.dimension = d;
    this.exponents = variances.map(variance => Math.floor(exponentOf(variance) / 2));
    this.factors = this.factorise(what, given, exact ? 2 ** -90 : d * 2 ** -53);
  }

  /** D_i: the variance of variable i given those before it, in units of S_i². */
  pivot(i: number): Double {
    return get(this.factors, i, i);
  }

  /** log |Σ| */
  get logDeterminant(): number {
    return this.exponents.reduce((sum, e, i) => sum + Math.log(this.pivot(i)[0]) + 2 * e * Math.LN2, 0);
  }

  /** The lower-triangular A with A Aᵀ = Σ: [d][d] */
  get cholesky(): number[][] {
    const roots = this.exponents.map((_, i) => squareRoot(this.pivot(i)));
    return this.exponents.map((e, i) =>
      this.exponents.map((_, j) => {
        if (j > i) return 0;
        const root = roots[j] as Double;
        return (i === j ? root[0] : multiply(get(this.factors, i, j), root)[0]) * 2 ** e;
      }),
    );
  }

  /** L⁻¹ S⁻¹ X for X [d][m], in place: independent rows, with variances D. A lower-triangular X stays one. */
  whiten(X: DoubleMatrix, { triangular = false } = {}): DoubleMatrix {
    const { rows: d, columns: m } = X;
    for (let i = 0; i < d; i++) {
      const scale = 2 ** -(this.exponents[i] as number);
      for (let at = i * m; at < (i + 1) * m; at++) {
        X.high[at] = (X.high[at] as number) * scale;
        X.low[at] = (X.low[at] as number) * scale;
      }
      for (let k = 0; k < i; k++) subtractMultiple(X, i, X, k, get(this.factors, i, k), 0, triangular ? k + 1 : m);
    }
    return X;
  }

  /** (x − y)ᵀ Σ⁻¹ (x − y) */
  squaredDistance(x: readonly number[], y: readonly number[]): number {
    if (x?.length !== this.dimension) assertVector("Covariance", "x", x, this.dimension);
    if (y?.length !== this.dimension) assertVector("Covariance", "y", y, this.dimension);
    const difference = zeros(this.dimension, 1);
    for (let i = 0; i < this.dimension; i++) {
      set(difference, i, 0, subtract([x[i] as number, 0], [y[i] as number, 0]));
    }
    const independent = this.whiten(difference);
    return this.exponents.reduce((sum, _, i) => sum + (independent.high[i] as number) ** 2 / this.pivot(i)[0], 0);
  }

  /** L⁻¹ S⁻¹: the columns of the identity, whitened. */
  get inverseFactor(): DoubleMatrix {
    const identity = zeros(this.dimension, this.dimension);
    for (let i = 0; i < this.dimension; i++) set(identity, i, i, [1, 0]);
    return this.whiten(identity, { triangular: true });
  }

  /** Λ = Σ⁻¹: [d][d] */
  get precision(): number[][] {
    const d = this.dimension;
    const inverse = this.inverseFactor;
    const precision = zeros(d, d);
    for (let k = 0; k < d; k++) {
      for (let i = 0; i <= k; i++) {
        const [high, low] = divide(get(inverse, k, i), this.pivot(k));
        subtractMultiple(precision, i, inverse, k, [-high, -low]);
      }
    }
    // Equal to rounding; equal altogether where each entry is that of the upper triangle.
    return rounded(precision).map((row, i, all) => row.map((value, j) => (j < i ? (all[j]?.[i] as number) : value)));
  }

  private factorise(what: string, given: DoubleMatrix, tolerance: number): DoubleMatrix {
    const d = given.rows;
    const scaled = zeros(d, d);
    for (let i = 0; i < d; i++) {
      for (let j = i; j < d; j++) {
        const [a, b] = [2 ** -(this.exponents[i] as number), 2 ** -(this.exponents[j] as number)];
        // The mean of both triangles, which differ by no more than rounding.
        const [[high, low], [otherHigh, otherLow]] = [get(given, i, j), get(given, j, i)];
        set(scaled, i, j, [
          ((high * a) / 2) * b + ((otherHigh * a) / 2) * b,
          ((low * a) / 2) * b + ((otherLow * a) / 2) * b,
        ]);
      }
    }
    const variances = this.exponents.map((_, i) => scaled.high[i * (d + 1)] as number);
    for (let k = 0; k < d; k++) {
      const pivot = get(scaled, k, k);
      if (!(pivot[0] > tolerance * (variances[k] as number))) {
        const unit = 4 ** (this.exponents[k] as number);
        throw new RangeError(
          `${what}: a covariance must be positive definite, but got a variance of ${pivot[0] * unit} for variable ${k} given those before it, of ${(variances[k] as number) * unit}; remove a variable that the others determine.`,
        );
      }
      for (let i = k + 1; i < d; i++) {
        const factor = divide(get(scaled, k, i), pivot);
        subtractMultiple(scaled, i, scaled, k, factor, i);
        set(scaled, i, k, factor);
      }
    }
    return scaled;
  }
}

/**
 * The lower-triangular A with `A Aᵀ = Σ`: [d][d].
 *
 * @throws RangeError where Σ is not square, symmetric and positive definite
 * @example
 * cholesky([[4, 2], [2, 10]]) // => [[2, 0], [1, 3]]
 */
export function cholesky(covariance: Rows): number[][] {
  assertCovariance("cholesky", covariance);
  return plainCholesky(covariance) ?? new Covariance("cholesky", covariance).cholesky;
}

/**
 * `log |Σ|` of a covariance, in nats; at any scale.
 *
 * @throws RangeError where Σ is not square, symmetric and positive definite
 * @example
 * logDeterminant([[4, 2], [2, 10]]).toFixed(6) // => "3.583519"
 */
export function logDeterminant(covariance: Rows): number {
  return new Covariance("logDeterminant", covariance).logDeterminant;
}

/** Throws unless d means and a covariance [d][d] belong together, and the means are finite. */
export function assertMean(what: string, mean: readonly number[], covariance: Rows): void {
  assertList(what, "covariance", covariance);
  assertVector(what, "mean", mean, covariance.length);
}

function assertCovariance(what: string, covariance: Rows): void {
  assertSquare(what, covariance);
  for (let i = 0; i < covariance.length; i++) {
    const row = covariance[i] as readonly number[];
    const variance = row[i] as number;
    if (!(variance > 0)) {
      throw new RangeError(
        `${what}: a covariance must be positive definite, but got a variance of ${variance} for variable ${i}; no direction may have variance 0.`,
      );
    }
    for (let j = 0; j < i; j++) {
      const [value, other] = [row[j] as number, covariance[j]?.[i] as number];
      if (value === other) continue;
      const size = Math.sqrt(variance) * Math.sqrt(covariance[j]?.[j] as number);
      if (!(Math.abs(value - other) <= SYMMETRIC * size)) {
        throw new RangeError(
          `${what}: a covariance must be symmetric, but got ${value} in row ${i}, column ${j} and ${other} across; average the two if they should be equal.`,
        );
      }
    }
  }
}

/** By how much of the standard deviations two entries across the diagonal may differ: what rounding leaves. */
const SYMMETRIC = 1e-8;
