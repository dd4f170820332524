import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { gradientStatistics } from "../../../src/generative/estimates/index.ts";
import { gumbelSoftmax } from "../../../src/generative/objectives/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const runs = 20_000;
const logits = [0.3, -0.5, 0.1];
const f = [1, -2, 4];

/** ∂ E[Σ_k y_k f_k] / ∂ℓ, by measurement. */
const relaxed = (temperature: number, of = logits, worth = f) =>
  gradientStatistics(l => gumbelSoftmax(l, new Random(3), { temperature }).mul(worth).sum(-1), of, runs);
/** ∂ Σ_k p_k f_k / ∂ℓ, by adding up all values. */
const enumerated = () =>
  Array.from(
    tf
      .grad(l => l.softmax().mul(f).sum())(tf.tensor1d(logits))
      .dataSync(),
  );

describe("gumbelSoftmax", () => {
  it.each([0.1, 1, 5])("rounded to its largest share is an exact draw, at temperature %d", temperature => {
    const y = gumbelSoftmax(tf.tensor1d(logits), new Random(1), { temperature, samples: runs });
    expect(y.shape).toEqual([runs, 3]);
    expect(y.sum(-1).sub(1).abs().max().dataSync()[0]).toBeLessThan(1e-5);
    const chosen = Array.from(y.argMax(-1).dataSync());
    const p = tf.tensor1d(logits).softmax().dataSync();
    p.forEach((pk, k) => {
      const share = chosen.filter(choice => choice === k).length / runs;
      expect(Math.abs(share - pk) / Math.sqrt((pk * (1 - pk)) / runs), `value ${k}`).toBeLessThan(4.5);
    });
  });

  it("of two values at temperature 1 has the closed form a/(a − 1) − a log a/(a − 1)², a = e^(ℓ₀ − ℓ₁)", () => {
    const mean = (d: number) => {
      const a = Math.exp(d);
      return a / (a - 1) - (a * d) / (a - 1) ** 2;
    };
    const d = 0.8;
    const values = gumbelSoftmax(tf.tensor2d([[d, 0]]), new Random(2), { temperature: 1, samples: runs })
      .slice([0, 0, 0], [-1, -1, 1])
      .dataSync<"float32">();
    const average = values.reduce((sum, value) => sum + value / runs, 0);
    // Shares lie in [0, 1]: their standard deviation is at most a half.
    expect(Math.abs(average - mean(d))).toBeLessThan((4.5 * 0.5) / Math.sqrt(runs));
    const slope = (mean(d + 1e-4) - mean(d - 1e-4)) / 2e-4;
    const { mean: gradient, standardError } = relaxed(1, [d, 0], [1, 0]);
    expect(Math.abs((gradient[0] as number) - slope) / (standardError[0] as number)).toBeLessThan(4.5);
    // The exact gradient p (1 − p) is 0.21: another number.
    expect(slope).toBeLessThan(0.17);
  });

  it("has the gradient of the sum over all values in the limit of temperature 0, and another before", () => {
    const [cold, hot] = [relaxed(0.1), relaxed(2)];
    enumerated().forEach((value, k) => {
      const miss = Math.abs((cold.mean[k] as number) - value);
      expect(miss, `logit ${k}`).toBeLessThan(4.5 * (cold.standardError[k] as number) + 0.01);
    });
    const bias = enumerated().map((value, k) => Math.abs(value - (hot.mean[k] as number)));
    expect(Math.max(...bias)).toBeGreaterThan(20 * Math.max(...hot.standardError));
  });

  it("is noisier the colder it is: the variance of the gradient grows as 1/τ", () => {
    const [one, two] = [0.05, 0.1].map(temperature => relaxed(temperature).variance[2] as number);
    expectClose((one as number) / (two as number), 2, { relative: 0.15 });
  });

  it("has the same gradients compiled", () => {
    const step = (l: tf.Tensor, random: Random) =>
      tf.grad(v => gumbelSoftmax(v, random, { temperature: 0.5, samples: 4 }).square().sum())(l);
    const compiled = compile(step, { otherwise: "throw" });
    const at = tf.tensor2d([logits]);
    expectClose(compiled(at, new Random(4)), step(at, new Random(4)), { absolute: 1e-5 });
    compiled.dispose();
  });

  it.each([0, -1, Number.NaN, Infinity])("refuses temperature %d", temperature => {
    const draw = () => gumbelSoftmax(tf.tensor1d(logits), new Random(1), { temperature });
    expect(draw).toThrow(/temperature must be positive, but got/);
  });
});
