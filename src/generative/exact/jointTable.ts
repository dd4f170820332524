import { assertFunction, assertIndex, assertList, isList, told } from "./check.ts";
import { assertProbabilities, expectation } from "./entropy.ts";
import { bit, placeOf } from "./enumerate.ts";

/** Values of some of the variables: index, counted from 0, to 0 or 1. */
export type Assignment = ReadonlyMap<number, number>;

/**
 * `p(x)` for each of the 2^d binary vectors, in the order of `binaryVectors(d)`, in float64.
 *
 * The exact twin of a model of d bits: marginals, conditionals, entropies and divergences by summation. Probabilities
 * that sum to 1 but for rounding are divided by their sum.
 *
 * @throws RangeError where the length is not a power of two, or these are no probabilities that sum to 1 within 1e-5
 * @example
 * const copies = new JointTable([0.5, 0, 0, 0.5]); // two bits that always agree
 * copies.conditional(1, new Map([[0, 1]])) // => 1
 */
export class JointTable {
  readonly probabilities: Float64Array;
  /** d */
  readonly dimensions: number;

  constructor(probabilities: ArrayLike<number>) {
    assertList("JointTable", "probabilities", probabilities);
    this.dimensions = Math.log2(probabilities.length);
    if (!Number.isInteger(this.dimensions) || this.dimensions < 1) {
      throw new RangeError(
        `JointTable: probabilities must have 2^d entries, but got ${probabilities.length}; one for each vector of d bits.`,
      );
    }
    // As loose as the sum over a model's log-probabilities in float32.
    const total = assertProbabilities("JointTable", probabilities, 1e-5);
    this.probabilities = new Float64Array(probabilities);
    if (total === 1) return;
    for (let i = 0; i < probabilities.length; i++) this.probabilities[i] = (probabilities[i] as number) / total;
  }

  /**
   * `p̂(x) = (1/n) Σ_j 1[x = x_j]`: the empirical distribution of the rows of `data`.
   *
   * @throws RangeError for no rows, rows of different lengths, or entries that are neither 0 nor 1
   */
  static empirical(data: readonly ArrayLike<number>[]): JointTable {
    assertList("JointTable", "data", data);
    const wrong = data.findIndex(x => !isList(x));
    if (wrong >= 0) assertList("JointTable", `row ${wrong} of data`, data[wrong] as ArrayLike<number>);
    const odd = data.find(({ length }) => length !== data[0]?.length);
    if (data.length === 0 || odd !== undefined) {
      throw new RangeError(
        `JointTable: data must have rows, all of the same length, but got ${odd === undefined ? "none" : `${data[0]?.length} and ${odd.length} entries`}; one row is one vector.`,
      );
    }
    const counts = new Float64Array(2 ** (data[0]?.length ?? 0));
    for (const x of data) {
      const place = placeOf("JointTable", x);
      counts[place] = (counts[place] as number) + 1 / data.length;
    }
    return new JointTable(counts);
  }

  /** p(x) of a whole vector. Throws where it has not d entries of 0 or 1. */
  probability(x: ArrayLike<number>): number {
    assertList("JointTable", "a vector", x);
    if (x.length !== this.dimensions) {
      throw new RangeError(
        `JointTable: a vector must have ${this.dimensions} entries, but got ${x.length}; ask marginal for some of them.`,
      );
    }
    return this.probabilities[placeOf("JointTable", x)] as number;
  }

  /** The probability that the variables in `given` have the values there: the others are summed out. */
  marginal(given: Assignment): number {
    let sum = 0;
    for (const index of this.matches(given)) sum += this.probabilities[index] as number;
    return sum;
  }

  /** `p(x_i = 1 | given)`, for an i in `given` the value there. NaN where the condition has probability 0. */
  conditional(i: number, given: Assignment): number {
    assertIndex("JointTable", "i", i, this.dimensions);
    assertCondition(given);
    return given.get(i) ?? this.marginal(new Map([...given, [i, 1]])) / this.marginal(given);
  }

