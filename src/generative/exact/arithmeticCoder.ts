/** p(next symbol | the symbols before): what an autoregressive model knows at each step. Sums to 1. */
export type Predict = (before: readonly number[]) => ArrayLike<number>;

/**
 * `−log₂ p(x) ≤ length ≤ −log₂ p(x) + 2` bits: an arithmetic code of symbols 0 … K − 1 under p(x) = Π p(x_i | x_<i).
 *
 * Each symbol shrinks an interval to its share p(x_i | x_<i); any number inside the last interval names x. Integers of
 * 32 bits, with the bits that are settled sent at once: Witten, Neal & Cleary, Arithmetic Coding for Data Compression,
 * 1987. Probabilities are rounded to multiples of 2⁻²⁰, and at least that.
 *
 * @returns one bit an entry
 * @throws RangeError where a symbol is not one of 0 … K − 1, or the probabilities do not sum to 1
 * @example
 * const biased = () => [0.9, 0.1];
 * const bits = arithmeticEncode([0, 0, 1, 0, 0, 0, 0, 0], biased);
 * bits.length // => 6
 * arithmeticDecode(bits, 8, biased).join("") // => "00100000"
 */
export function arithmeticEncode(symbols: readonly number[], predict: Predict): Uint8Array {
  const { bits, interval, pending } = narrow(symbols, predict);
  // The interval holds all of the second or of the third quarter: two bits name that quarter.
  return Uint8Array.from([...bits, ...settledBit(interval.low < QUARTER ? 0 : 1, pending + 1)]);
}

/** The bits that every message begins with that decodes to these symbols: those of `arithmeticEncode` but the last few. */
export function arithmeticPrefix(symbols: readonly number[], predict: Predict): Uint8Array {
  return Uint8Array.from(narrow(symbols, predict).bits);
}

/** The bits that are settled, the interval that is left, and how many bits its next one settles besides itself. */
function narrow(symbols: readonly number[], predict: Predict) {
  const bits: number[] = [];
  let interval = whole;
  let pending = 0;
  for (const [i, symbol] of symbols.entries()) {
    interval = shrink(interval, cumulative(predict(symbols.slice(0, i))), symbol);
    for (let half = settled(interval); half !== undefined; half = settled(interval)) {
      if (half === "middle") pending++;
      else {
        bits.push(...settledBit(half === "upper" ? 1 : 0, pending));
        pending = 0;
      }
      interval = double(interval, half);
    }
  }
  return { bits, interval, pending };
}

/** A bit, and those that waited for it: they are its opposite. */
function settledBit(bit: number, pending: number): number[] {
  return [bit, ...Array<number>(pending).fill(1 - bit)];
}

/** The `length` symbols that were encoded: the inverse of `arithmeticEncode` for the same `predict`. */
export function arithmeticDecode(bits: ArrayLike<number>, length: number, predict: Predict): number[] {
  const symbols: number[] = [];
  let interval = whole;
  let next = 0;
  const bit = () => bits[next++] ?? 0;
  let code = 0;
  for (let i = 0; i < PRECISION; i++) code = 2 * code + bit();
  while (symbols.length < length) {
    const bounds = cumulative(predict(symbols));
    const width = interval.high - interval.low + 1;
    const symbol = bounds.findIndex((_, k) => code < interval.low + part(width, bounds[k + 1] as number));
    symbols.push(symbol);
    interval = shrink(interval, bounds, symbol);
    for (let half = settled(interval); half !== undefined; half = settled(interval)) {
      interval = double(interval, half);
      code = 2 * (code - OFFSET[half]) + bit();
    }
  }
  return symbols;
}

/** Integers low … high. */
interface Interval {
  low: number;
  high: number;
}

type Half = "lower" | "middle" | "upper";

/** The half of the line that holds the whole interval, if one does. */
function settled({ low, high }: Interval): Half | undefined {
  if (high < 2 * QUARTER) return "lower";
  if (low >= 2 * QUARTER) return "upper";
  if (low >= QUARTER && high < 3 * QUARTER) return "middle";
  return undefined;
}

function double({ low, high }: Interval, half: Half): Interval {
  return { low: 2 * (low - OFFSET[half]), high: 2 * (high - OFFSET[half]) + 1 };
}

function shrink({ low, high }: Interval, bounds: readonly number[], symbol: number): Interval {
  const [from, to] = [bounds[symbol], bounds[symbol + 1]];
  if (from === undefined || to === undefined) {
    throw new RangeError(
      `arithmetic coder: a symbol must be an integer from 0 to ${bounds.length - 2}, but got ${symbol}; predict gives a probability for each.`,
    );
  }
  const width = high - low + 1;
  return { low: low + part(width, from), high: low + part(width, to) - 1 };
}

/** ⌊width · bound / TOTAL⌋, exact: the product stays below 2⁵³. */
function part(width: number, bound: number): number {
  return Math.floor((width * bound) / TOTAL);
}

/** 0 = c_0 < c_1 < … < c_K = TOTAL, with (c_k+1 − c_k) / TOTAL close to p_k. */
function cumulative(probabilities: ArrayLike<number>): number[] {
  const K = probabilities.length;
  const bounds = [0];
  let sum = 0;
  for (let k = 0; k < K; k++) {
    sum += probabilities[k] as number;
    bounds.push(Math.round(Math.min(sum, 1) * (TOTAL - K)) + k + 1);
  }
  if (!(Math.abs(sum - 1) < 1e-6)) {
    throw new RangeError(`arithmetic coder: probabilities must sum to 1, but got ${sum}; divide them by their sum.`);
  }
  bounds[K] = TOTAL;
  return bounds;
}

const PRECISION = 32;
const QUARTER = 2 ** (PRECISION - 2);
const TOTAL = 2 ** 20;
const OFFSET = { lower: 0, middle: QUARTER, upper: 2 * QUARTER };
const whole: Interval = { low: 0, high: 2 ** PRECISION - 1 };
