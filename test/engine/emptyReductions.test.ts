import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../src/engine/index.ts";

beforeAll(() => chooseBackend());

/** Leaves other numbers in the memory that a result of a few entries gets. */
const fillMemory = () => tf.tidy(() => Array.from({ length: 40 }, (_, i) => tf.fill([i + 1], 7.5).add(1)));

const nothing = () => tf.zeros([3, 0]);

const reductions: [string, (x: tf.Tensor) => tf.Tensor, number][] = [
  ["sum", x => x.sum(-1), 0],
  ["mean", x => x.mean(-1), Number.NaN],
  ["product", x => x.prod(-1), 1],
  ["maximum", x => x.max(-1), -Infinity],
  ["minimum", x => x.min(-1), Infinity],
  ["any", x => x.toBool().any(-1), 0],
  ["all", x => x.toBool().all(-1), 1],
  ["sum of everything", x => x.sum(), 0],
  ["sum along the first axis", x => x.transpose().sum(0), 0],
];

// NumPy: np.zeros((3, 0)).sum(-1), .prod(-1), .any(-1), .all(-1), .mean(-1); the identity of each for the extrema.
describe("reductions of nothing", () => {
  it.each(reductions)("gives %s of nothing its neutral number", (_, reduce, expected) => {
    fillMemory();
    const result = reduce(nothing());
    expect(Array.from(result.dataSync())).toEqual(Array.from({ length: result.size }, () => expected));
  });

  it("gives a product over no inner axis zeros", () => {
    fillMemory();
    expect(tf.matMul(tf.zeros([3, 0]), tf.zeros([0, 2])).arraySync()).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("leaves an empty result empty, and reductions of something as they were", () => {
    expect(tf.zeros([0, 3]).sum(-1).arraySync()).toEqual([]);
    expect(
      tf
        .tensor([[1, 2, 3]])
        .sum(-1)
        .arraySync(),
    ).toEqual([6]);
    expect(
      tf
        .tensor([[1, 2, 3]])
        .max(-1)
        .arraySync(),
    ).toEqual([3]);
  });
});
