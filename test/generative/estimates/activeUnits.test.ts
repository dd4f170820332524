import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import { activeUnits, unitActivity } from "../../../src/generative/estimates/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

/** One unit follows x, one does so a little, one is the prior whatever x is, one is a constant far from 0. */
const encoder = {
  given: (x: tf.Tensor) => {
    const [first, second] = [x.slice([0, 0], [-1, 1]), x.slice([0, 1], [-1, 1])];
    const mean = tf.concat([first.mul(2), second.mul(0.05), first.mul(0), first.mul(0).add(3)], 1);
    return new Normal<"z">(mean, [0.5, 1, 1, 1]);
  },
};

describe("unitActivity", () => {
  it("is the variance of the posterior mean over the data, over batches that do not divide them", () => {
    const x = new Random(1).normal([1203, 2]);
    const { variance } = tf.moments(x, 0);
    const [first, second] = Array.from(variance.dataSync()) as [number, number];
    expectClose(unitActivity(encoder, x), [4 * first, 0.0025 * second, 0, 0], { absolute: 1e-5 });
  });

  it("counts the units that follow x, not those that are large", () => {
    const activity = unitActivity(encoder, new Random(2).normal([600, 2]));
    expect(activeUnits(activity)).toBe(1);
    expect(activeUnits(activity, 0.001)).toBe(2);
    expect(activeUnits([0.01, 0.02, 0])).toBe(1);
  });

  it("refuses an empty data set", () => {
    expect(() => unitActivity(encoder, tf.zeros([0, 2]))).toThrow(
      "unitActivity: data must have at least one datum, but got shape [0,2]",
    );
  });
});
