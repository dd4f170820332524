import { assertList, assertNumbers, told } from "./check.ts";

/** Where a symbol lies among all, in whole units: `from ≤ … < to`, of `total`. */
export interface Share {
  from: bigint;
  to: bigint;
  total: bigint;
}

/**
 * `p_k` as `u_k / Σ_j u_j` with whole numbers u: p_k · 2⁹⁶, rounded, but at least 1 where p_k is positive.
 *
 * Exact for p_k from 2⁻⁴³ up, and to 1e-9 of p_k from 1e-20 up. Sums are kept in two halves of 48 bits, as numbers:
 * a bigint for each symbol would take most of the time.
 *
 * @throws RangeError where there is no symbol, a probability is negative or NaN, or they do not sum to 1 within 1e-6
 */
export class CodeTable {
  /** Whether each probability that is positive is at least 2⁻¹⁹: numbers of 53 bits are then enough for their shares. */
  readonly isCommon: boolean;
  /** Σ_j p_j, to the last bit. */
  private readonly sum: number;
  private units: Sum | undefined;

  constructor(private readonly probabilities: ArrayLike<number>) {
    assertList("arithmetic coder", "probabilities", probabilities);
    const { length } = probabilities;
    if (length === 0) {
      throw new RangeError(
        "arithmetic coder: there must be a symbol, but got none; predict gives one probability each.",
      );
    }
    let [sum, lost, isCommon] = [0, 0, true];
    for (let k = 0; k < length; k++) {
      const p = probabilities[k] as number;
      if (typeof p !== "number") assertNumbers("arithmetic coder", "probabilities", probabilities);
      if (!(p >= 0)) {
        throw new RangeError(
          `arithmetic coder: a probability must not be negative, but got ${p} for symbol ${k}; look at what computed it.`,
        );
      }
      if (p < RARE && p > 0) isCommon = false;
      const next = sum + p;
      lost += sum >= p ? sum - next + p : p - next + sum;
      sum = next;
    }
    if (!(Math.abs(sum - 1) < 1e-6)) {
      throw new RangeError(`arithmetic coder: probabilities must sum to 1, but got ${sum}; divide them by their sum.`);
    }
    this.isCommon = isCommon;
    this.sum = sum + lost;
  }

  /**
   * The share of a symbol in a width of up to 2⁵³, of a table of common symbols: `from ≤ … < to`.
   *
   * Products are rounded, but alike for all who ask, in order, and to one unit.
   *
   * @throws RangeError where it is not one of 0 … K − 1, or has probability 0
   */
  endsWithin(width: number, symbol: number): { from: number; to: number } {
    this.assertSymbol(symbol);
    const scale = width / this.sum;
    let [sum, lost, from] = [0, 0, 0];
    for (let k = 0; ; k++) {
      if (k === symbol) from = Math.floor((sum + lost) * scale);
      const p = this.probabilities[k] as number;
      const next = sum + p;
      lost += sum >= p ? sum - next + p : p - next + sum;
      sum = next;
      if (k === symbol) return { from, to: this.end(sum + lost, width, scale) };
    }
  }

  /** The symbol whose share in a width holds a unit, from 0 to width − 1. */
  symbolWithin(width: number, unit: number): number {
    const scale = width / this.sum;
    let [sum, lost] = [0, 0];
    for (let k = 0; ; k++) {
      const p = this.probabilities[k] as number;
      const next = sum + p;
      lost += sum >= p ? sum - next + p : p - next + sum;
      sum = next;
      if (unit < this.end(sum + lost, width, scale)) return k;
    }
  }

  private end(sum: number, width: number, scale: number): number {
    return sum === this.sum ? width : Math.floor(sum * scale);
  }

  /** @throws RangeError where it is not one of 0 … K − 1, or has probability 0 */
  share(symbol: number): Share {
    const p = this.assertSymbol(symbol);
    const before = this.sumBefore(symbol);
    const from = before.toBigInt();
    const to = before.add(p);
    const total = this.total.toBigInt();
    return { from, to: to.equals(this.total) ? total : to.toBigInt(), total };
  }

  /** Its probability. */
  private assertSymbol(symbol: number): number {
    const p = this.probabilities[symbol];
    if (p === undefined || !Number.isInteger(symbol)) {
      throw new RangeError(
        `arithmetic coder: a symbol must be an integer from 0 to ${this.probabilities.length - 1}, but got ${told(symbol)}; predict gives a probability for each.`,
      );
    }
    if (p === 0) {
      throw new RangeError(
        `arithmetic coder: a symbol must have a positive probability, but got 0 for ${symbol}; no number of bits names what cannot be.`,
      );
    }
    return p;
  }

  /** Σ_j u_j */
  private get total(): Sum {
    this.units ??= this.sumBefore(this.probabilities.length);
    return this.units;
  }

  /**
   * The symbol whose share holds the unit at `place`, from 0 to Σ u − 1.
   *
   * @param part where that is among all units, from 0 to 1, to 2⁻⁵¹: it decides wherever the shares beside it are not as close
   */
  symbolAt(part: number, place: (total: bigint) => bigint): number {
    const near = part * this.total.high;
    const sum = new Sum();
    for (let k = 0; k < this.probabilities.length; k++) {
      sum.add(this.probabilities[k] as number);
      if (near < sum.high - 2) return k;
      if (near < sum.high + 3) break;
    }
    return this.exactSymbolAt(place);
  }

  private exactSymbolAt(place: (total: bigint) => bigint): number {
    const unit = place(this.total.toBigInt());
    const [high, low] = [Number(unit >> HALF), Number(unit & LOW)];
    const sum = new Sum();
    for (let k = 0; ; k++) {
      sum.add(this.probabilities[k] as number);
      if (sum.high > high || (sum.high === high && sum.low > low)) return k;
    }
  }

  private sumBefore(end: number): Sum {
    const sum = new Sum();
    for (let k = 0; k < end; k++) sum.add(this.probabilities[k] as number);
    return sum;
  }
}

/** `high · 2⁴⁸ + low`, both whole and exact. */
class Sum {
  high = 0;
  low = 0;

  add(p: number): this {
    if (p === 0) return this;
    const scaled = p * UNIT;
    const whole = Math.floor(scaled);
    this.high += whole;
    this.low += Math.round((scaled - whole) * UNIT) || (whole === 0 ? 1 : 0);
    while (this.low >= UNIT) {
      this.low -= UNIT;
      this.high++;
    }
    return this;
  }

  equals(other: Sum): boolean {
    return this.high === other.high && this.low === other.low;
  }

  toBigInt(): bigint {
    if (this.high === 0 && this.low === 0) return 0n;
    return (BigInt(this.high) << HALF) + BigInt(this.low);
  }
}

const RARE = 2 ** -19;
const UNIT = 2 ** 48;
const HALF = 48n;
const LOW = (1n << HALF) - 1n;
