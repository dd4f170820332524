import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compile } from "../../src/engine/index.ts";
import { useRepaired } from "./gradients/backends.ts";

beforeAll(() => useRepaired("wasm"));

const number = Math.fround(0.3);

/** Sums that can be told by counting: of how many equal numbers each entry is. */
const sums: [name: string, shape: number[], count: number, f: (x: tf.Tensor) => tf.Tensor][] = [
  ["1e5 numbers", [1e5], 1e5, x => x.sum()],
  ["4e6 numbers", [4e6], 4e6, x => x.sum()],
  ["as many as a prime", [999_983], 999_983, x => x.sum()],
  ["long rows", [3, 1e5], 1e5, x => x.sum(1)],
  ["long columns", [1e5, 3], 1e5, x => x.sum(0)],
  ["columns of as many as a prime", [10_007, 3], 10_007, x => x.sum(0)],
  ["columns of matrices", [2, 1e4, 3], 1e4, x => x.sum(1)],
  ["axes that are no neighbours", [300, 2, 301], 300 * 301, x => x.sum([0, 2])],
  ["kept axes", [2, 1e5], 1e5, x => x.sum(1, true)],
  ["images", [32, 28, 28, 4], 32 * 28 * 28, x => x.sum([0, 1, 2])],
];

type Way = (f: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => tf.Tensor;

describe.each<[string, Way]>([
  ["eager", f => f],
  ["compiled", f => compile(f, { otherwise: "throw" })],
])("%s", (_, way) => {
  it.each(sums)("keeps the digits of a sum: %s", (_, shape, count, f) => {
    for (const value of way(f)(tf.fill(shape, number)).dataSync()) {
      expect(Math.abs(value / (number * count) - 1)).toBeLessThan(2e-6);
    }
  });

  it("keeps the digits of a mean", () => {
    const [mean] = way(x => x.mean())(tf.fill([4e6], number)).dataSync();
    expect(mean).toBeCloseTo(number, 6);
  });

  it("keeps the digits of a product of long vectors", () => {
    const dot = (x: tf.Tensor) => x.reshape([1, -1]).matMul(x.reshape([-1, 1]));
    const [value] = way(dot)(tf.fill([1e6], number)).dataSync();
    expect(Math.abs((value as number) / (number * number * 1e6) - 1)).toBeLessThan(2e-5);
  });
});
