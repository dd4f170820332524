import { assertFields, told } from "./check.ts";
import { Empirical } from "./empirical.ts";

export interface HistogramOptions {
  /** K, the number of values that are possible: 2^d for d bits. */
  cells: number;
  /** λ, the probability set aside for the uniform distribution over all cells. */
  uniform: number;
}

/**
 * `p(x) = (1 − λ) p̂(x) + λ / K`: a histogram with a cell for every value there could be, nothing shared.
 *
 * Only the cells that occur are kept in memory. With λ = 0 it is the empirical distribution. Valid for every λ from
 * 0 to 1: the probabilities sum to 1 over the K cells.
 *
 * @throws RangeError where λ is outside [0, 1] or there are fewer cells than different data
 * @example
 * new Histogram(["00", "01"], { cells: 4, uniform: 0.2 }).probability("11") // => 0.05
 */
export class Histogram<Value extends string | number> {
  readonly empirical: Empirical<Value>;
  readonly cells: number;
  readonly uniform: number;

  constructor(data: readonly Value[], options: HistogramOptions) {
    assertFields("Histogram", "options", options, ["cells", "uniform"]);
    const { cells, uniform } = options;
    this.empirical = new Empirical(data, "Histogram");
    this.cells = cells;
    this.uniform = uniform;
    if (!(Number.isInteger(cells) && cells >= this.empirical.counts.size)) {
      throw new RangeError(
        `Histogram: cells must be an integer of at least the ${this.empirical.counts.size} different values, but got ${told(cells)}; count every value there could be, as in 2 ** d.`,
      );
    }
    if (typeof uniform !== "number" || !(uniform >= 0 && uniform <= 1)) {
      throw new RangeError(
        `Histogram: uniform must lie in [0, 1], but got ${told(uniform)}; it is the probability set aside for new values.`,
      );
    }
  }

  /** p(x), for any x of the K cells. */
  probability(x: Value): number {
    return (1 - this.uniform) * this.empirical.probability(x) + this.uniform / this.cells;
  }

  /** log p(x) in nats. */
  logProb(x: Value): number {
    // λ / K may underflow, its logarithm cannot.
    if (!this.empirical.counts.has(x)) return Math.log(this.uniform) - Math.log(this.cells);
    return Math.log(this.probability(x));
  }
}
