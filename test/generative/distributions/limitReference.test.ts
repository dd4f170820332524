import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  DiscretizedLogisticMixture,
  type Distribution,
  GumbelSoftmax,
  jensenShannon,
  kl,
  Laplace,
  Logistic,
  Mixture,
  MultivariateNormal,
  Normal,
  Uniform,
} from "../../../src/generative/distributions/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const reference = fixture("limits");
const number = (t: tf.Tensor) => t.dataSync()[0] as number;
const numbers = (t: tf.Tensor) => Array.from(t.dataSync());
const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
const float32 = { relative: 2e-6, absolute: 2e-6 };
const inf = Infinity;

describe("Laplace", () => {
  const { x, mean, scale, logProb, entropy, pairs, kl: divergences } = reference.laplace;

  it("has torch's log-density and scipy's entropy", () => {
    const p = new Laplace([mean], [scale]);
    expectClose(p.logProb(column(x)), logProb, float32);
    expectClose(p.entropy(), [entropy], float32);
    expectClose(new Laplace(tf.zeros([2, 3]), [scale]).entropy(), [3 * entropy, 3 * entropy], float32);
  });

  it("has torch's divergences", () => {
    const of = ([a, b, c, d]: [number, number, number, number]) => kl(new Laplace([a], [b]), new Laplace([c], [d]));
    expectClose(
      pairs.map((pair: never) => number(of(pair))),
      divergences,
      float32,
    );
  });

  it("draws what its density says, both tails, differentiably", () => {
    const z = numbers(new Laplace([2], [0.5]).sample(new Random(1), 40_000));
    expectMean(z, 2);
    expectMean(
      z.map(v => Math.abs(v - 2)),
      0.5,
    );
    expectMean(
      z.map(v => (v - 2) ** 3),
      0,
    );
    const [gm, gs] = tf.grads((m: tf.Tensor, s: tf.Tensor) => new Laplace(m, s).sample(new Random(3), 5).sum())([
      tf.tensor1d([2]),
      tf.tensor1d([0.5]),
    ]) as [tf.Tensor, tf.Tensor];
    expectClose(gm, [5], { absolute: 1e-6 });
    expectClose(gs, [number(new Laplace([0], [1]).sample(new Random(3), 5).sum())], { absolute: 1e-5 });
  });
});

describe("Logistic", () => {
  const { x, mean, scale, logProb, logCdf, logSurvival, entropy } = reference.logistic;

  it("has scipy's log-density, log-cdf, log-survival and entropy, log s + 2", () => {
    const p = new Logistic([mean], [scale]);
    expectClose(p.logProb(column(x)), logProb, float32);
    expectClose(p.logCdf(column(x)), logCdf, float32);
    expectClose(p.logSurvival(column(x)), logSurvival, float32);
    expectClose(p.entropy(), [entropy], float32);
    expectClose(new Logistic(tf.zeros([2, 3]), [scale]).entropy(), [3 * entropy, 3 * entropy], float32);
  });
});

