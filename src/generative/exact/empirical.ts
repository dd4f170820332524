import { assertList, told } from "./check.ts";

/**
 * `p̂(x) = (1/n) Σ_i 1[x = x_i]`: the empirical distribution of n data, which remembers all and knows no more.
 *
 * Values are compared as keys of a Map: strings or numbers. As a model it is a look-up table; its likelihood on
 * its own data is the highest there is, and anything new has probability 0.
 *
 * @throws RangeError for no data, or a NaN among them
 * @example
 * const coin = new Empirical(["heads", "heads", "tails", "heads"]);
 * coin.probability("heads") // => 0.75
 */
export class Empirical<Value extends string | number> {
  /** How often each value occurs. */
  readonly counts: ReadonlyMap<Value, number>;
  /** n */
  readonly size: number;

  /** @param what whom an error names */
  constructor(data: readonly Value[], what = "Empirical") {
    this.counts = countsOf(what, data);
    this.size = data.length;
  }

  /** p̂(x) */
  probability(x: Value): number {
    return (this.counts.get(x) ?? 0) / this.size;
  }

  /** log p̂(x) in nats: −∞ for what is not in the data. */
  logProb(x: Value): number {
    return Math.log(this.probability(x));
  }

  /** H(p̂) in nats, at most log n: no model has a lower average −log p on these data. */
  entropy(): number {
    let sum = 0;
    for (const count of this.counts.values()) sum -= (count / this.size) * Math.log(count / this.size);
    return sum;
  }

  /**
   * `N₁ / n`: the share of values that occur once, an estimate of the probability that the next value is new.
   *
   * Good, The Population Frequencies of Species, 1953, eq. 9; there by Turing.
   */
  unseen(): number {
    let once = 0;
    for (const count of this.counts.values()) if (count === 1) once++;
    return once / this.size;
  }
}

/** How often each value occurs. Throws unless there are data, and all of them strings or numbers. */
function countsOf<Value extends string | number>(what: string, data: readonly Value[]): Map<Value, number> {
  assertList(what, "data", data);
  if (data.length === 0) throw new RangeError(`${what}: data must have a value, but got none; pass the data set.`);
  const counts = new Map<Value, number>();
  for (const value of data) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const value of counts.keys()) {
    if (typeof value === "string" || (typeof value === "number" && !Number.isNaN(value))) continue;
    throw new RangeError(
      `${what}: data must be strings or numbers, but got ${told(value)}; leave it out, or give it a name.`,
    );
  }
  return counts;
}
