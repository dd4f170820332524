import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { DiscretizedLogisticMixture } from "../../../src/generative/distributions/index.ts";
import { logSumExp } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const { mixture: reference } = fixture("convolutional");
const log = (values: number[]) => values.map(Math.log);

const mixture = () =>
  new DiscretizedLogisticMixture<"x">(256, {
    logits: [log(reference.weights)],
    means: [reference.means],
    logScales: [log(reference.scales)],
  });
const single = (mean: number, scale: number) =>
  new DiscretizedLogisticMixture<"x">(256, { logits: [[0]], means: [[mean]], logScales: [[Math.log(scale)]] });
const every = () => tf.range(0, 256).expandDims(1);
const logs = (p: DiscretizedLogisticMixture<"x">) => Array.from(p.logProb(every()).dataSync());

describe("DiscretizedLogisticMixture", () => {
  it("agrees with 120 digits of mpmath, tails and ends included", () => {
    expectClose(mixture().logProb(tf.tensor2d(reference.values, [9, 1])), reference.logProb, {
      absolute: 1e-5,
      relative: 2e-6,
    });
  });

  it("sums to 1 over 0 … 255, wherever the logistics lie", () => {
    for (const [mean, scale] of [
      [10, 20],
      [0, 8],
      [-40, 3],
      [300, 100],
      [128, 0.01],
      [77.3, 1000],
    ] as const) {
      expectClose(logSumExp(logs(single(mean, scale))), 0, { absolute: 5e-6 });
    }
    expectClose(logSumExp(logs(mixture())), 0, { absolute: 5e-6 });
  });

  it("gives each end its whole tail, as scipy's cdf and survival function do", () => {
    const all = logs(single(10, 20));
    expectClose([all[0] as number, all[255] as number], reference.one, { absolute: 1e-5 });
  });

  it("without the end cases would sum to less: 0.628 and 0.516", () => {
    const sums = [
      [10, 20],
      [0, 8],
    ].map(([mean, scale]) => {
      const sigma = (x: number) => 1 / (1 + Math.exp(-(x - (mean as number)) / (scale as number)));
      return Array.from({ length: 256 }, (_, x) => sigma(x + 0.5) - sigma(x - 0.5)).reduce((a, b) => a + b);
    });
    expectClose(sums, reference.sumWithoutEnds, { absolute: 1e-8 });
    expectClose(sums, [0.628, 0.516], { absolute: 1e-3 });
  });

  it("is finite far out, with the gradient of finite differences", () => {
    const far = single(10, 1);
    expectClose(far.logProb(tf.tensor([200])), reference.far, { relative: 1e-6 });
    const at = (mean: number) =>
      Number(
        single(mean, 1)
          .logProb(tf.tensor([60]))
          .dataSync()[0],
      );
    const gradient = tf.grad((m: tf.Tensor) =>
      new DiscretizedLogisticMixture<"x">(256, { logits: [[0]], means: m, logScales: [[0]] })
        .logProb(tf.tensor([60]))
        .asScalar(),
    )(tf.tensor2d([[10]]));
    expectClose(gradient, (at(10.5) - at(9.5)) / 1, { relative: 1e-3 });
  });

  it("has finite gradients in all three parameters at both ends", () => {
    for (const x of [0, 1, 128, 255]) {
      const gradients = tf.grads((logits, means, logScales) =>
        new DiscretizedLogisticMixture<"x">(256, {
          logits: logits as tf.Tensor,
          means: means as tf.Tensor,
          logScales: logScales as tf.Tensor,
        })
          .logProb(tf.tensor([x]))
          .asScalar(),
      )([tf.tensor2d([[0, 1]]), tf.tensor2d([[-500, 900]]), tf.tensor2d([[-6, 7]])]);
      for (const gradient of gradients) expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
    }
  });

  it("is nearly the density of a logistic where bins are narrow against the scale", () => {
    const s = 40;
    const density = (x: number) => -(x - 128) / s - Math.log(s) - 2 * Math.log1p(Math.exp(-(x - 128) / s));
    expectClose(single(128, s).logProb(tf.tensor([100])), density(100), { absolute: 1e-4 });
  });

  it("lists the values that logProb gives", () => {
    const p = mixture();
    expectClose(p.logProbabilities().flatten(), logs(p), { absolute: 1e-6 });
  });

  it("keeps the variables of a vector, and the vectors of a batch, apart", () => {
    const [means, scales] = [
      [
        [3, 7],
        [5, 1],
        [0, 2],
      ],
      [
        [0.5, 1],
        [2, 0.25],
        [1, 3],
      ],
    ];
    const part = (i: number, j: number) =>
      new DiscretizedLogisticMixture(8, {
        logits: [[0.3, -0.4]],
        means: [[means[i]?.[j] as number, 4]],
        logScales: [[Math.log(scales[i]?.[j] as number), 0.5]],
      });
    const pairs = [0, 1, 2].map(i => [0, 1].map(j => part(i, j)));
    const rows = (value: (i: number, j: number) => number[]) =>
      tf.tensor([0, 1, 2].map(i => [0, 1].map(j => value(i, j))));
    const whole = new DiscretizedLogisticMixture(8, {
      logits: [[0.3, -0.4]],
      means: rows((i, j) => [means[i]?.[j] as number, 4]),
      logScales: rows((i, j) => [Math.log(scales[i]?.[j] as number), 0.5]),
    });
    const x = [2, 6];
    const expected = pairs.map(pair =>
      pair.reduce((sum, p, j) => sum + (p.logProb(tf.tensor1d([x[j] as number])).dataSync()[0] as number), 0),
    );
    expectClose(whole.logProb(tf.tensor1d(x)), expected, { relative: 1e-6 });
    expectClose(whole.logProb(tf.tensor2d([x, x, x])), expected, { relative: 1e-6 });
    const listed = whole.logProbabilities();
    expect(listed.shape).toEqual([3, 2, 8]);
    const each = pairs.flatMap(pair => pair.flatMap(p => Array.from(p.logProbabilities().dataSync())));
    expectClose(listed.flatten(), each, { relative: 1e-6 });
  });

  it("draws every variable from its own component", () => {
    const far = [
      [0, 10, 20],
      [30, 40, 50],
    ];
    const sure = [2, 1].map(k => far[0]?.map((_, m) => (m === k ? 0 : -Infinity)) as number[]);
    const p = new DiscretizedLogisticMixture(64, { logits: sure, means: far, logScales: [[-8, -8, -8]] });
    expect(p.sample(new Random(1)).arraySync()).toEqual([20, 40]);
    expect(p.sample(new Random(1), 3).arraySync()).toEqual([
      [20, 40],
      [20, 40],
      [20, 40],
    ]);
  });

  it("draws as often as it says, ends included", () => {
    const p = new DiscretizedLogisticMixture<"x">(4, { logits: [[0, 1]], means: [[0, 2.4]], logScales: [[0, -1]] });
    const probabilities = Array.from(p.logProbabilities().flatten().dataSync(), Math.exp);
    const draws = Array.from(p.sample(new Random(1), 20_000).dataSync());
    probabilities.forEach((expected, v) => {
      expectMean(
        draws.map(draw => Number(draw === v)),
        expected,
      );
    });
  });

  it("says what is wrong", () => {
    expect(() => single(0, 1).logProb(tf.tensor([256]))).toThrow("x must hold integers from 0 to 255, but got 256");
    expect(() => new DiscretizedLogisticMixture(1, { logits: [[0]], means: [[0]], logScales: [[0]] })).toThrow(
      "K must be an integer of at least 2, but got 1",
    );
    expect(() => new DiscretizedLogisticMixture(4, { logits: [0], means: [0], logScales: [0] })).toThrow(
      "parameters must be [...batch, d, M], but got one axis",
    );
  });
});