describe("kl", () => {
  it("of bits is right where a probability rounds to 0 or 1, as mpmath has it", () => {
    const { logits, kl: divergences } = reference.bits;
    logits.forEach(([q, p]: [number, number], i: number) => {
      expectClose(kl(new Bernoulli([q]), new Bernoulli([p])), divergences[i], float32);
    });
  });

  it.each([
    [-inf, -inf, 0],
    [inf, inf, 0],
    [-inf, 0, Math.LN2],
    [inf, 0, Math.LN2],
    [0, inf, inf],
    [0, -inf, inf],
    [-inf, inf, inf],
    [-200, -inf, inf],
  ])("of bits with logits %d and %d is %d", (q, p, expected) => {
    expectClose(
      kl(new Bernoulli([q, q]), new Bernoulli([p, p])).minimum(1e30),
      [Math.min(2 * expected, 1e30)],
      float32,
    );
    const [gq, gp] = tf.grads((a: tf.Tensor, b: tf.Tensor) => kl(new Bernoulli(a), new Bernoulli(b)).sum())([
      tf.tensor1d([q]),
      tf.tensor1d([p]),
    ]) as [tf.Tensor, tf.Tensor];
    expect([...numbers(gq), ...numbers(gp)].every(Number.isFinite)).toBe(true);
  });

  it("of categories counts what q lacks as nothing, and what p lacks as ∞", () => {
    const [a, b] = [[[0, 0, -inf]], [[0, Math.log(3), 1]]];
    const total = 4 + Math.E;
    const expected = Math.log(0.5) - 0.5 * (Math.log(1 / total) + Math.log(3 / total));
    expectClose(kl(new Categorical(a), new Categorical(b)), [expected], float32);
    expect(numbers(kl(new Categorical(b), new Categorical(a)))).toEqual([inf]);
    expectClose(kl(new Categorical(a), new Categorical(a)), [0], float32);
    expect(numbers(kl(new Categorical([[0, -200]]), new Categorical([[0, -inf]])))).toEqual([inf]);
    for (const [q, p] of [
      [a, b],
      [b, a],
      [a, a],
    ] as const) {
      const gradients = tf.grads((l: tf.Tensor, m: tf.Tensor) => kl(new Categorical(l), new Categorical(m)).sum())([
        tf.tensor2d(q),
        tf.tensor2d(p),
      ]);
      for (const gradient of gradients) expect(numbers(gradient).every(Number.isFinite)).toBe(true);
    }
  });

  it("of uniforms is torch's, ∞ where q reaches beyond p", () => {
    const { pairs, kl: divergences } = reference.uniform;
    pairs.forEach(([a, b, c, d]: number[], i: number) => {
      const own = number(kl(new Uniform([a as number], [b as number]), new Uniform([c as number], [d as number])));
      if (divergences[i] === "Infinity") expect(own).toBe(inf);
      else expectClose(own, divergences[i], float32);
    });
  });

  it("of normals holds where the ratio of the widths leaves float32", () => {
    const { stds, kl: divergences } = reference.normals;
    stds.forEach(([a, b]: [number, number], i: number) => {
      expectClose(kl(new Normal([0], [a]), new Normal([1], [b])), divergences[i], float32);
    });
  });

  it("compiles to the same, edges included", () => {
    const step = compile((q: tf.Tensor, p: tf.Tensor) => kl(new Categorical(q), new Categorical(p)), {
      otherwise: "throw",
    });
    const [q, p] = [tf.tensor3d([[[0, 0, -inf]], [[0, 1, 2]]]), tf.tensor3d([[[0, 1, -inf]], [[0, 1, -inf]]])];
    const [first, second] = numbers(step(q, p)) as [number, number];
    expectClose(first, number(kl(new Categorical([[0, 0, -inf]]), new Categorical([[0, 1, -inf]]))), float32);
    expect(second).toBe(inf);
    step.dispose();
  });

  it("refuses different dimensions, values, and NaN", () => {
    expect(() => kl(new Normal([0], [1]), new Normal([0, 0, 0], [1, 1, 1]))).toThrow(
      "kl: both distributions must have as many variables, of as many values, but got [1] and [3]; compare like with like.",
    );
    expect(() => kl(new Categorical([[0]]), new Categorical([[0, 0]]))).toThrow("but got [1] of 1 and [1] of 2");
    expect(() => kl(new Normal([Number.NaN], [1]), new Normal([0], [1]))).toThrow("kl: parameters must be numbers");
  });
});

