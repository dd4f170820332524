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

  it("refuses a mean that is NaN or infinite, and an activity that is none", () => {
    const same = { given: (x: tf.Tensor) => ({ mean: x }) };
    const { NaN: nan } = Number;
    expect(() => unitActivity(same, tf.tensor2d([[1, nan]]))).toThrow("means must be finite, but got NaN for datum 0");
    expect(() => unitActivity(same, tf.tensor2d([[1], [2], [-Infinity]]))).toThrow("but got -Infinity for datum 2");
    expect(() => activeUnits([1, -0.5])).toThrow("activeUnits: activity must be 0 or more, but got -0.5");
    expect(() => activeUnits([nan, 1])).toThrow("activity must be 0 or more, but got NaN");
  });

  it("takes a set of images, and refuses what is neither that nor a table", () => {
    const same = { given: (x: tf.Tensor) => ({ mean: x }) };
    const set = { count: 2, dimension: 1, images: (from: number, to: number) => tf.range(from, to).expandDims(1) };
    expect(Array.from(unitActivity(same, set))).toEqual([0.25]);
    for (const [wrong, got] of [
      [[[1]], "an array of 1"],
      [undefined, "undefined"],
      [{ images: 3 }, ""],
    ] as const) {
      expect(() => unitActivity(same, wrong as never)).toThrow(
        `unitActivity: data must be a tensor [n, d] or a set of images, but got ${got}`,
      );
    }
    expect(() => unitActivity(same, tf.ones([3]))).toThrow("unitActivity: data must be [n, d], but got shape [3]");
  });

  it("refuses an empty data set", () => {
    expect(() => unitActivity(encoder, tf.zeros([0, 2]))).toThrow(
      "unitActivity: data must have at least one datum, but got shape [0,2]",
    );
  });
});
