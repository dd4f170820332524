import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { logitLayer, MixtureCDF, sigmoidLayer, tanhLayer } from "../../../src/generative/flows/index.ts";

beforeAll(() => chooseBackend());

const [SMALLEST, BELOW_ONE] = [2 ** -126, 1 - 2 ** -24];
const inUnit = [0, SMALLEST, 1e-20, 0.3, 0.5, 0.7, BELOW_ONE, 1];
const mixture = new MixtureCDF(new Random(1), 1, { components: 2, range: "unit" });

// What a compiled step computes of [n, 1] numbers, with their values in float64.
const functions: Record<string, { f: (x: tf.Tensor) => tf.Tensor; inside: number[]; value?: (x: number) => number }> = {
  "the logit": {
    f: x => logitLayer().forward(x).z,
    inside: inUnit,
    value: x => Math.log(x) - Math.log1p(-x),
  },
  "its log-determinant": {
    f: x => logitLayer().forward(x).logDet.expandDims(-1),
    inside: inUnit,
    value: x => -Math.log(x) - Math.log1p(-x),
  },
  "the inverse of the sigmoid": {
    f: x => sigmoidLayer().inverse(x),
    inside: inUnit,
    value: x => Math.log(x) - Math.log1p(-x),
  },
  "the inverse of tanh": {
    f: x => tanhLayer().inverse(x),
    inside: [-1, -BELOW_ONE, -0.5, 0, 0.5, BELOW_ONE, 1],
    value: Math.atanh,
  },
  "the inverse of a mixture": { f: x => mixture.inverse(x), inside: inUnit },
};

describe.each(Object.entries(functions))("%s in a compiled step", (_, { f, inside, value }) => {
  const made = compile((x: tf.Tensor) => f(x), { otherwise: "throw" });

  it("takes the ends for their neighbours inside", () => {
    const found = made(tf.tensor2d(inside, [inside.length, 1])).dataSync();
    expect([...found].every(Number.isFinite)).toBe(true);
    expect([found[0], found.at(-1)]).toEqual([found[1], found.at(-2)]);
    if (!value) return;
    for (const [i, x] of inside.slice(1, -1).entries()) {
      const right = value(Math.fround(x));
      expect(Math.abs((found[i + 1] as number) - right)).toBeLessThan(1e-6 * (1 + Math.abs(right)));
    }
  });

  it("refuses NaN, and what lies outside, at every call", () => {
    for (const x of [Number.NaN, (inside[0] as number) - 1e-3, 1.001]) {
      expect(() => made(tf.tensor2d([[0.5], [x]]))).toThrow(/must lie in \[[−0]1?, 1\], but got/);
    }
  });

  it("has finite derivatives at the ends", () => {
    const slope = compile((x: tf.Tensor) => tf.grad((x: tf.Tensor) => f(x).sum())(x), { otherwise: "throw" });
    expect([...slope(tf.tensor2d(inside, [inside.length, 1])).dataSync()].every(Number.isFinite)).toBe(true);
  });
});
