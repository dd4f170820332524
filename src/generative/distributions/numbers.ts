import * as tf from "@tensorflow/tfjs";
import { isTracing, viewOf, viewsOf } from "../../engine/index.ts";

// Values outside of compiled steps, in float64: a few products in a loop take less time than an operator for each, and
// cancel fewer digits. An exponential or a logarithm of `Math` takes more: that is better taken from an operator.

/** Whether what is computed now is to be traced, or differentiated. */
export function isRecorded(): boolean {
  return isTracing() || tf.engine().state.gradientDepth > 0;
}

/** Whether every entry is a number between the two: a look that takes less time than an operator. Unknown in a compiled step. */
export function isKnownWithin(x: tf.Tensor, least: number, most: number): boolean {
  return !isTracing() && areWithin(viewOf(x), least, most);
}

/**
 * Whether every number lies between the two, both included. Four at a time: this reads every pixel of every batch.
 *
 * As long as all are small enough for both ends, sizes are compared, which are half as many.
 */
export function areWithin(numbers: ArrayLike<number>, least: number, most: number): boolean {
  const n = numbers.length;
  let i = areSmallUntil(numbers, Math.min(-least, most));
  for (; i + 3 < n; i += 4) {
    const a = numbers[i] as number;
    const b = numbers[i + 1] as number;
    const c = numbers[i + 2] as number;
    const d = numbers[i + 3] as number;
    if (!(a >= least && a <= most && b >= least && b <= most && c >= least && c <= most && d >= least && d <= most)) {
      return false;
    }
  }
  for (; i < n; i++) if (!((numbers[i] as number) >= least && (numbers[i] as number) <= most)) return false;
  return true;
}

/** The place, a multiple of four, before which no size is above the limit. */
function areSmallUntil(numbers: ArrayLike<number>, limit: number): number {
  for (let i = 0; i + 3 < numbers.length; i += 4) {
    const a = Math.abs(numbers[i] as number);
    const b = Math.abs(numbers[i + 1] as number);
    const c = Math.abs(numbers[i + 2] as number);
    const d = Math.abs(numbers[i + 3] as number);
    if (!(a <= limit && b <= limit && c <= limit && d <= limit)) return i;
  }
  return numbers.length - (numbers.length % 4);
}

/** f of each entry, outside of compiled steps. */
export function eachOf(x: tf.Tensor, f: (value: number) => number): tf.Tensor {
  const values = viewOf(x);
  const results = new Float32Array(values.length);
  for (let i = 0; i < results.length; i++) results[i] = f(values[i] as number);
  return tf.tensor(results, x.shape, "float32");
}

/**
 * Σ_i f(a_i, b_i, …) over the last axis of the shape that up to four tensors broadcast to; undefined where that is
 * recorded, or has so many entries that operators take less time than a loop, of which each costs a hundred.
 */
export function sumOfFew(
  f: (a: number, b: number, c: number, d: number) => number,
  ...tensors: readonly tf.Tensor[]
): tf.Tensor | undefined {
  if (isRecorded()) return undefined;
  const shape = commonShape(tensors);
  if (tf.util.sizeFromShape(shape) > FEW) return undefined;
  const [as = [], bs = as, cs = as, ds = as] = repeatedNumbers(tensors, shape);
  const last = shape.at(-1) as number;
  const sums = new Float32Array(tf.util.sizeFromShape(shape.slice(0, -1)));
  for (let row = 0, at = 0; row < sums.length; row++) {
    let sum = 0;
    for (let i = 0; i < last; i++, at++) {
      sum += f(as[at] as number, bs[at] as number, cs[at] as number, ds[at] as number);
    }
    sums[row] = sum;
  }
  return tf.tensor(sums, shape.slice(0, -1), "float32");
}

/** So many entries take a loop of float64 as long as the operators of a log-probability. */
export const FEW = 1024;

/** The numbers of several tensors over the shape that they broadcast to, to be read before the next operation. */
export function numbersOf(...tensors: readonly tf.Tensor[]): { shape: number[]; numbers: ArrayLike<number>[] } {
  const shape = commonShape(tensors);
  return { shape, numbers: repeatedNumbers(tensors, shape) };
}

function repeatedNumbers(tensors: readonly tf.Tensor[], shape: readonly number[]): ArrayLike<number>[] {
  return viewsOf(tensors).map((numbers, i) => repeated((tensors[i] as tf.Tensor).shape, numbers, shape));
}

function commonShape(tensors: readonly tf.Tensor[]): number[] {
  return tensors.reduce<number[]>((whole, each) => tf.broadcast_util.assertAndGetBroadcastShape(whole, each.shape), []);
}

/** Numbers of a shape over one that it broadcasts to: broadcastTo takes ten times as long. */
function repeated(own: readonly number[], given: Typed, shape: readonly number[]): ArrayLike<number> {
  let numbers = given;
  let length = 1; // of what stands together at an axis
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const times = shape[axis] as number;
    if ((own[axis - shape.length + own.length] ?? 1) !== times) {
      const whole = new Float32Array(numbers.length * times);
      for (let from = 0, at = 0; from < numbers.length; from += length) {
        const part = numbers.subarray(from, from + length);
        for (let i = 0; i < times; i++, at += length) whole.set(part, at);
      }
      numbers = whole;
    }
    length *= times;
  }
  return numbers;
}

type Typed = ReturnType<typeof viewOf>;

/** `e^x − 1` for |x| < 1, to 3e-9 of itself. */
export function nearExpm1(x: number): number {
  return x + nearExpRest(x);
}

/** `e^x − 1 − x` for |x| < 1, to 1e-8 of itself: its series. */
export function nearExpRest(x: number): number {
  let sum = 0;
  for (let i = 0; i < INVERSE_FACTORIALS.length; i++) sum = sum * x + (INVERSE_FACTORIALS[i] as number);
  return x * x * sum;
}

/** 1/k!, from k = 11 down to 2. */
const INVERSE_FACTORIALS = [39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2].map(factorial => 1 / factorial);

/** `log((1 + x)/(1 − x))` for |x| ≤ ⅓, to 1e-8 of itself: 2 artanh x; of (a − b)/(a + b) it is log(a/b). */
export function nearLogRatio(x: number): number {
  const z = x * x;
  const rest = 1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15))))));
  return 2 * x * (1 + z * rest);
}

/** Below it the difference of two numbers of float64 that are 0 to the first order keeps fewer digits than their series. */
export const TINY = 1e-4;
