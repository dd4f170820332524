import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { Bernoulli, type Conditional, Normal, Uniform } from "../../../src/generative/distributions/index.ts";
import { gaussHermite, productRule } from "../../../src/generative/exact/index.ts";
import {
  betaElbo,
  codebookLoss,
  commitmentLoss,
  elbo,
  exactElbo,
  expectation,
  gumbelSoftmax,
  type IwaeEstimator,
  iwae,
  logImportanceWeights,
} from "../../../src/generative/objectives/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const numbers = (t: tf.Tensor) => Array.from(t.dataSync());
const estimators: IwaeEstimator[] = ["reparameterised", "stl", "dreg"];

/** p(x|z) is uniform on [z, z + 1]: a draw of z has the weight 0 unless x − 1 < z < x. */
const model = {
  prior: new Normal<"z">([0], [1]),
  likelihood: { given: (z: tf.Tensor) => new Uniform<"x">(z, z.add(1)) },
};
const encoder = (theta: tf.Tensor) => ({
  given: (x: tf.Tensor) => new Normal<"z">(theta.slice([0], [1]).add(x.mul(0)), theta.slice([1], [1]).exp()),
});
const at = () => tf.tensor1d([0.3, -1]);
const data = () => tf.tensor2d([[0.8], [1e3]]);

describe.each(estimators)("iwae, %s, of a datum whose weights are all 0", estimator => {
  const bound = (theta: tf.Tensor, random: Random) =>
    iwae(model, encoder(theta), data(), random, { samples: 8, estimator });

  it("is −∞, with a finite gradient, and leaves the other data alone", () => {
    const [first, second] = numbers(bound(at(), new Random(1))) as [number, number];
    expect(second).toBe(-Infinity);
    expect(Number.isFinite(first)).toBe(true);
    const alone = tf.grad((t: tf.Tensor) => bound(t, new Random(1)).slice([0], [1]).sum())(at());
    const both = tf.grad((t: tf.Tensor) => bound(t, new Random(1)).sum())(at());
    expect(numbers(both).every(Number.isFinite)).toBe(true);
    expectClose(both, alone, { absolute: 1e-5 });
    expect(Math.max(...numbers(alone).map(Math.abs))).toBeGreaterThan(0);
  });

  it("is so compiled", () => {
    const step = compile((t: tf.Tensor, random: Random) => tf.grad((t: tf.Tensor) => bound(t, random).sum())(t));
    expectClose(step(at(), new Random(1)), tf.grad((t: tf.Tensor) => bound(t, new Random(1)).sum())(at()), {
      absolute: 1e-4,
    });
    step.dispose();
  });
});

describe("elbo", () => {
  it("in the joint form is −∞ where a draw has no weight, with finite gradients", () => {
    const of = (t: tf.Tensor) => elbo(model, encoder(t), data(), new Random(2), { samples: 3, form: "joint" });
    expect(numbers(of(at()))[1]).toBe(-Infinity);
    expect(numbers(tf.grad((t: tf.Tensor) => of(t).sum())(at())).every(Number.isFinite)).toBe(true);
  });

  it("by quadrature is −∞ there too, though weights of far nodes round to 0", () => {
    const rule = productRule(gaussHermite(20), 1);
    const gauss = { prior: model.prior, likelihood: { given: (z: tf.Tensor) => new Normal<"x">(z, [1]) } };
    expect(Number.isFinite(numbers(exactElbo(gauss, encoder(at()), data(), rule))[0])).toBe(true);
    const far = { points: [[0], [30]], logWeights: [0, -400] };
    expect(numbers(exactElbo(model, encoder(at()), tf.tensor2d([[0.8]]), far))).toEqual([-Infinity]);
  });

  it("of a batch of 0 is empty", () => {
    expect(elbo(model, encoder(at()), tf.zeros([0, 1]), new Random(1)).shape).toEqual([0]);
    expect(iwae(model, encoder(at()), tf.zeros([0, 1]), new Random(1), { samples: 2 }).shape).toEqual([0]);
  });
});

describe.each([0, -1, 1.5, Number.NaN, null, undefined])("samples of %s", samples => {
  const options = { samples: samples as number };
  const line = (what: string) => new RegExp(`^${what}: samples must be a positive integer, but got .*; as in`);

  it("is refused by every bound", () => {
    const q = encoder(at());
    expect(() => iwae(model, q, data(), new Random(1), options)).toThrow(line("iwae"));
    expect(() => logImportanceWeights(model, q, data(), new Random(1), options.samples)).toThrow(
      line("logImportanceWeights"),
    );
    if (samples === undefined) return; // the default of those below, or no longer theirs
    expect(() => elbo(model, q, data(), new Random(1), options)).toThrow(line("elbo"));
    expect(() => betaElbo(model, q, data(), new Random(1), { beta: 1, ...options })).toThrow(line("betaElbo"));
    const f = (z: tf.Tensor) => z.sum(-1);
    expect(() => expectation(q.given(data()), f, new Random(1), options)).toThrow(line("expectation"));
  });
});