  /** `p(x_missing | given)`: every vector that agrees with `given`, and how probable it is then. */
  completions(given: Assignment): { x: number[]; probability: number }[] {
    const total = this.marginal(given);
    if (!(total > 0)) {
      throw new RangeError(
        `JointTable: the condition must have positive probability, but got 0 for ${JSON.stringify([...given])}; nothing follows from what cannot be.`,
      );
    }
    const { dimensions: d } = this;
    return this.matches(given).map(index => ({
      x: Array.from({ length: d }, (_, i) => bit(index, i, d)),
      probability: (this.probabilities[index] as number) / total,
    }));
  }

  /** `H = −Σ_x p(x) log p(x)`, in nats: no model of this distribution has a smaller expected NLL. */
  entropy(): number {
    return this.expectation(index => -Math.log(this.probabilities[index] as number));
  }

  /** `E_p[−log q(x)]`, in nats; `logQ` in the order of the table. At least `entropy()` where q is a distribution. */
  crossEntropy(logQ: ArrayLike<number>): number {
    assertList("JointTable", "logQ", logQ);
    const wrong = firstWrong(logQ);
    if (logQ.length !== this.probabilities.length || wrong >= 0) {
      throw new RangeError(
        `JointTable: logQ must have a number or −∞ for each of ${this.probabilities.length} vectors, but got ${wrong >= 0 ? `${told(logQ[wrong])} at ${wrong}` : logQ.length}; the order is that of binaryVectors.`,
      );
    }
    return this.expectation(index => -(logQ[index] as number));
  }

  /** `E_p f(x)`, f taking the place in the table; terms with p(x) = 0 count nothing. */
  expectation(f: (index: number) => number): number {
    assertFunction("JointTable", "f", f);
    return expectation(this.probabilities, f);
  }

  /**
   * `I(x_a; x_b | x_C) = E log p(x_a, x_b | x_C) / (p(x_a | x_C) p(x_b | x_C))`, in nats.
   *
   * Zero exactly when x_a and x_b are independent given C.
   */
  mutualInformation(a: number, b: number, given: readonly number[] = []): number {
    assertList("JointTable", "given", given);
    for (const i of [a, b, ...given]) assertIndex("JointTable", "a variable", i, this.dimensions);
    return this.expectation(index => {
      const value = (i: number): [number, number] => [i, bit(index, i, this.dimensions)];
      const condition = given.map(value);
      const p = (...more: [number, number][]) => Math.log(this.marginal(new Map([...condition, ...more])));
      return p(value(a), value(b)) + p() - p(value(a)) - p(value(b));
    });
  }

  /** The places in the table that agree with `given`, in order: each unknown bit doubles their number. */
  private matches(given: Assignment): number[] {
    assertCondition(given);
    for (const [i, value] of given) {
      if (Number.isInteger(i) && i >= 0 && i < this.dimensions && (value === 0 || value === 1)) continue;
      throw new RangeError(
        `JointTable: a condition must give 0 or 1 to some of 0..${this.dimensions - 1}, but got ${told(value)} for ${told(i)}; the first variable is 0.`,
      );
    }
    let found = [0];
    for (let i = 0; i < this.dimensions; i++) {
      const value = given.get(i);
      const longer: number[] = [];
      for (const n of found) {
        if (value !== 1) longer.push(2 * n);
        if (value !== 0) longer.push(2 * n + 1);
      }
      found = longer;
    }
    return found;
  }
}

function assertCondition(given: Assignment): void {
  if (typeof given?.get === "function") return;
  throw new TypeError(
    `JointTable: a condition must be a Map, but got ${told(given)}; as in new Map([[0, 1]]) for x_0 = 1.`,
  );
}

/** Of an entry that is no number; −1 where there is none. */
function firstWrong(values: ArrayLike<number>): number {
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== "number" || Number.isNaN(values[i])) return i;
  }
  return -1;
}
