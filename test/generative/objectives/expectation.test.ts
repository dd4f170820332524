import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  type Distribution,
  Mixture,
  Normal,
} from "../../../src/generative/distributions/index.ts";
import { gradientStatistics } from "../../../src/generative/estimates/index.ts";
import { bestBaseline, gaussHermite, pathwiseMoments, scoreMoments } from "../../../src/generative/exact/index.ts";
import { type ExpectationOptions, expectation, stopGradient } from "../../../src/generative/objectives/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const runs = 20_000;
const everyEstimator: { name: string; options: ExpectationOptions }[] = [
  { name: "reparameterised", options: {} },
  { name: "reparameterised, 3 draws", options: { samples: 3 } },
  { name: "score", options: { estimator: "score" } },
  { name: "score, a number as baseline", options: { estimator: "score", baseline: 2 } },
  { name: "score, leave-one-out", options: { estimator: "score", baseline: "leave-one-out", samples: 4 } },
];

/** Whether an estimate is within 4.5 standard errors of what it estimates. */
function expectUnbiased({ mean, standardError }: { mean: number[]; standardError: number[] }, expected: number[]) {
  expected.forEach((value, i) => {
    const distance = Math.abs((mean[i] as number) - value) / (standardError[i] as number);
    expect(distance, `entry ${i}: ${mean[i]} against ${value}`).toBeLessThan(4.5);
  });
}

/** q = N(m, s²) for each run, from [runs, 2] of m and log s. */
const gaussian = (theta: tf.Tensor) =>
  new Normal<"z">(theta.slice([0, 0], [-1, 1]), theta.slice([0, 1], [-1, 1]).exp());

describe.each(everyEstimator)("$name", ({ options }) => {
  it("is unbiased for the gradient in mean and width: E z³ = m³ + 3 m s²", () => {
    const [m, s] = [0.8, 0.6];
    const cube = (z: tf.Tensor) => z.pow(3).sum(-1);
    const statistics = gradientStatistics(
      t => expectation(gaussian(t), cube, new Random(1), options),
      [m, Math.log(s)],
      runs,
    );
    expectUnbiased(statistics, [3 * m * m + 3 * s * s, 6 * m * s * s]);
  });

  it("has the value of a plain average", () => {
    const q = new Normal<"z">(tf.fill([runs, 1], 0.5), [2]);
    const values = expectation(q, z => z.square().sum(-1), new Random(2), options);
    expectMean(values.dataSync(), 0.25 + 4);
  });

  it("follows parameters inside f too: the second term of the product rule", () => {
    // E[m z] with the m of q is m²: half of its gradient comes through q, half through f.
    const objective = (t: tf.Tensor) => {
      const centre = t.slice([0, 0], [-1, 1]);
      return expectation(gaussian(t), z => z.mul(centre).sum(-1), new Random(3), options);
    };
    expectUnbiased(gradientStatistics(objective, [0.7, Math.log(0.5)], runs), [2 * 0.7, 0]);
  });
});

describe("the variance of one draw", () => {
  const f = (z: tf.Tensor) => z.square().sum(-1);
  /** The unbiased variance of one draw, twenty times over: its own standard error comes with it. */
  const measured = (options: ExpectationOptions, g = f, mean = 1) =>
    Array.from(
      { length: 20 },
      (_, seed) =>
        gradientStatistics(t => expectation(new Normal(t, [1]), g, new Random(seed), options), [mean], 2000)
          .variance[0] as number,
    );
  const exact = (baseline: number) =>
    scoreMoments(z => z * z, { mean: 1, std: 1 }, gaussHermite(20), { baseline }).variance;

  it("is 30 by the score and 4 by reparameterisation for z² at m = 1", () => {
    expectMean(measured({ estimator: "score" }), 1 + 14 + 15);
    expectMean(measured({}), 4);
    expect(pathwiseMoments(z => 2 * z, { mean: 1, std: 1 }, gaussHermite(20)).variance).toBeCloseTo(4, 9);
  });

  it("falls to the closed form with the best baseline, b* = 4", () => {
    const best = bestBaseline(z => z * z, { mean: 1, std: 1 }, gaussHermite(20));
    expect(best).toBeCloseTo(4, 9);
    expectMean(measured({ estimator: "score", baseline: best }), exact(best));
  });

  it("is larger by reparameterisation for a wave: 50 against 0.5", () => {
    const wave = (z: tf.Tensor) => z.mul(10).sin().sum(-1);
    expectMean(measured({}, wave, 0), 50);
    expectMean(measured({ estimator: "score" }, wave, 0), 0.5);
  });
});