describe("entropy", () => {
  it("of bits is mpmath's, and 0 of certain ones", () => {
    const { logits, entropy, logProb } = reference.bits;
    logits.forEach(([q]: [number], i: number) => {
      const bit = new Bernoulli([q]);
      expectClose(bit.entropy(), entropy[i], { relative: 5e-6, absolute: 1e-37 });
      expectClose(bit.logProb(tf.tensor1d([1])), logProb[i], { relative: 5e-6, absolute: 1e-37 });
    });
    expect(numbers(new Bernoulli([inf, -inf]).entropy())).toEqual([0]);
    const slope = tf.grad((l: tf.Tensor) => new Bernoulli(l).entropy().sum())(tf.tensor1d([inf, -inf, 0, 2]));
    const expected = -2 / (1 + Math.exp(2)) / (1 + Math.exp(-2));
    expectClose(slope, [0, 0, 0, expected], float32);
  });

  it("of categories leaves out values of probability 0", () => {
    expectClose(new Categorical([[0, 0, -inf]]).entropy(), [Math.LN2], float32);
    expectClose(new Categorical([[-inf, 3, -inf]]).entropy(), [0], float32);
    const slope = tf.grad((l: tf.Tensor) => new Categorical(l).entropy().sum())(tf.tensor2d([[0, 0, -inf]]));
    expectClose(slope, [0, 0, 0], float32);
  });
});

describe("GumbelSoftmax", () => {
  it("keeps its logits beside large temperatures, as mpmath has it", () => {
    const two = new GumbelSoftmax([0, 1], 1e8).logProb(tf.tensor([0.5, 0.5]));
    expectClose(two, 18.18045173003581, { absolute: 1e-5 });
    const three = new GumbelSoftmax([0, 1, -2], 1e6).logProb(tf.tensor([0.25, 0.5, 0.25]));
    expectClose(three, -693116.7714397792, { absolute: 0.1 });
  });

  const { logits, temperatures, y, logY, logProb, pyro, logProbOfLog } = reference.concrete;

  it("has the density of torch and of pyro, on the simplex and in logarithms", () => {
    temperatures.forEach((temperature: number, i: number) => {
      const p = new GumbelSoftmax(logits, temperature);
      expectClose(p.logProb(tf.tensor2d(y)), logProb[i], { relative: 1e-5, absolute: 1e-5 });
      expectClose(p.logProb(tf.tensor2d(y)), pyro[i], { relative: 1e-5, absolute: 1e-5 });
      expectClose(p.logProbOfLog(tf.tensor2d(logY)), logProbOfLog[i], { relative: 1e-5, absolute: 1e-5 });
    });
  });

  it("integrates to 1 over shares of two", () => {
    const points = Array.from({ length: 20_000 }, (_, i) => (i + 0.5) / 20_000);
    const p = new GumbelSoftmax([0.7, -0.4], 1.5);
    const total = p
      .logProb(tf.tensor2d(points.map(share => [share, 1 - share])))
      .exp()
      .mean();
    expectClose(total, [1], { absolute: 1e-3 });
  });

  it("draws what its density says: the mean share of two", () => {
    const p = new GumbelSoftmax([0.7, -0.4], 1.5);
    const points = Array.from({ length: 20_000 }, (_, i) => (i + 0.5) / 20_000);
    const density = numbers(p.logProb(tf.tensor2d(points.map(share => [share, 1 - share]))).exp());
    const mean = points.reduce((sum, share, i) => sum + share * (density[i] as number), 0) / points.length;
    const draws = numbers(p.sample(new Random(1), 20_000).slice([0, 0], [-1, 1]));
    expectMean(draws, mean);
  });

  it("draws logarithms that are finite where shares round to 0, and knows their density", () => {
    const cold = new GumbelSoftmax([3, 0, -1], 0.01);
    const [draws, logs] = [cold.sample(new Random(2), 200), cold.sampleLog(new Random(2), 200)];
    expect(numbers(draws).some(share => share === 0)).toBe(true);
    expectClose(logs.exp(), draws, { absolute: 1e-5 });
    expect(numbers(logs).every(Number.isFinite)).toBe(true);
    expect(numbers(cold.logProbOfLog(logs)).every(Number.isFinite)).toBe(true);
    expect(numbers(cold.logProb(draws)).every(Number.isFinite)).toBe(true);
  });

  it("stays a category at temperatures that overflow a quotient, and without a value", () => {
    for (const temperature of [1e-30, 1e-40]) {
      const draws = numbers(new GumbelSoftmax([3, 0, -inf], temperature).sample(new Random(2), 50));
      expect(draws.every(share => share === 0 || share === 1)).toBe(true);
    }
    expectClose(new GumbelSoftmax([3, 0], 1e30).sample(new Random(2)), [0.5, 0.5], { absolute: 1e-6 });
  });

  it("says what is wrong", () => {
    expect(() => new GumbelSoftmax([0, 0], 0)).toThrow("GumbelSoftmax: temperature must be positive, but got 0");
    expect(() => new GumbelSoftmax(tf.zeros([2, 0]), 1)).toThrow("logits must be [...batch, K], but got shape [2,0]");
    for (const logits of [
      [Number.NaN, 0],
      [inf, 0],
      [-inf, -inf],
    ]) {
      expect(() => new GumbelSoftmax(logits, 1).sample(new Random(1))).toThrow(/^GumbelSoftmax.sample: logits must/);
      expect(() => new GumbelSoftmax(logits, 1).logProb(tf.tensor1d([0.5, 0.5]))).toThrow(/must be numbers/);
    }
  });
});

