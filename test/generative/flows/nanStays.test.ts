import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { MultivariateNormal } from "../../../src/generative/distributions/index.ts";
import { expLayer, logitLayer, sigmoidLayer, softplusLayer, tanhLayer } from "../../../src/generative/flows/index.ts";
import { nearestCode } from "../../../src/generative/networks/index.ts";
import { backToChosen } from "../../support/backend.ts";

const nan = () => tf.tensor2d([[Number.NaN, 0.5]]);
const maps: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ["sigmoidLayer", x => sigmoidLayer().forward(x).z],
  ["tanhLayer", x => tanhLayer().forward(x).z],
  ["softplusLayer", x => softplusLayer().forward(x).z],
  ["expLayer", x => expLayer().forward(x).z],
  ["the inverse of logitLayer", x => logitLayer().inverse(x)],
];

// The wasm backend clips NaN to an end of the range.
describe.each(["wasm", "cpu"])("on %s", backend => {
  beforeAll(async () => {
    await chooseBackend();
    await tf.setBackend(backend);
  });
  afterAll(backToChosen);

  it.each(maps)("%s makes no number of NaN", (_, map) => {
    const [lost, kept] = map(nan()).dataSync();
    expect(lost).toBeNaN();
    expect(kept).toBeGreaterThan(0);
  });

  it("nearestCode refuses infinity as it does NaN", () => {
    const codes = tf.tensor2d([[0], [1]]);
    expect(() => nearestCode(tf.tensor2d([[Infinity]]), codes)).toThrow("z must be finite, but got Infinity;");
    expect(() => nearestCode(tf.tensor2d([[0]]), tf.tensor2d([[-Infinity], [1]]))).toThrow("vectors must be finite");
  });

  it("a mean and a scale of two batches are told in one line", () => {
    expect(() => new MultivariateNormal(tf.zeros([3, 1]), tf.ones([4, 1, 1]))).toThrow(
      "MultivariateNormal: mean and scale must have one batch, but got [3,1] and [4,1,1]; put",
    );
  });
});
