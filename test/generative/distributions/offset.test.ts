import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Categorical,
  DiscretizedLogisticMixture,
  GumbelSoftmax,
  kl,
  Mixture,
  Normal,
} from "../../../src/generative/distributions/index.ts";
import { type MixtureParameters, mixtureCdf } from "../../../src/generative/flows/index.ts";
import { backToChosen } from "../../support/backend.ts";
import { expectClose } from "../../support/close.ts";

/** Beside the larger ones float32 has no digit of log 2. */
const offsets = [1e3, 2 ** 20, 2 ** 27, -(2 ** 20), -(2 ** 27), 2 ** 100];

/** What is made of two equal logits, which stand for ½ and ½ at every offset. */
const everyUse: [string, (logits: tf.Tensor) => tf.Tensor, number[]][] = [
  ["Categorical", logits => new Categorical(logits.reshape([1, 2])).logProb(tf.tensor([1])), [-Math.LN2]],
  ["the entropy of Categorical", logits => new Categorical(logits.reshape([1, 2])).entropy(), [Math.LN2]],
  [
    "kl",
    logits => kl(new Categorical(logits.reshape([1, 2])), new Categorical([[0, Math.log(3)]])),
    [0.14384103622589],
  ],
  // scipy.stats.norm.logpdf(0) = −0.9189385332046727
  ["Mixture", logits => new Mixture(logits, new Normal([[0], [0]], [[1], [1]])).logProb(tf.tensor([0])), [-0.91893853]],
  [
    "DiscretizedLogisticMixture", // log(σ(1.5) − σ(−0.5)) with one scale of 1 = log(0.8175744762 − 0.3775406688)
    logits => {
      const parameters = { logits: logits.reshape([1, 2]), means: [[1, 1]], logScales: [[0, 0]] };
      return new DiscretizedLogisticMixture(4, parameters).logProb(tf.tensor([1]));
    },
    [-1.40682911],
  ],
  // log p(y) = log y_1 y_2 … for τ = 1 and K = 2: log (1!) + log τ + Σ (ℓ − 2 log y) − 2 log Σ exp(ℓ − log y)
  ["GumbelSoftmax", logits => new GumbelSoftmax(logits, 1).logProb(tf.tensor([0.25, 0.75])), [0]],
  [
    "mixtureCdf",
    logits => {
      const mixture = {
        logits: logits.reshape([1, 2]),
        means: tf.tensor([[0, 0]]),
        logScales: tf.tensor([[0, 0]]),
      } as MixtureParameters;
      return mixtureCdf(tf.tensor([[0]]), mixture, "logistic").logDensity;
    },
    [-2 * Math.LN2],
  ],
];

describe.each(["wasm", "cpu"])("on %s", backend => {
  beforeAll(async () => {
    await chooseBackend();
    await tf.setBackend(backend);
  });
  afterAll(backToChosen);

  it.each(everyUse)("gives %s the same at any offset of its logits", (_, use, expected) => {
    const compiled = compile(use, { otherwise: "throw" });
    for (const offset of [0, ...offsets]) {
      const logits = tf.tensor1d([offset, offset]);
      for (const f of [use, compiled]) expectClose(f(logits), expected, { absolute: 2e-6 });
      expectClose(
        tf
          .grad(l => use(l).sum())(logits)
          .sum(),
        [0],
        { absolute: 1e-5 },
      );
    }
    compiled.dispose();
  });

  it("draws the same of GumbelSoftmax at any offset", () => {
    const draw = (offset: number) => new GumbelSoftmax([offset, offset], 0.5).sample(new Random(1), 5);
    for (const offset of offsets) expectClose(draw(offset), draw(0), { absolute: 1e-6 });
  });

  it("tells logits at both ends of float32 apart", () => {
    const sure = new Categorical([[3.4e38, -3.4e38]]);
    expect(sure.logProb(tf.tensor([0])).arraySync()).toBe(0);
    expect(sure.logProb(tf.tensor([1])).arraySync()).toBe(-Infinity);
  });
});
