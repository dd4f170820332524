import { assertFunction, assertList, told } from "./check.ts";
import { type CodeInterval, PRECISION, QUARTER, widened } from "./codeInterval.ts";
import { CodeTable } from "./codeTable.ts";
import { SHORT_PRECISION, SHORT_QUARTER, ShortInterval } from "./shortInterval.ts";

/** p(next symbol | the symbols before): what an autoregressive model knows at each step. Sums to 1. */
export type Predict = (before: readonly number[]) => ArrayLike<number>;

/**
 * `−log₂ p(x) ≤ length ≤ −log₂ p(x) + 2` bits: an arithmetic code of symbols 0 … K − 1 under p(x) = Π p(x_i | x_<i).
 *
 * Each symbol shrinks an interval to its share p(x_i | x_<i); any number inside the last interval names x. Whole
 * numbers of 53 bits, and of 160 from the first table on that has a probability below 2⁻¹⁹, with the bits that are
 * settled sent at once: Witten, Neal & Cleary, Arithmetic Coding for Data Compression, 1987. A probability is a multiple
 * of 2⁻⁹⁶, and where it is positive at least that: the two bounds hold to 1e-9 bits a symbol for messages of any length
 * whose symbols have probabilities of 1e-20 and more. A rarer one costs at most 97 bits.
 *
 * @returns one bit an entry
 * @throws RangeError where a symbol is not one of 0 … K − 1 or has probability 0, or probabilities are negative, NaN
 * or do not sum to 1
 * @example
 * const biased = () => [0.9, 0.1];
 * const bits = arithmeticEncode([0, 0, 1, 0, 0, 0, 0, 0], biased);
 * bits.length // => 6
 * arithmeticDecode(bits, 8, biased).join("") // => "00100000"
 */
export function arithmeticEncode(symbols: readonly number[], predict: Predict): Uint8Array {
  const { bits, beginsInFirstQuarter, pending } = narrow("arithmeticEncode", symbols, predict);
  // The interval holds all of the second or of the third quarter: two bits name that quarter.
  send(bits, beginsInFirstQuarter ? 0 : 1, pending + 1);
  return new Uint8Array(bits);
}

/** The bits that every message begins with that decodes to these symbols: those of `arithmeticEncode` but the last few. */
export function arithmeticPrefix(symbols: readonly number[], predict: Predict): Uint8Array {
  return new Uint8Array(narrow("arithmeticPrefix", symbols, predict).bits);
}

/** The bits that are settled, where the interval that is left begins, and how many bits its next one settles besides itself. */
function narrow(what: string, symbols: readonly number[], predict: Predict) {
  assertList(what, "symbols", symbols);
  assertFunction(what, "predict", predict);
  const bits: number[] = [];
  const before: number[] = [];
  const short = new ShortInterval();
  let long: CodeInterval | undefined;
  let pending = 0;
  for (const symbol of symbols) {
    const table = new CodeTable(predict(before));
    before.push(symbol);
    if (long === undefined && table.isCommon) {
      short.shrink(table, symbol);
      for (let half = short.settled(); half !== undefined; half = short.settled()) {
        if (half === SHORT_QUARTER) pending++;
        else {
          send(bits, half === 0 ? 0 : 1, pending);
          pending = 0;
        }
        short.widen(half);
      }
      continue;
    }
    let interval: CodeInterval = (long ?? short.lengthened()).shrink(table, symbol);
    for (let found = interval.settled(); found.count > 0; found = interval.settled()) {
      for (const bit of found.leading) {
        send(bits, bit, pending);
        pending = 0;
      }
      pending += found.count - found.leading.length;
      interval = interval.widened(found);
    }
    long = interval;
  }
  const beginsInFirstQuarter = long === undefined ? short.low < SHORT_QUARTER : long.low < QUARTER;
  return { bits, beginsInFirstQuarter, pending };
}

/** A bit, and those that waited for it: they are its opposite. */
function send(bits: number[], bit: number, pending: number): void {
  bits.push(bit);
  for (let i = 0; i < pending; i++) bits.push(1 - bit);
}

/**
 * The `length` symbols that were encoded: the inverse of `arithmeticEncode` for the same `predict`.
 *
 * What comes after the code does no harm; any bits decode to something.
 *
 * @throws RangeError where length is no count, a bit is neither 0 nor 1, or the probabilities are none
 */
export function arithmeticDecode(bits: ArrayLike<number>, length: number, predict: Predict): number[] {
  assertList("arithmeticDecode", "bits", bits);
  assertFunction("arithmeticDecode", "predict", predict);
  if (!Number.isInteger(length) || length < 0) {
    throw new RangeError(
      `arithmeticDecode: length must be a count, but got ${told(length)}; it is that of what was encoded.`,
    );
  }
  const symbols: number[] = [];
  const input = new BitReader(bits);
  const short = new ShortInterval();
  let near = input.number(SHORT_PRECISION);
  while (symbols.length < length) {
    const table = new CodeTable(predict(symbols));
    if (!table.isCommon) return decodeRest(symbols, length, table, { predict, input, short, near });
    const symbol = table.symbolWithin(short.high - short.low + 1, near - short.low);
    symbols.push(symbol);
    short.shrink(table, symbol);
    for (let half = short.settled(); half !== undefined; half = short.settled()) {
      short.widen(half);
      near = 2 * (near - half) + input.bit();
    }
  }
  return symbols;
}

/** From the first table on that has a rare symbol. */
function decodeRest(symbols: number[], length: number, first: CodeTable, { predict, input, short, near }: Decoding) {
  let interval = short.lengthened();
  let code = (BigInt(near) << BigInt(PRECISION - SHORT_PRECISION)) | input.bigint(PRECISION - SHORT_PRECISION);
  for (let table = first; ; table = new CodeTable(predict(symbols))) {
    const symbol = table.symbolAt(interval.partOf(code), total => interval.unitOf(code, total));
    symbols.push(symbol);
    if (symbols.length === length) return symbols;
    interval = interval.shrink(table, symbol);
    for (let found = interval.settled(); found.count > 0; found = interval.settled()) {
      interval = interval.widened(found);
      code = widened(code, found) | input.bigint(found.count);
    }
  }
}

interface Decoding {
  predict: Predict;
  input: BitReader;
  short: ShortInterval;
  /** The next bits, less what the widening took off. */
  near: number;
}

/** The bits of a message, one after the other; 0 beyond its end. */
class BitReader {
  private next = 0;

  constructor(private readonly bits: ArrayLike<number>) {}

  bit(): number {
    if (this.next >= this.bits.length) return 0;
    const bit = this.bits[this.next++] as number;
    if (bit === 0 || bit === 1) return bit;
    throw new RangeError(`arithmeticDecode: a bit must be 0 or 1, but got ${told(bit)}; one bit is one entry.`);
  }

  /** Up to 53 of them, as one number. */
  number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = 2 * value + this.bit();
    return value;
  }

  bigint(count: number): bigint {
    let value = 0n;
    for (let left = count; left > 0; left -= 32) {
      const size = Math.min(left, 32);
      value = (value << BigInt(size)) | BigInt(this.number(size));
    }
    return value;
  }
}
