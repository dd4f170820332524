import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, type Random } from "../../../src/engine/index.ts";
import { drawCategories } from "../../../src/generative/distributions/drawCategories.ts";

beforeAll(() => chooseBackend());

/** The values drawn at these u. */
const at = (u: number[], probabilities: tf.Tensor, shape: number[]) => {
  const random = { uniformArray: (n: number) => Float64Array.from(u.slice(0, n)) } as unknown as Random;
  return Array.from(drawCategories("A", random, probabilities, shape).dataSync());
};

describe("drawCategories", () => {
  it("draws the first value whose cumulative probability exceeds u", () => {
    const u = [0, 0.24, 0.25, 0.74, 0.75, 0.99];
    expect(at(u, tf.tensor1d([0.25, 0.5, 0.25]), [6])).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("takes each variable from its own row, sample after sample", () => {
    const rows = tf.tensor2d([
      [0.5, 0.5],
      [0.25, 0.75],
      [1, 0],
    ]);
    const u = [0.4, 0.4, 0.4, 0.6, 0.2, 0.9];
    expect(at(u, rows, [2, 3])).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it("draws in proportion, whatever the row sums to", () => {
    expect(at([0.2, 0.3, 0.9], tf.tensor1d([0.5, 1.5]), [3])).toEqual([0, 1, 1]);
    expect(at([0.2, 0.3, 0.9], tf.tensor1d([0.125, 0.375]), [3])).toEqual([0, 1, 1]);
  });

  it("never draws a value of probability 0, at either end of [0, 1] and between", () => {
    const p = tf.tensor1d([0, 0.5, 0, 0.5, 0, 0]);
    // 1 stands for what is left over where the sums round.
    expect(at([0, 0.5, 1], p, [3])).toEqual([1, 3, 3]);
    expect(at([0, 1], tf.tensor1d([1, 0]), [2])).toEqual([0, 0]);
    expect(at([1], tf.tensor1d([0.5, 0.5]), [1])).toEqual([1]);
  });

  it("refuses NaN in a single row of many", () => {
    const rows = tf.tensor2d([
      [0.5, 0.5],
      [Number.NaN, Number.NaN],
    ]);
    expect(() => at([0.1, 0.1], rows, [2])).toThrow(
      "A.sample: logits must be numbers, but got NaN among the probabilities",
    );
  });
});
