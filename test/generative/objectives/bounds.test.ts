import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { kl, Normal } from "../../../src/generative/distributions/index.ts";
import { elbo, iwae, logImportanceWeights } from "../../../src/generative/objectives/index.ts";
import { expectClose, expectMean, numbersOf } from "../../support/close.ts";
import { constantEncoder, diagonalModel, exactEncoder } from "../../support/linearGaussian.ts";

beforeAll(() => chooseBackend());

const { model, exact } = diagonalModel([1, 1.5, 0.5], 0.7);
const point = [0.8, -1.2, 0.3];
const x = () => tf.tensor2d([point]);
const logEvidence = () => exact.logEvidence(point);

/** An encoder that is wrong on purpose, and the gap it leaves: KL(q ‖ p(z|x)) in closed form. */
const wrong = () => constantEncoder([0.2, -0.5, 0], [0.5, 0.4, 0.6]);
function gap(): number {
  const { mean, covariance } = exact.posterior(point);
  const q = [
    [0.2, 0.5],
    [-0.5, 0.4],
    [0, 0.6],
  ] as const;
  return q.reduce((sum, [m, s], i) => {
    const variance = covariance[i]?.[i] as number;
    return sum + 0.5 * ((s * s + (m - (mean[i] as number)) ** 2) / variance - 1 - Math.log((s * s) / variance));
  }, 0);
}

/** Many independent one-draw estimates: the same datum repeated along the batch. */
const copies = (n: number) => tf.tile(x(), [n, 1]);

describe("elbo", () => {
  it.each(["kl", "joint"] as const)(
    "in the form %s equals log p(x) − KL(q ‖ p(z|x)): the sign of the KL term",
    form => {
      const values = elbo(model, wrong(), copies(20_000), new Random(1), { form });
      expectMean(numbersOf(values), logEvidence() - gap());
    },
  );

  it("equals log p(x) for the exact posterior, with no variance in the joint form", () => {
    const values = elbo(model, exactEncoder(exact), copies(50), new Random(2), { form: "joint" });
    expectClose(values, Array(50).fill(logEvidence()), { absolute: 1e-4 });
  });

  it("sums over dimensions: three copies of a dimension count three times", () => {
    const value = (d: number) => {
      const { model } = diagonalModel(Array(d).fill(1), 0.5);
      const encoder = constantEncoder(Array(d).fill(0.3), Array(d).fill(0.4));
      return numbersOf(elbo(model, encoder, tf.fill([20_000, d], 0.7), new Random(3)));
    };
    const one = value(1);
    expectMean(value(3), (3 * one.reduce((a, b) => a + b, 0)) / one.length);
  });

  it("averages over several draws", () => {
    const encoder = wrong();
    const many = elbo(model, encoder, copies(3000), new Random(4), { samples: 10 });
    expect(many.shape).toEqual([3000]);
    expectMean(numbersOf(many), logEvidence() - gap());
    const spread = (values: number[]) =>
      values.reduce((sum, v) => sum + (v - (logEvidence() - gap())) ** 2, 0) / values.length;
    const ratio = spread(numbersOf(elbo(model, encoder, copies(3000), new Random(5)))) / spread(numbersOf(many));
    expect(ratio).toBeGreaterThan(8);
    expect(ratio).toBeLessThan(12.5);
  });

  it("has the encoder gradient of −KL(q ‖ p(z|x)), here in closed form", () => {
    const { mean, covariance } = exact.posterior(point);
    const n = 20_000;
    const f = (m: tf.Tensor) =>
      elbo(
        model,
        { given: () => new Normal<"z">(m.mul(tf.ones([n, 3])), [0.5, 0.4, 0.6]) },
        copies(n),
        new Random(6),
      ).sum();
    const gradient = tf
      .grad(f)(tf.tensor2d([[0.2, -0.5, 0]]))
      .div(n);
    const expected = [0.2, -0.5, 0].map((m, i) => -(m - (mean[i] as number)) / (covariance[i]?.[i] as number));
    expectClose(gradient, expected, { absolute: 0.1 });
  });
});

describe("iwae", () => {
  it("is the ELBO for one draw", () => {
    const one = iwae(model, wrong(), copies(200), new Random(7), { samples: 1 });
    expectClose(one, elbo(model, wrong(), copies(200), new Random(7), { form: "joint" }), { absolute: 1e-4 });
  });

  it("is log p(x) itself for the exact posterior, whatever K is: log K is subtracted", () => {
    for (const samples of [1, 2, 50]) {
      const value = iwae(model, exactEncoder(exact), x(), new Random(8), { samples });
      expectClose(value, logEvidence(), { absolute: 1e-4 });
    }
  });

  it("rises with K and stays below log p(x)", () => {
    const bounds = [1, 5, 50].map(samples => {
      const values = numbersOf(iwae(model, wrong(), copies(2000), new Random(9), { samples }));
      return values.reduce((a, b) => a + b, 0) / values.length;
    });
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(logEvidence() - (bounds[2] as number)).toBeGreaterThan(0);
    expect((bounds[1] as number) - (bounds[0] as number)).toBeGreaterThan(0.1);
  });

  it("refuses zero draws", () => {
    expect(() => iwae(model, wrong(), x(), new Random(1), { samples: 0 })).toThrow(
      /samples must be a positive integer, but got 0/,
    );
  });
});

describe("logImportanceWeights", () => {
  it("has weights whose mean is p(x): unbiased under a proposal that is wrong", () => {
    const wide = constantEncoder([0.2, -0.5, 0], [0.9, 0.9, 0.9]);
    const weights = logImportanceWeights(model, wide, x(), new Random(10), 40_000).sub(logEvidence()).exp();
    expect(weights.shape).toEqual([40_000, 1]);
    expectMean(weights.dataSync(), 1);
  });

  it("is an ELBO on average: E log w = log p(x) − KL", () => {
    const q = wrong().given(x());
    expect(numbersOf(kl(q, model.prior)).length).toBe(1);
    expectMean(logImportanceWeights(model, wrong(), x(), new Random(11), 40_000).dataSync(), logEvidence() - gap());
  });
});
