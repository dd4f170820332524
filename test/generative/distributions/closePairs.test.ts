import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  jensenShannon,
  kl,
  Laplace,
  MultivariateNormal,
  Normal,
  standardNormalQuantile,
  standardNormalQuantileOfLog,
  standardNormalQuantileOfLogit,
} from "../../../src/generative/distributions/index.ts";
import { fixture } from "../../support/fixture.ts";

interface ClosePairs {
  pairs: { family: string; q: number[]; p: number[]; value: number }[];
  quantiles: Record<"p" | "ofP" | "logit" | "ofLogit" | "logP" | "ofLogP", number>[];
}

const { pairs, quantiles } = fixture("closePairs") as ClosePairs;

beforeAll(() => chooseBackend());

type Divergence = (q: number[], p: number[]) => tf.Tensor;

const triangle = ([m = 0, n = 0, a = 0, b = 0, c = 0]: number[]) =>
  new MultivariateNormal<"x">(
    [m, n],
    [
      [a, 0],
      [b, c],
    ],
  );
const divergences: Record<string, Divergence> = {
  Normal: ([m = 0, s = 0], [n = 0, t = 0]) => kl(new Normal([m], [s]), new Normal([n], [t])),
  Laplace: ([m = 0, b = 0], [n = 0, c = 0]) => kl(new Laplace([m], [b]), new Laplace([n], [c])),
  Bernoulli: (q, p) => kl(new Bernoulli(q), new Bernoulli(p)),
  Categorical: (q, p) => kl(new Categorical([q]), new Categorical([p])),
  MultivariateNormal: (q, p) => kl(triangle(q), triangle(p)),
  JensenShannon: (q, p) => jensenShannon(new Categorical([q]), new Categorical([p])),
};

/** Log-probabilities are rounded to float32 before they are compared. */
const fromLogs = new Set(["Categorical", "JensenShannon"]);

describe.each(Object.keys(divergences))("the divergence of two close distributions: %s", family => {
  const own = pairs.filter(each => each.family === family);

  it("keeps its digits, and is never negative", () => {
    expect(own.length).toBeGreaterThanOrEqual(16);
    for (const { q, p, value } of own) {
      const found = (divergences[family] as Divergence)(q, p).dataSync()[0] as number;
      const digits = fromLogs.has(family) ? 3e-6 + 1e-6 / Math.sqrt(value) : 4e-6;
      expect(Math.abs(found - value), `of ${q} and ${p}: ${found}, and ${value} is right`).toBeLessThan(digits * value);
    }
  });

  it("is exactly 0 where they are equal", () => {
    for (const { q } of own) expect((divergences[family] as Divergence)(q, q).dataSync()[0]).toBe(0);
  });
});

describe("the divergence of bits in a compiled step", () => {
  const divergence = compile((q: tf.Tensor, p: tf.Tensor) => kl(new Bernoulli(q), new Bernoulli(p)), {
    otherwise: "throw",
  });

  it("keeps its digits where the logits are close, and those of its parts elsewhere", () => {
    const own = pairs.filter(each => each.family === "Bernoulli");
    const found = divergence(tf.tensor2d(own.map(({ q }) => q)), tf.tensor2d(own.map(({ p }) => p))).dataSync();
    for (const [i, { q, p, value }] of own.entries()) {
      const isClose = Math.abs((q[0] as number) - (p[0] as number)) < 0.25;
      const told = `of ${q} and ${p}: ${found[i]}, and ${value} is right`;
      expect(Math.abs((found[i] as number) - value), told).toBeLessThan(1e-6 * value + (isClose ? 0 : 2e-7));
    }
  });

  it.each([
    [0, 0, 0],
    [Infinity, Infinity, 0],
    [-Infinity, -Infinity, 0],
    [Infinity, -Infinity, Infinity],
    [2, Infinity, Infinity],
    [-2, Infinity, Infinity],
    [100, Infinity, Infinity],
    [0, -Infinity, Infinity],
    [Infinity, -2, Math.log1p(Math.exp(2))],
    [-Infinity, -2, Math.log1p(Math.exp(-2))],
    [100, -100, 100],
    [1e38, -1e38, 1e38],
    [0, 1, Math.log1p(Math.E) - Math.LN2 - 0.5],
  ])("of logits %d and %d is %d", (q, p, value) => {
    const [found] = divergence(tf.tensor2d([[q]]), tf.tensor2d([[p]])).dataSync() as Float32Array;
    if (value === 0 || value === Infinity) expect(found).toBe(value);
    else expect(Math.abs((found as number) - value)).toBeLessThan(1e-6 * value);
  });
});

describe("a normal quantile near the median", () => {
  const ways = [
    ["of a probability", standardNormalQuantile, "p", "ofP"],
    ["of a logit", standardNormalQuantileOfLogit, "logit", "ofLogit"],
    ["of a log-probability", standardNormalQuantileOfLog, "logP", "ofLogP"],
  ] as const;

  it.each(ways)("%s keeps its sign and its digits", (_, quantile, from, to) => {
    for (const each of quantiles) {
      const found = quantile(tf.tensor1d([each[from]])).dataSync()[0] as number;
      expect(Math.abs(found - each[to]), `at ${each[from]}: ${found}, and ${each[to]} is right`).toBeLessThan(
        Math.abs(each[to]) < 0.25 ? 1.5e-6 * Math.abs(each[to]) : 5e-7 * (1 + Math.abs(each[to])),
      );
    }
  });

  it("is 0 at the median, with the slope √(2π)", () => {
    const { value, grad } = tf.valueAndGrad((p: tf.Tensor) => standardNormalQuantile(p).sum())(tf.tensor1d([0.5]));
    expect(value.dataSync()[0]).toBe(0);
    expect(grad.dataSync()[0]).toBeCloseTo(Math.sqrt(2 * Math.PI), 5);
  });
});
