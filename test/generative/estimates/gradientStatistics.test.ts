import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { gradientStatistics, sensitivity } from "../../../src/generative/estimates/index.ts";
import { expectClose } from "../../support/close.ts";

await chooseBackend();

describe("gradientStatistics", () => {
  // The gradient of row r is row r of the table, times θ: by hand from (θ_1, θ_2) = (2, −1).
  const noise = [
    [1, 10],
    [2, 10],
    [6, 40],
  ];
  const objective = (theta: tf.Tensor) => theta.square().mul(tf.tensor2d(noise)).mul(0.5).sum(-1);

  it("has the mean, the variance and the standard error of the textbook, for each parameter", () => {
    const { mean, variance, standardError } = gradientStatistics(objective, [2, -1], 3);
    expectClose(mean, [6, -20], { relative: 1e-6 }); // of 2, 4, 12 and of −10, −10, −40
    expectClose(variance, [28, 300], { relative: 1e-6 }); // (16 + 4 + 36)/2 and (100 + 100 + 400)/2
    expectClose(standardError, [Math.sqrt(28 / 3), 10], { relative: 1e-6 });
  });

  it("takes two runs or more", () => {
    const two = (theta: tf.Tensor) => theta.mul(tf.tensor2d([[1], [3]])).sum(-1);
    expect(gradientStatistics(two, [5], 2)).toEqual({ mean: [2], variance: [2], standardError: [1] });
    for (const runs of [1, 0, 2.5, Number.NaN]) {
      expect(() => gradientStatistics(two, [5], runs)).toThrow(
        `gradientStatistics: runs must be an integer of at least 2, but got ${runs}`,
      );
    }
  });

  it("refuses an estimate that is not one number a run", () => {
    expect(() => gradientStatistics(t => t, [5], 2)).toThrow("one estimate a run, [2], but got shape [2,1]");
    expect(() => gradientStatistics(t => t.sum(1).slice(0, 1), [5], 2)).toThrow("but got shape [1]");
  });
});

describe("sensitivity", () => {
  // ℓ_i = Σ_j W_ji x_j² / 2, so that ∂ℓ_i/∂x_j = W_ji x_j.
  const W = tf.tensor2d([
    [1, -2, 0],
    [4, 0, 5],
    [-3, 7, 11],
  ]);
  const conditional = (x: tf.Tensor) => x.square().mul(0.5).matMul(W);

  it("is the size of a row of the Jacobian", () => {
    const x = tf.tensor1d([2, -1, 3]);
    expect(Array.from(sensitivity(conditional, x, 0))).toEqual([2, 4, 9]);
    expect(Array.from(sensitivity(conditional, x, 1))).toEqual([4, 0, 21]);
    expect(Array.from(sensitivity(conditional, x.reshape([1, 3]), 2))).toEqual([0, 5, 33]);
  });

  it("leaves no tensors behind", () => {
    const x = tf.tensor1d([2, -1, 3]);
    const before = tf.memory().numTensors;
    sensitivity(conditional, x, 1);
    gradientStatistics(t => t.square().sum(-1), [1, 2], 4);
    expect(tf.memory().numTensors).toBe(before);
  });
});
