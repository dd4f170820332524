import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "./replaceKernel.ts";
import type { WasmBackend } from "./wasmBackend.ts";

/**
 * `Σ x` and `Σ x / n` on the wasm backend with all the digits that float32 has, however many entries there are.
 *
 * Its kernels add one entry after the other in float32: a sum of a million times 0.3 is off by 0.15 %, since what is
 * added loses the more digits the larger the sum has become. Here long sums are added up in float64. Short ones keep
 * the kernels of the backend, and their bits.
 *
 * Call it once the backend is wasm; calling it again does nothing.
 */
export function repairSums(): void {
  for (const [name, divided] of [
    ["Sum", false],
    ["Mean", true],
  ] as const) {
    replaceKernel(name, "wasm", repairSums, stock => call => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      const { axis, keepDims } = call.attrs as unknown as { axis: number | number[] | undefined; keepDims?: boolean };
      const axes = tf.util.parseAxisParam(axis as number | number[], x.shape);
      const count = axes.reduce((product, i) => product * (x.shape[i] as number), 1);
      const isLong = x.dtype === "float32" && count > LONG && !x.shape.includes(0);
      if (!isLong) return (stock as tf.KernelFunc)(call);
      const backend = call.backend as WasmBackend;
      const values = sumOver(backend.typedArrayFromHeap(x), x.shape, axes);
      const shape = x.shape.flatMap((length, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [length]));
      const result = backend.makeOutput(shape, "float32");
      // A view taken after the allocation, which may move the heap.
      const sums = backend.typedArrayFromHeap(result);
      for (let i = 0; i < values.length; i++) sums[i] = divided ? (values[i] as number) / count : (values[i] as number);
      return result;
    });
  }
}

/** Entries in one sum that the kernels of the backend add up well enough. */
const LONG = 256;

/** What the kernels use of the backend, whose type tfjs keeps to itself. */

/** The sums over some axes, one run of neighbouring axes after the other, the last first. */
function sumOver(x: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  let [values, lengths] = [x, [...shape]];
  const ordered = [...axes].sort((a, b) => a - b);
  while (ordered.length > 0) {
    const last = ordered.pop() as number;
    let first = last;
    while (ordered.at(-1) === first - 1) first = ordered.pop() as number;
    const size = (from: number, to?: number) => tf.util.sizeFromShape(lengths.slice(from, to));
    values = sumOfMiddle(values, size(0, first), size(first, last + 1), size(last + 1));
    lengths = [...lengths.slice(0, first), ...lengths.slice(last + 1)];
  }
  return values;
}

/** [outer, count, inner] -> [outer, inner] */
function sumOfMiddle(x: Float32Array, outer: number, count: number, inner: number): Float32Array {
  const sums = new Float32Array(outer * inner);
  for (let o = 0; o < outer; o++) {
    const start = o * count * inner;
    if (inner === 1) sums[o] = sumOfRun(x, start, start + count);
    else sums.set(sumOfRows(x, start, count, inner), o * inner);
  }
  return sums;
}

function sumOfRows(x: Float32Array, start: number, count: number, inner: number): Float64Array {
  const sums = new Float64Array(inner);
  for (let row = 0, place = start; row < count; row++) {
    for (let i = 0; i < inner; i++, place++) sums[i] = (sums[i] as number) + (x[place] as number);
  }
  return sums;
}

/** Four sums side by side, none of which waits for the others. */
function sumOfRun(x: Float32Array, start: number, end: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = start;
  for (; i + 4 <= end; i += 4) {
    a += x[i] as number;
    b += x[i + 1] as number;
    c += x[i + 2] as number;
    d += x[i + 3] as number;
  }
  for (; i < end; i++) a += x[i] as number;
  return a + b + (c + d);
}