describe("betaElbo", () => {
  const q: Conditional<"z", "x"> = encoder(tf.tensor1d([0, 0]));
  const of = (beta: number, encoder = q) => betaElbo(model, encoder, tf.tensor2d([[0.5]]), new Random(1), { beta });

  it.each([-0.1, Number.NaN, Infinity])("refuses a β of %d", beta => {
    expect(() => of(beta)).toThrow(`betaElbo: beta must be 0 or more, but got ${beta}`);
  });

  it("with β = 0 leaves out a rate that is ∞", () => {
    const bits = {
      prior: new Bernoulli<"z">([-Infinity]),
      likelihood: { given: (z: tf.Tensor) => new Normal<"x">(z, [1]) },
    };
    const sure = { given: (x: tf.Tensor) => new Bernoulli<"z">(tf.fill(x.shape, Infinity)) };
    const value = (beta: number) => numbers(betaElbo(bits, sure, tf.tensor2d([[1]]), new Random(1), { beta }))[0];
    expectClose(value(0) as number, -0.5 * Math.log(2 * Math.PI), { absolute: 1e-6 });
    expect(value(1)).toBe(-Infinity);
  });
});

describe("expectation", () => {
  const q = new Normal<"z">([0, 0], [1, 1]);
  const score = { estimator: "score", samples: 4 } as const;

  it("refuses an f that does not give one value a draw, and a baseline that is no number", () => {
    expect(() => expectation(q, z => z, new Random(1), score)).toThrow(
      "expectation: f must give one value a draw, [4], but got shape [4,2]; sum over the last axis.",
    );
    const f = (z: tf.Tensor) => z.sum(-1);
    for (const baseline of [Number.NaN, Infinity]) {
      expect(() => expectation(q, f, new Random(1), { ...score, baseline })).toThrow(
        `expectation: baseline must be a finite number, but got ${baseline}`,
      );
    }
  });

  it.each([0, "leave-one-out"] as const)("of an f that is −∞ at a draw is −∞, not NaN (baseline %s)", baseline => {
    const f = (z: tf.Tensor) => z.slice([0, 0], [-1, 1]).squeeze([1]).maximum(0).log();
    expect(numbers(expectation(q, f, new Random(1), { ...score, samples: 30, baseline }))).toEqual([-Infinity]);
    const slope = tf.grad((m: tf.Tensor) =>
      expectation(new Normal(m, [1, 1]), f, new Random(1), { ...score, samples: 30, baseline }),
    );
    expect(numbers(slope(tf.tensor1d([0, 0]))).every(Number.isFinite)).toBe(true);
  });
});

describe("gumbelSoftmax", () => {
  it("gives a category without weight the share 0, with finite gradients", () => {
    const logits = tf.tensor1d([0, -Infinity, 1]);
    const y = gumbelSoftmax(logits, new Random(1), { temperature: 0.5, samples: 100 });
    expect(numbers(y.slice([0, 1], [-1, 1])).every(share => share === 0)).toBe(true);
    const slope = tf.grad((l: tf.Tensor) => gumbelSoftmax(l, new Random(1), { temperature: 0.5 }).square().sum())(
      logits,
    );
    expect(numbers(slope).every(Number.isFinite)).toBe(true);
  });

  it("refuses logits that are no distribution", () => {
    for (const logits of [
      [Number.NaN, 0],
      [Infinity, 0],
      [-Infinity, -Infinity],
    ]) {
      expect(() => gumbelSoftmax(tf.tensor1d(logits), new Random(1), { temperature: 1 })).toThrow("logits must be");
    }
  });
});

it("the losses of a codebook refuse shapes that differ, which would be repeated", () => {
  const [z, e] = [tf.zeros([2, 3, 4]), tf.zeros([2, 1, 4])];
  expect(() => codebookLoss(z, e)).toThrow(
    "codebookLoss: z and e must both be [batch, places, d], but got [2,3,4] and [2,1,4]",
  );
  expect(() => commitmentLoss(z, e)).toThrow("commitmentLoss: z and e must both be");
});
