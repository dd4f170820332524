import { assertList, told } from "./check.ts";

/**
 * `μ̂ = (1/n) Σ x_i`, `σ̂² = (1/n) Σ (x_i − μ̂)²`: the Gaussian of highest likelihood.
 *
 * The divisor is n, not n − 1: the likelihood asks for it, at the price of a bias of −σ²/n.
 * Bishop, Pattern Recognition and Machine Learning, 2006, eq. 1.55 and 1.56.
 *
 * @throws RangeError where all data are equal: the likelihood then grows without bound as σ → 0
 * @example
 * gaussianMle([1, 3]) // => { mean: 2, std: 1 }
 */
export function gaussianMle(data: ArrayLike<number>): { mean: number; std: number } {
  assertList("gaussianMle", "data", data);
  const n = data.length;
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(data[i])) continue;
    throw new RangeError(`gaussianMle: data must be finite, but got ${told(data[i])}; look at what computed it.`);
  }
  const rough = sum(data, x => x) / n;
  let [shift, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const difference = (data[i] as number) - rough;
    shift += difference / n;
    squares += difference * difference;
  }
  const mean = rough + shift;
  const variance = squares / n - shift * shift;
  // Where the rough mean is off by much of the spread, or squares leave float64, by another look.
  if (variance > 1e-250 && variance < 1e300 && shift * shift < 0.01 * variance)
    return { mean, std: Math.sqrt(variance) };
  return { mean, std: spreadAbout(mean, data) };
}

function spreadAbout(mean: number, data: ArrayLike<number>): number {
  const n = data.length;
  // In units of a power of 2 near the largest deviation, the squares neither over- nor underflow.
  const largest = Array.from(data).reduce((most, x) => Math.max(most, Math.abs(x - mean)), 0);
  const unit = 2 ** Math.floor(Math.log2(largest)) || 1;
  // Numbers that are near each other differ from their rounded mean without rounding, so what that is off by is known.
  const off = sum(data, x => (x - mean) / unit) / n;
  const std = unit * Math.sqrt(sum(data, x => ((x - mean) / unit) ** 2) / n - off * off);
  if (!(std > 0)) {
    throw new RangeError(
      `gaussianMle: data must have two different values, but got ${n} with standard deviation ${std}; the likelihood has no maximum.`,
    );
  }
  return std;
}

/**
 * `p̂_k = n_k / n`: the categorical distribution of highest likelihood, from counts. By Lagrange's multiplier.
 *
 * @throws RangeError where a count is negative or all are 0
 * @example
 * categoricalMle([3, 1, 0]) // => [0.75, 0.25, 0]
 */
export function categoricalMle(counts: ArrayLike<number>): number[] {
  assertList("categoricalMle", "counts", counts);
  const wrong = Array.from(counts).findIndex(count => !Number.isFinite(count) || count < 0);
  const n = wrong >= 0 ? Number.NaN : sum(counts, count => count);
  if (!(n > 0 && n < Infinity)) {
    throw new RangeError(
      `categoricalMle: counts must be at least 0 and not all 0, but got ${wrong >= 0 ? told(counts[wrong]) : `a sum of ${n}`}; count the data first.`,
    );
  }
  return Array.from(counts, count => count / n);
}

function sum(values: ArrayLike<number>, term: (value: number) => number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += term(values[i] as number);
  return total;
}
