import { CodeInterval, PRECISION } from "./codeInterval.ts";
import type { CodeTable } from "./codeTable.ts";

/**
 * The whole numbers low … high of 53 bits, as numbers: eleven times as quick as bigints, for tables whose symbols are
 * all common.
 *
 * It is never shorter than a quarter, 2⁵¹, of which the share of a common symbol is 2³² and more: rounding both of its
 * ends costs at most 1e-9 bits.
 */
export class ShortInterval {
  low = 0;
  high = 4 * SHORT_QUARTER - 1;

  /** Cut to the share of a symbol. */
  shrink(table: CodeTable, symbol: number): void {
    const { from, to } = table.endsWithin(this.high - this.low + 1, symbol);
    this.high = this.low + to - 1;
    this.low += from;
  }

  /** Where the half of all numbers begins that holds the whole interval: the lower, the middle or the upper one. */
  settled(): number | undefined {
    if (this.high < 2 * SHORT_QUARTER) return 0;
    if (this.low >= 2 * SHORT_QUARTER) return 2 * SHORT_QUARTER;
    if (this.low >= SHORT_QUARTER && this.high < 3 * SHORT_QUARTER) return SHORT_QUARTER;
    return undefined;
  }

  /** The half that begins there, widened to all numbers. */
  widen(half: number): void {
    this.low = 2 * (this.low - half);
    this.high = 2 * (this.high - half) + 1;
  }

  /** The same interval in numbers of `PRECISION` bits. */
  lengthened(): CodeInterval {
    return new CodeInterval(BigInt(this.low) << REST, ((BigInt(this.high) + 1n) << REST) - 1n);
  }
}

export const SHORT_PRECISION = 53;
export const SHORT_QUARTER = 2 ** (SHORT_PRECISION - 2);
const REST = BigInt(PRECISION - SHORT_PRECISION);
