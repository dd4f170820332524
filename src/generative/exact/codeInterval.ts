import type { CodeTable } from "./codeTable.ts";

/** The leading bits that all numbers of an interval share, and how often it can be widened in all. */
export interface Settled {
  leading: number[];
  /** The shared bits, and those after the first that are 01 … or 10 … throughout: the next bit will settle them. */
  count: number;
}

/** The whole numbers low … high, of `PRECISION` bits each. */
export class CodeInterval {
  constructor(
    readonly low: bigint,
    readonly high: bigint,
  ) {}

  /** The share of a symbol, rounded down at both ends. */
  shrink(table: CodeTable, symbol: number): CodeInterval {
    const { from, to, total } = table.share(symbol);
    const width = this.high - this.low + 1n;
    // The first symbol begins where the interval does, and the last one ends there: that needs no division.
    const low = from === 0n ? this.low : this.low + (width * from) / total;
    const high = to === total ? this.high : this.low + (width * to) / total - 1n;
    return new CodeInterval(low, high);
  }

  /** The part of the width that lies before the code, as a number: to 2⁻⁵¹. */
  partOf(code: bigint): number {
    return Number(code - this.low) / Number(this.high - this.low);
  }

  /** The last of `total` units whose part of the width, rounded down, does not lie beyond the code. */
  unitOf(code: bigint, total: bigint): bigint {
    return ((code - this.low + 1n) * total - 1n) / (this.high - this.low + 1n);
  }

  /** By the first 48 bits, as numbers: bigints would take most of the time. */
  settled(): Settled {
    let [low, high] = [Number(this.low >> REST), Number(this.high >> REST)];
    if (low < HALF && high >= HALF && (low < HALF / 2 || high >= 1.5 * HALF)) return NOTHING;
    const leading: number[] = [];
    const double = (offset: number) => {
      low = 2 * (low - offset);
      high = 2 * (high - offset) + 1;
    };
    while (leading.length < MOST && (high < HALF || low >= HALF)) {
      const bit = low >= HALF ? 1 : 0;
      leading.push(bit);
      double(bit * HALF);
    }
    let count = leading.length;
    // Once it straddles the middle it does so until the next symbol.
    for (; count < MOST && low >= HALF / 2 && high < 1.5 * HALF; count++) double(HALF / 2);
    return { leading, count };
  }

  /** Without the bits that are settled, and as many new ones at the end. */
  widened(found: Settled): CodeInterval {
    return new CodeInterval(widened(this.low, found), widened(this.high, found) | ((1n << BigInt(found.count)) - 1n));
  }
}

/** A number of the interval as one of the widened interval, with zeros at its end. */
export function widened(value: bigint, { leading, count }: Settled): bigint {
  const moved = BigInt.asUintN(PRECISION, value << BigInt(leading.length));
  const waiting = count - leading.length;
  if (waiting === 0) return moved;
  return (moved & FIRST) | BigInt.asUintN(PRECISION - 1, moved << BigInt(waiting));
}

/** The interval is never shorter than a quarter: 2¹⁵⁸ holds the smallest share, 2⁻⁹⁶, with 62 bits to spare. */
export const PRECISION = 160;
export const QUARTER = 1n << BigInt(PRECISION - 2);
export const whole = new CodeInterval(0n, 4n * QUARTER - 1n);
const FIRST = 2n * QUARTER;
const REST = BigInt(PRECISION - 48);
const HALF = 2 ** 47;
const NOTHING: Settled = { leading: [], count: 0 };
/** Of 48 bits the last two of what is left are looked at. */
const MOST = 46;