describe("a discrete z", () => {
  const f = [1, -2, 4];
  const logits = [0.3, -0.5, 0.1];
  const value = (z: tf.Tensor) =>
    tf
      .oneHot(z.squeeze([-1]).toInt(), 3)
      .toFloat()
      .mul(f)
      .sum(-1);
  const q = (t: tf.Tensor) => new Categorical<"z">(t.expandDims(-2));
  const exactGradient = () =>
    tf
      .grad(l => l.softmax().mul(f).sum())(tf.tensor1d(logits))
      .dataSync();

  it.each(everyEstimator.slice(2))("$name has the gradient of the sum over all z", ({ options }) => {
    const statistics = gradientStatistics(t => expectation(q(t), value, new Random(7), options), logits, runs);
    expectUnbiased(statistics, Array.from(exactGradient()));
  });

  it("is not reached by reparameterisation: the draws have no gradient", () => {
    const draws = (t: tf.Tensor) => expectation(q(t), z => z.sum(-1), new Random(8));
    expect(() => gradientStatistics(draws, logits, 10)).toThrow();
  });
});

it("has the gradient of Fisher's identity: autodiff of the sum over z, weighted by the posterior", () => {
  const [logits, coins] = [
    tf.tensor1d([0.4, -0.3, 0]),
    tf.tensor2d([
      [1, -1],
      [0.5, 2],
      [-2, 0.3],
    ]),
  ];
  const x = tf.tensor2d([
    [1, 0],
    [1, 1],
  ]);
  const logJoint = (l: tf.Tensor, c: tf.Tensor) => new Mixture<"x">(l, new Bernoulli(c)).logJoint(x);
  const posterior = logJoint(logits, coins).softmax();
  const sum = tf.grads((l, c) =>
    logJoint(l as tf.Tensor, c as tf.Tensor)
      .logSumExp(-1)
      .sum(),
  )([logits, coins]);
  const weighted = tf.grads((l, c) =>
    logJoint(l as tf.Tensor, c as tf.Tensor)
      .mul(posterior)
      .sum(),
  )([logits, coins]);
  for (const i of [0, 1]) expectClose(sum[i] as tf.Tensor, weighted[i] as tf.Tensor, { absolute: 1e-5 });
  expect((sum[1] as tf.Tensor).abs().max().dataSync()[0]).toBeGreaterThan(0.1);
});

describe("reparameterised draws", () => {
  it("with common random numbers are a smooth function of the parameters: its difference quotient", () => {
    const f = (z: tf.Tensor) => z.sin().mul(z).sum(-1);
    const objective = (m: tf.Tensor) => expectation(new Normal(m, [0.7]), f, new Random(9), { samples: 50 }).sum();
    const gradient = tf
      .grad(objective)(tf.tensor2d([[0.4]]))
      .dataSync()[0] as number;
    const at = (m: number) => objective(tf.tensor2d([[m]])).dataSync()[0] as number;
    expectClose(gradient, (at(0.42) - at(0.38)) / 0.04, { absolute: 2e-3 });
  });

  it("compile to the same gradients, by score too", () => {
    for (const { options } of everyEstimator) {
      const step = (m: tf.Tensor, random: Random) =>
        tf.grad(t => expectation(new Normal(t, [1]), z => z.square().sum(-1), random, options).sum())(m);
      const compiled = compile(step, { otherwise: "throw" });
      const m = tf.tensor2d([[0.3], [1.2]]);
      expectClose(compiled(m, new Random(10)), step(m, new Random(10)), { absolute: 1e-4 });
      compiled.dispose();
    }
  });
});

it.each([2, 3, 5])("weighs each of %i scores with f less its mean over the others", samples => {
  const f = (z: tf.Tensor) => z.square().sum(-1);
  const options = { estimator: "score", baseline: "leave-one-out", samples } as const;
  const gradient = tf.grad(m => expectation(new Normal(m, [1]), f, new Random(3), options).sum())(tf.tensor1d([0.3]));
  const z = Array.from(new Normal([0.3], [1]).sample(new Random(3), samples).dataSync());
  const total = z.reduce((sum, value) => sum + value ** 2, 0);
  // The score of N(m, 1) in m is z − m.
  const terms = z.map(value => (value ** 2 - (total - value ** 2) / (samples - 1)) * (value - 0.3));
  expectClose(gradient, terms.reduce((sum, term) => sum + term, 0) / samples, { relative: 1e-4 });
});

it("refuses a leave-one-out baseline of one draw, and a single run", () => {
  const q: Distribution = new Normal([0], [1]);
  const alone = () => expectation(q, z => z.sum(-1), new Random(1), { estimator: "score", baseline: "leave-one-out" });
  expect(alone).toThrow(/leave-one-out must have two draws or more, but got 1/);
  expect(() => gradientStatistics(t => t.sum(-1), [1], 1)).toThrow(/runs must be an integer of at least 2, but got 1/);
});

it("stopGradient keeps values and stops derivatives", () => {
  const x = tf.tensor1d([2, 3]);
  expectClose(stopGradient(x), [2, 3], { absolute: 1e-7 });
  expectClose(tf.grad(v => v.mul(stopGradient(v)).sum())(x), [2, 3], { absolute: 1e-6 });
});