describe("jensenShannon", () => {
  const { p, q, jensenShannon: exact, normals } = reference.tables;
  const table = (values: number[]) => new Categorical([values.map(Math.log)]);

  it("is the square of scipy's distance, in closed form", () => {
    expectClose(jensenShannon(table(p), table(q)), [exact], float32);
    expectClose(jensenShannon(table(q), table(p)), [exact], float32);
    const [a, b] = [Math.log(0.2 / 0.8), Math.log(0.7 / 0.3)];
    expectClose(
      jensenShannon(new Bernoulli([a]), new Bernoulli([b])),
      jensenShannon(table([0.8, 0.2]), table([0.3, 0.7])),
      float32,
    );
  });

  it("is 0 of a distribution with itself and log 2 without common support", () => {
    expectClose(jensenShannon(table(p), table(p)), [0], float32);
    expectClose(jensenShannon(new Bernoulli([inf]), new Bernoulli([-inf])), [Math.LN2], float32);
    const draws = { random: new Random(1), samples: 20 };
    expectClose(jensenShannon(new Uniform([0], [1]), new Uniform([2], [3]), draws), [Math.LN2], float32);
    expectClose(jensenShannon(new Normal([0], [1]), new Normal([0], [1]), draws), [0], float32);
  });

  it("from draws is an unbiased estimate of the integral", () => {
    const wide = (value: number) => tf.fill([400, 1], value);
    const [one, two] = [new Normal(wide(0), wide(1)), new Normal(wide(1.5), wide(2))];
    expectMean(numbers(jensenShannon(one, two, { random: new Random(4), samples: 20 })), normals);
  });

  it("has finite gradients with values of probability 0", () => {
    const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
      jensenShannon(new Categorical(a), new Categorical(b)).sum(),
    )([tf.tensor2d([[0, 1, -inf, -inf]]), tf.tensor2d([[0, -inf, 1, -inf]])]);
    for (const gradient of gradients) expect(numbers(gradient).every(Number.isFinite)).toBe(true);
  });

  it("asks for draws where there is no closed form, and for the same values", () => {
    expect(() => jensenShannon(new Bernoulli([0, 0]), new Bernoulli([1, 1]))).toThrow(
      "jensenShannon: without draws both must be one bit or one category, but got Bernoulli [2] and Bernoulli [2]; pass { random, samples }.",
    );
    expect(() => jensenShannon(table([1]), table([0.5, 0.5]))).toThrow("as many values, but got 1 and 2");
  });
});

