import { PRECISION, QUARTER, whole, widened } from "./codeInterval.ts";
import { CodeTable } from "./codeTable.ts";

/** p(next symbol | the symbols before): what an autoregressive model knows at each step. Sums to 1. */
export type Predict = (before: readonly number[]) => ArrayLike<number>;

/**
 * `−log₂ p(x) ≤ length ≤ −log₂ p(x) + 2` bits: an arithmetic code of symbols 0 … K − 1 under p(x) = Π p(x_i | x_<i).
 *
 * Each symbol shrinks an interval to its share p(x_i | x_<i); any number inside the last interval names x. Whole
 * numbers of 160 bits, with the bits that are settled sent at once: Witten, Neal & Cleary, Arithmetic Coding for Data
 * Compression, 1987. A probability is a multiple of 2⁻⁹⁶, and where it is positive at least that: the two bounds hold
 * to 1e-9 bits a symbol for messages of any length whose symbols have probabilities of 1e-20 and more. A rarer one
 * costs at most 97 bits.
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
  const { bits, interval, pending } = narrow(symbols, predict);
  // The interval holds all of the second or of the third quarter: two bits name that quarter.
  send(bits, interval.low < QUARTER ? 0 : 1, pending + 1);
  return Uint8Array.from(bits);
}

/** The bits that every message begins with that decodes to these symbols: those of `arithmeticEncode` but the last few. */
export function arithmeticPrefix(symbols: readonly number[], predict: Predict): Uint8Array {
  return Uint8Array.from(narrow(symbols, predict).bits);
}

/** The bits that are settled, the interval that is left, and how many bits its next one settles besides itself. */
function narrow(symbols: readonly number[], predict: Predict) {
  const bits: number[] = [];
  const before: number[] = [];
  let interval = whole;
  let pending = 0;
  for (const symbol of symbols) {
    interval = interval.shrink(new CodeTable(predict(before)), symbol);
    before.push(symbol);
    for (let found = interval.settled(); found.count > 0; found = interval.settled()) {
      for (const bit of found.leading) {
        send(bits, bit, pending);
        pending = 0;
      }
      pending += found.count - found.leading.length;
      interval = interval.widened(found);
    }
  }
  return { bits, interval, pending };
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
  if (!Number.isInteger(length) || length < 0) {
    throw new RangeError(
      `arithmeticDecode: length must be a count, but got ${length}; it is that of what was encoded.`,
    );
  }
  const symbols: number[] = [];
  let next = 0;
  /** The next bits, as one number; 0 beyond the end. */
  const read = (count: number): bigint => {
    let value = 0n;
    for (let taken = 0; taken < count; ) {
      let part = 0;
      const size = Math.min(count - taken, 32);
      for (let i = 0; i < size; i++) {
        const bit = bits[next++] ?? 0;
        if (bit !== 0 && bit !== 1) {
          throw new RangeError(`arithmeticDecode: a bit must be 0 or 1, but got ${bit}; one bit is one entry.`);
        }
        part = 2 * part + bit;
      }
      value = (value << BigInt(size)) | BigInt(part);
      taken += size;
    }
    return value;
  };
  let interval = whole;
  let code = read(PRECISION);
  while (symbols.length < length) {
    const table = new CodeTable(predict(symbols));
    const symbol = table.symbolAt(interval.partOf(code), total => interval.unitOf(code, total));
    symbols.push(symbol);
    interval = interval.shrink(table, symbol);
    for (let found = interval.settled(); found.count > 0; found = interval.settled()) {
      interval = interval.widened(found);
      code = widened(code, found) | read(found.count);
    }
  }
  return symbols;
}
