import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Dense, Perceptron, relu } from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

describe("Dense", () => {
  it("is x W + b, entry by entry, for any leading shape", () => {
    const layer = new Dense(new Random(1), 3, 2);
    layer.bias.assign(tf.tensor1d([10, -10]));
    const W = layer.kernel.arraySync() as number[][];
    const x = [
      [1, -2, 0.5],
      [0, 3, 1],
    ];
    const expected = x.flatMap(row =>
      [0, 1].map(j => row.reduce((sum, v, i) => sum + v * (W[i]?.[j] as number), j === 0 ? 10 : -10)),
    );
    expectClose(layer.apply(tf.tensor2d(x)), expected, { absolute: 1e-5 });
    const cube = layer.apply(tf.tensor3d([x, x]));
    expect(cube.shape).toEqual([2, 2, 2]);
    expectClose(cube, [...expected, ...expected], { absolute: 1e-5 });
  });

  it("starts within ±√(6 / (inputs + outputs))", () => {
    const values = new Dense(new Random(2), 30, 20).kernel.dataSync();
    const limit = Math.sqrt(6 / 50);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.95 * limit);
  });
});

describe("Perceptron", () => {
  it("names its parameters layer by layer", () => {
    const network = new Perceptron(new Random(1), [4, 3, 2], relu);
    expect(Object.keys(network.parameters)).toEqual([
      "hidden1.kernel",
      "hidden1.bias",
      "hidden2.kernel",
      "hidden2.bias",
    ]);
    expect(Math.min(...network.apply(new Random(2).normal([50, 4])).dataSync())).toBe(0);
  });
});
