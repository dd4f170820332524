import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Bernoulli, type Distribution, Normal } from "../../../src/generative/distributions/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

interface Member {
  name: string;
  make: (parameters: number[]) => Distribution & { entropy(): tf.Tensor };
  parameters: number[];
  /** Points and weights that integrate (or sum) over all values of a single variable. */
  measure: { points: number[]; weight: number };
}

const grid = { points: Array.from({ length: 2001 }, (_, i) => -20 + i * 0.02), weight: 0.02 };
const bits = { points: [0, 1], weight: 1 };

const everyDistribution: Member[] = [
  { name: "Normal", make: ([m, s]) => new Normal([m as number], [s as number]), parameters: [0.3, 0.7], measure: grid },
  {
    name: "narrow Normal",
    make: ([m, s]) => new Normal([m as number], [s as number]),
    parameters: [-1, 0.1],
    measure: grid,
  },
  { name: "Bernoulli", make: ([l]) => new Bernoulli([l as number]), parameters: [-0.8], measure: bits },
];

describe.each(everyDistribution)("$name", ({ make, parameters, measure }) => {
  const { points, weight } = measure;
  const x = () => tf.tensor2d(points, [points.length, 1]);

  it("integrates to 1", () => {
    const total = make(parameters).logProb(x()).exp().sum().mul(weight);
    expectClose(total, 1, { absolute: 1e-4 });
  });

  it("has the entropy of its own density", () => {
    const logProb = make(parameters).logProb(x());
    const entropy = logProb.exp().mul(logProb.maximum(-200)).sum().mul(-weight);
    expectClose(make(parameters).entropy(), entropy, { absolute: 1e-4 });
  });

  it("samples what its density says: mean and mean square", () => {
    const draws = make(parameters).sample(new Random(1), 40_000).dataSync();
    const p = make(parameters).logProb(x()).exp().dataSync();
    for (const power of [1, 2]) {
      const exact = points.reduce((sum, point, i) => sum + point ** power * (p[i] as number) * weight, 0);
      expectMean(
        Float64Array.from(draws, v => v ** power),
        exact,
      );
    }
  });

  it("has the gradient of its finite differences", () => {
    const at = points[Math.floor(points.length / 2)] as number;
    const f = (values: tf.Tensor) => {
      const named = parameters.map((_, i) => values.slice(i, 1));
      const distribution =
        parameters.length === 2
          ? new Normal(named[0] as tf.Tensor, named[1] as tf.Tensor)
          : new Bernoulli(named[0] as tf.Tensor);
      return distribution.logProb(tf.tensor2d([at + 0.3 * (points.length > 2 ? 1 : 0)], [1, 1])).asScalar();
    };
    const gradient = tf.grad(f)(tf.tensor1d(parameters)).dataSync();
    const h = 1e-2 * Math.min(...parameters.map(Math.abs));
    parameters.forEach((value, i) => {
      const moved = (delta: number) =>
        f(tf.tensor1d(parameters.map((p, j) => (j === i ? value + delta : p)))).dataSync()[0] as number;
      expectClose(gradient[i] as number, (moved(h) - moved(-h)) / (2 * h), { relative: 2e-2, absolute: 2e-2 });
    });
  });

  it("sums its log-probability over the last axis and keeps the batch", () => {
    const distribution = make(parameters);
    const one = distribution.logProb(tf.tensor2d([[1]])).dataSync()[0] as number;
    const wide =
      make(parameters) instanceof Normal
        ? new Normal(tf.fill([3, 4], parameters[0] as number), tf.fill([4], parameters[1] as number))
        : new Bernoulli(tf.fill([3, 4], parameters[0] as number));
    expectClose(wide.logProb(tf.ones([3, 4])), [4 * one, 4 * one, 4 * one], { relative: 1e-5 });
    expect(wide.sample(new Random(1)).shape).toEqual([3, 4]);
    expect(wide.sample(new Random(1), 5).shape).toEqual([5, 3, 4]);
    expect(wide.logProb(wide.sample(new Random(1), 5)).shape).toEqual([5, 3]);
  });

  it("refuses an x whose last axis is not its own, and zero samples", () => {
    expect(() => make(parameters).logProb(tf.ones([2, 3]))).toThrow(
      /logProb: the last axis of x must have 1 entries, but got shape \[2,3\]/,
    );
    expect(() => make(parameters).sample(new Random(1), 0)).toThrow(/samples must be a positive integer, but got 0/);
  });
});

describe("Normal", () => {
  it("agrees with reference values of scipy.stats.norm.logpdf", () => {
    // scipy 1.14: norm.logpdf([0, 1.5, -3], loc=[0, 1, 2], scale=[1, 0.5, 3])
    const reference = [-0.9189385332046727, -0.7257913526447274, -3.406439710761671];
    const logProb = new Normal([[0], [1], [2]], [[1], [0.5], [3]]).logProb(tf.tensor2d([[0], [1.5], [-3]]));
    expectClose(logProb, reference, { relative: 1e-6 });
  });

  it("may have a density above 1", () => {
    expectClose(new Normal([0], [0.1]).logProb(tf.tensor1d([0])).exp(), 3.989422804, { relative: 1e-5 });
  });

  it("is differentiable through its samples in mean and std", () => {
    const noise = new Random(3).normal([5, 1]);
    const [gm, gs] = tf.grads((m: tf.Tensor, s: tf.Tensor) => new Normal(m, s).sample(new Random(3), 5).sum())([
      tf.tensor1d([2]),
      tf.tensor1d([0.5]),
    ]) as [tf.Tensor, tf.Tensor];
    expectClose(gm, 5, { absolute: 1e-6 });
    expectClose(gs, noise.sum(), { absolute: 1e-5 });
  });

  it.each([0, -1, Number.NaN])("refuses the standard deviation %s", std => {
    expect(() => new Normal([0, 0], [1, std])).toThrow(/Normal: std must be positive, but got/);
  });

  it("refuses shapes that do not broadcast", () => {
    expect(() => new Normal([0, 0], [1, 1, 1])).toThrow(/mean \[2\] and std \[3\]/);
  });
});

describe("Bernoulli", () => {
  it("stays finite at extreme logits", () => {
    const logProb = new Bernoulli([[200], [-200], [200]]).logProb(tf.tensor2d([[1], [1], [0]]));
    expectClose(logProb, [0, -200, -200], { absolute: 1e-4 });
  });

  it("refuses pixels from 0 to 255", () => {
    expect(() => new Bernoulli([0]).logProb(tf.tensor1d([255]))).toThrow(
      /x must lie in \[0, 1\], but got 255; divide pixels by 255/,
    );
  });
});
