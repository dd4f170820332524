import * as tf from "@tensorflow/tfjs";

// Values outside of compiled steps, in float64: a few products in a loop take less time than an operator for each, and
// cancel fewer digits. An exponential or a logarithm of `Math` takes more: that is better taken from an operator.

/** The numbers of several tensors over the shape that they broadcast to. */
export function numbersOf(...tensors: readonly tf.Tensor[]): { shape: number[]; numbers: ArrayLike<number>[] } {
  const shape = tensors.reduce<number[]>(
    (whole, each) => tf.broadcast_util.assertAndGetBroadcastShape(whole, each.shape),
    [],
  );
  return { shape, numbers: tensors.map(each => repeated(each, shape)) };
}

function repeated(tensor: tf.Tensor, shape: number[]): ArrayLike<number> {
  if (tf.util.arraysEqual(tensor.shape, shape)) return tensor.dataSync();
  const isRow = tf.util.arraysEqual(tensor.shape, shape.slice(shape.length - tensor.rank));
  if (!isRow) return tensor.broadcastTo(shape).dataSync();
  const [row, whole] = [tensor.dataSync(), new Float32Array(tf.util.sizeFromShape(shape))];
  for (let at = 0; at < whole.length; at += row.length) whole.set(row, at); // broadcastTo takes ten times as long
  return whole;
}

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
