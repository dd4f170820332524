import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { repairWasmKernels } from "../../src/engine/wasmKernels.ts";

const packageFile = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");

beforeAll(async () => {
  await tf.setBackend("cpu");
  expect(repairWasmKernels).toThrow(/must be wasm, but got cpu; await tf\.setBackend/);
  setWasmPaths(join(dirname(packageFile), "dist/"));
  await tf.setBackend("wasm");
  await tf.ready();
  repairWasmKernels();
});

/** Batch shapes that are equal, shared, of different rank, and that broadcast against each other. */
const batches: [number[], number[]][] = [
  [[], []],
  [[2], [2]],
  [[3], [1]],
  [[1], [3]],
  [[3], []],
  [[], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [1, 1],
    [2, 3],
  ],
];
const transpositions = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

describe.each(transpositions)("matMul with transposeA %s, transposeB %s", (transposeA, transposeB) => {
  it.each(batches)("equals the sums, batch [%s] by [%s]", (batchA, batchB) => {
    const [m, k, n] = [5, 7, 3];
    const a = tf.randomNormal([...batchA, ...(transposeA ? [k, m] : [m, k])], 0, 1, "float32", 1);
    const b = tf.randomNormal([...batchB, ...(transposeB ? [n, k] : [k, n])], 0, 1, "float32", 2);
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const product = tf.matMul(a, b, transposeA, transposeB);

    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before.map(count => count + 1));
    const expected = naive(a, b, transposeA, transposeB);
    expect(product.shape).toEqual(expected.shape);
    expectClose(product.dataSync(), expected.values);
  });

  it("equals the sums for large matrices in a batch", () => {
    const a = tf.randomNormal([2, ...(transposeA ? [120, 80] : [80, 120])], 0, 1, "float32", 3);
    const b = tf.randomNormal([2, ...(transposeB ? [110, 120] : [120, 110])], 0, 1, "float32", 4);
    const before = tf.engine().backend.numDataIds();
    const product = tf.matMul(a, b, transposeA, transposeB);
    expect(tf.engine().backend.numDataIds()).toBe(before + 1);
    expectClose(product.dataSync(), naive(a, b, transposeA, transposeB).values);
  });

  it.each(["linear", "relu", "sigmoid"] as const)("fuses a bias and %s", activation => {
    for (const batch of [[], [4]]) {
      const a = tf.randomNormal([...batch, ...(transposeA ? [6, 5] : [5, 6])], 0, 1, "float32", 5);
      const b = tf.randomNormal(transposeB ? [3, 6] : [6, 3], 0, 1, "float32", 6);
      const bias = tf.tensor1d([0.5, -1, 2]);
      const before = tf.engine().backend.numDataIds();
      const fused = tf.fused.matMul({ a, b, transposeA, transposeB, bias, activation });
      expect(tf.engine().backend.numDataIds()).toBe(before + 1);
      const sums = naive(a, b, transposeA, transposeB);
      const shifted = sums.values.map((sum, index) =>
        activate(activation, sum + (bias.arraySync()[index % 3] as number)),
      );
      expect(fused.shape).toEqual(sums.shape);
      expectClose(fused.dataSync(), shifted);
    }
  });

  it("has the gradient of the sums", () => {
    const a = tf.randomNormal(transposeA ? [4, 3] : [3, 4], 0, 1, "float32", 7);
    const b = tf.randomNormal(transposeB ? [2, 4] : [4, 2], 0, 1, "float32", 8);
    const [gradient] = tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB).square().sum())(
      [a, b],
    );
    const step = 1e-4;
    const values = Array.from(a.dataSync());
    const loss = (at: number, change: number) => {
      const moved = values.map((value, index) => (index === at ? value + change : value));
      const sums = naive({ shape: a.shape, values: moved }, b, transposeA, transposeB).values;
      return sums.reduce((total, sum) => total + sum * sum, 0);
    };
    const expected = values.map((_, at) => (loss(at, step) - loss(at, -step)) / (2 * step));
    expectClose((gradient as tf.Tensor).dataSync(), expected, 1e-4);
  });
});

it("leaves wrong operands to the backend's own messages", () => {
  expect(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]), true)).toThrow(/inner shapes \(2\) and \(3\)/);
});

it("does nothing the second time", () => {
  const kernel = tf.getKernel("BatchMatMul", "wasm").kernelFunc;
  repairWasmKernels();
  expect(tf.getKernel("BatchMatMul", "wasm").kernelFunc).toBe(kernel);
});

type Matrices = { shape: number[]; values: number[] };

/** The products as triple loops in float64, with the broadcasting rule written out index by index. */
function naive(a: tf.Tensor | Matrices, b: tf.Tensor, transposeA: boolean, transposeB: boolean): Matrices {
  const left = "values" in a ? a : { shape: a.shape, values: Array.from(a.dataSync()) };
  const right = { shape: b.shape, values: Array.from(b.dataSync()) };
  const [rowsA, columnsA] = left.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = right.shape.slice(-2) as [number, number];
  const [m, k, n] = [transposeA ? columnsA : rowsA, transposeA ? rowsA : columnsA, transposeB ? rowsB : columnsB];
  const [batchA, batchB] = [left.shape.slice(0, -2), right.shape.slice(0, -2)];
  const rank = Math.max(batchA.length, batchB.length);
  const axis = (batch: number[], index: number) => batch[index - rank + batch.length] ?? 1;
  const batch = Array.from({ length: rank }, (_, index) => Math.max(axis(batchA, index), axis(batchB, index)));
  const values: number[] = [];
  const offset = (own: number[], place: number[]) =>
    place.reduce((sum, at, index) => sum * axis(own, index) + (axis(own, index) === 1 ? 0 : at), 0);
  for (const place of places(batch)) {
    const startA = offset(batchA, place) * rowsA * columnsA;
    const startB = offset(batchB, place) * rowsB * columnsB;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) {
          const x = left.values[startA + (transposeA ? l * columnsA + i : i * columnsA + l)] as number;
          const y = right.values[startB + (transposeB ? j * columnsB + l : l * columnsB + j)] as number;
          sum += x * y;
        }
        values.push(sum);
      }
    }
  }
  return { shape: [...batch, m, n], values };
}

function places(shape: number[]): number[][] {
  const [first, ...rest] = shape;
  if (first === undefined) return [[]];
  return Array.from({ length: first }, (_, at) => places(rest).map(place => [at, ...place])).flat();
}

function activate(name: "linear" | "relu" | "sigmoid", x: number): number {
  if (name === "relu") return Math.max(0, x);
  return name === "sigmoid" ? 1 / (1 + Math.exp(-x)) : x;
}

/** Relative to the largest value: a sum that nearly cancels keeps the rounding of its terms. */
function expectClose(actual: ArrayLike<number>, expected: number[], within = 1e-5): void {
  const scale = Math.max(...expected.map(Math.abs));
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] as number))));
  expect(worst / scale).toBeLessThan(within);
}
