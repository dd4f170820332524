import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { Bernoulli, kl } from "../../../src/generative/distributions/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const float32 = { relative: 1e-5, absolute: 2e-6 };
const logits = [-30, -4, -0.5, 0, 0.25, 3, 12];

describe("bits", () => {
  it.each([0, 0.3, 1])("have the derivative x − σ(ℓ), at 0 too, and that of it: x = %f", x => {
    const slope = tf.grad(l => new Bernoulli(l).logProb(tf.fill([logits.length], x)).sum());
    const l = tf.tensor1d(logits);
    const curvature = tf.grad(l => slope(l).sum());
    expectClose(
      slope(l),
      logits.map(l => x - sigmoid(l)),
      float32,
    );
    expectClose(
      curvature(l),
      logits.map(l => -sigmoid(l) * sigmoid(-l)),
      float32,
    );
  });

  it("have an entropy whose derivative is −ℓ p (1 − p)", () => {
    const slope = tf.grad(l => new Bernoulli(l).entropy().sum());
    expectClose(
      slope(tf.tensor1d(logits)),
      logits.map(l => -l * sigmoid(l) * sigmoid(-l)),
      float32,
    );
  });

  it("have a divergence with the derivatives of its float64 twin, summed where one is repeated", () => {
    const twin = (q: number, p: number) => sigmoid(q) * (q - p) + Math.log1p(Math.exp(p)) - Math.log1p(Math.exp(q));
    const columns = (values: readonly number[]) => tf.tensor2d(values.map(value => [value]));
    const q = [-2, 0, 1.5, 5];
    for (const p of [-3, 0, 4]) {
      const [ofQ, ofP] = tf.grads((q: tf.Tensor, p: tf.Tensor) => kl(new Bernoulli(q), new Bernoulli(p)).sum())([
        columns(q),
        tf.tensor1d([p]),
      ]) as [tf.Tensor, tf.Tensor];
      const h = 1e-4;
      const byQ = q.map(value => (twin(value + h, p) - twin(value - h, p)) / (2 * h));
      const byP = q.reduce((sum, value) => sum + (twin(value, p + h) - twin(value, p - h)) / (2 * h), 0);
      expectClose(ofQ, byQ, float32);
      expectClose(ofP, byP, float32);
      expect(ofP.shape).toEqual([1]);
    }
  });
});