describe("what is no distribution", () => {
  const one = tf.tensor1d([0]);

  it.each([
    ["NaN", [Number.NaN, 0]],
    ["∞", [inf, 0]],
    ["−∞ alone", [-inf, -inf]],
  ])("is told for logits with %s", (_, logits) => {
    const rule = "logits must be numbers below +∞ of which one is above −∞, but got NaN; ";
    expect(() => new Categorical([logits]).logProb(one)).toThrow(`Categorical.logProb: ${rule}`);
    expect(() => new Categorical([logits]).entropy()).toThrow(`Categorical.entropy: ${rule}`);
    expect(() => new Categorical([logits]).sample(new Random(1))).toThrow("Categorical.sample: logits must be numbers");
    const mixture = new Mixture(logits, new Normal([[0], [1]], [[1], [1]]));
    expect(() => mixture.logProb(one)).toThrow(`Mixture.logProb: ${rule}`);
    expect(() => mixture.sample(new Random(1))).toThrow("Mixture.sample: logits must be numbers");
    const { logProb } = DiscretizedLogisticMixture.prototype;
    const bins = new DiscretizedLogisticMixture(4, { logits: [logits], means: [[0, 1]], logScales: [[0, 0]] });
    expect(() => logProb.call(bins, one)).toThrow("a weight positive, but got NaN");
  });

  it.each([0, -1, inf, Number.NaN])("is told for a width of %d", width => {
    const rule = width === inf ? "must be finite, but got Infinity" : `must be positive, but got ${width}`;
    expect(() => new Normal([0], [width])).toThrow(`Normal: std ${rule}; `);
    expect(() => new Laplace([0], [width])).toThrow(`Laplace: scale ${rule}; `);
    expect(() => new Logistic([0], [width])).toThrow(`Logistic: scale ${rule}; `);
    expect(() => new Uniform([0], [width])).toThrow(
      width === inf ? "the interval must be finite" : "high must be above low",
    );
    expect(() => new MultivariateNormal([0], [[width]])).toThrow(
      Number.isFinite(width) ? "the diagonal of scale must be positive" : "scale must be finite",
    );
  });

  it("is told for shares of an x that no component has", () => {
    const mixture = new Mixture([0, 0], new Uniform([[0], [2]], [[1], [3]]));
    expect(numbers(mixture.responsibilities(tf.tensor1d([2.5])))).toEqual([0, 1]);
    expect(() => mixture.responsibilities(tf.tensor1d([5]))).toThrow(
      "Mixture.responsibilities: a component must have x",
    );
  });

  it("is told for a batch that does not fit", () => {
    const p: Distribution = new Normal(tf.zeros([3, 2]), [1, 1]);
    expect(() => p.logProb(tf.zeros([4, 2]))).toThrow("Normal.logProb: x must broadcast to the batch");
    const mixture = new Mixture(tf.zeros([3, 2]), new Normal([[0], [1]], [[1], [1]]));
    expect(mixture.logProb(tf.zeros([3, 1])).shape).toEqual([3]);
    expect(() => mixture.sample(new Random(1))).toThrow("each member of the batch must have its own components");
  });
});

it("draws components of a batch by their own weights", () => {
  const logits = tf.tensor3d([[[0, -inf]], [[-inf, 0]]]); // [2, 1, K]
  const means = tf.tensor([0, 100]).reshape([1, 1, 2, 1]).tile([2, 3, 1, 1]);
  const draws = new Mixture(logits, new Normal(means, [1])).sample(new Random(1), 4);
  expect(draws.shape).toEqual([4, 2, 3, 1]);
  const [low, high] = tf.split(draws, 2, 1) as [tf.Tensor, tf.Tensor];
  expect(number(low.max())).toBeLessThan(50);
  expect(number(high.min())).toBeGreaterThan(50);
});
