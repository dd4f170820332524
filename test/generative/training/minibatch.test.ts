import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import { trapezoid } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const data = [-1.5, 0.2, 0.4, 2, 3.1];
const std = 0.8;

/** The gradient of the average NLL of a batch in the mean of a Gaussian, at 0.3, by autodiff. */
function gradient(batch: readonly number[]): number {
  const loss = (mean: tf.Tensor) =>
    new Normal(mean, [std])
      .logProb(tf.tensor2d([...batch], [batch.length, 1]))
      .mean()
      .neg();
  return tf.tidy(
    () =>
      tf
        .grad(loss)(tf.tensor1d([0.3]))
        .dataSync()[0] as number,
  );
}

const moments = (values: readonly number[]) => {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
};

describe("minibatch gradients, over all batches there are", () => {
  const one = moments(data.map(x => gradient([x])));

  it.each([1, 2, 3])("of %d are right on average, with 1/B of the variance", B => {
    let batches: number[][] = [[]];
    for (let i = 0; i < B; i++) batches = batches.flatMap(batch => data.map(x => [...batch, x]));
    const all = moments(batches.map(gradient));
    expectClose(all.mean, gradient(data), { absolute: 1e-5 });
    expectClose(all.variance, one.variance / B, { relative: 1e-4 });
  });
});

it("the score has mean 0 under the model, and the Fisher information as its variance", () => {
  const { points, logWeights } = trapezoid(0.3 - 9 * std, 0.3 + 9 * std, 201);
  const logP = new Normal([0.3], [std]).logProb(tf.tensor2d([...points], [points.length, 1])).dataSync();
  const expected = (f: (score: number) => number) =>
    points.reduce(
      (sum, x, i) => sum + f(-gradient([x])) * Math.exp((logP[i] as number) + (logWeights[i] as number)),
      0,
    );
  expect(expected(score => score)).toBeCloseTo(0, 5);
  expect(expected(score => score ** 2)).toBeCloseTo(1 / std ** 2, 4);
});
