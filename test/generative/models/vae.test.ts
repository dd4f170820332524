import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import { disposeParameters } from "../../../src/generative/networks/index.ts";
import { elbo, iwae } from "../../../src/generative/objectives/index.ts";
import { expectClose, expectMean, numbersOf } from "../../support/close.ts";

beforeAll(() => chooseBackend());

describe("VAE", () => {
  it("has the parameters of 784-200-200-50 and back", () => {
    const vae = new VAE(new Random(1));
    const shapes = Object.fromEntries(Object.entries(vae.parameters).map(([name, v]) => [name, v.shape]));
    expect(shapes["encoder.body.hidden1.kernel"]).toEqual([784, 200]);
    expect(shapes["encoder.mean.kernel"]).toEqual([200, 50]);
    expect(shapes["decoder.body.hidden1.kernel"]).toEqual([50, 200]);
    const count = Object.values(vae.parameters).reduce((sum, v) => sum + v.size, 0);
    const layer = (inputs: number, outputs: number) => (inputs + 1) * outputs;
    expect(count).toBe(layer(784, 200) + 2 * layer(200, 200) + 2 * layer(200, 50) + layer(50, 200) + layer(200, 784));
    disposeParameters(vae.parameters);
  });

  it("begins with the same weights for the same seed", () => {
    const [a, b] = [new VAE(new Random(3), small), new VAE(new Random(3), small)];
    for (const [name, variable] of Object.entries(a.parameters))
      expectClose(variable, b.parameters[name] as tf.Variable, {});
  });

  it("predicts the pixel means before it has learned anything", () => {
    const means = [0.1, 0.9, 0.5, 0, 1, 0.3];
    const vae = new VAE(new Random(2), { ...small, pixelMeans: means });
    const probabilities = vae.likelihood.given(tf.zeros([1, 2])).probabilities;
    expectClose(probabilities, [0.1, 0.9, 0.5, 0.001, 0.999, 0.3], { absolute: 1e-4 });
  });

  it("decodes draws of any leading shape", () => {
    const vae = new VAE(new Random(2), small);
    expect(vae.likelihood.given(tf.zeros([4, 3, 2])).logProb(tf.ones([3, 6])).shape).toEqual([4, 3]);
    expect(vae.encoder.given(tf.ones([3, 6])).sample(new Random(1), 4).shape).toEqual([4, 3, 2]);
  });

  it("has ELBO and IWAE below the log p(x) of quadrature over a two-dimensional z", () => {
    const vae = new VAE(new Random(5), small);
    const x = tf.tensor2d([[1, 0, 1, 1, 0, 0]]);
    const step = 0.05;
    const axis = Array.from({ length: 281 }, (_, i) => -7 + i * step);
    const grid = tf.tensor2d(axis.flatMap(a => axis.map(b => [a, b])));
    const joint = vae.likelihood.given(grid).logProb(x).add(vae.prior.logProb(grid));
    const logEvidence = (joint.logSumExp().dataSync()[0] as number) + 2 * Math.log(step);
    const copies = tf.tile(x, [4000, 1]);
    const mean = (t: tf.Tensor) => numbersOf(t).reduce((a, b) => a + b, 0) / 4000;
    const bound = mean(elbo(vae, vae.encoder, copies, new Random(6)));
    const tighter = mean(iwae(vae, vae.encoder, copies, new Random(6), { samples: 50 }));
    expect(bound).toBeLessThan(logEvidence - 0.01);
    expect(tighter).toBeGreaterThan(bound);
    expect(tighter).toBeLessThan(logEvidence);
    const fromPrior = vae.likelihood
      .given(vae.prior.sample(new Random(7), 20_000))
      .logProb(x)
      .sub(logEvidence)
      .exp();
    expectMean(fromPrior.dataSync(), 1);
  });

  it("has a gradient for every parameter", () => {
    const vae = new VAE(new Random(7), small);
    const x = tf.tensor2d([[1, 0, 1, 1, 0, 0]]);
    const { grads } = tf.variableGrads(
      () => elbo(vae, vae.encoder, x, new Random(8)).mean().neg() as tf.Scalar,
      Object.values(vae.parameters),
    );
    for (const [name, variable] of Object.entries(vae.parameters)) {
      expect(
        numbersOf(grads[variable.name] as tf.Tensor).some(g => g !== 0),
        name,
      ).toBe(true);
    }
  });

  it("says what shape it wants", () => {
    const vae = new VAE(new Random(1), small);
    expect(() => vae.encoder.given(tf.ones([2, 5]))).toThrow(
      /last axis of x must have 6 entries, but got shape \[2,5\]/,
    );
    expect(() => new VAE(new Random(1), { ...small, pixelMeans: [0.5] })).toThrow(
      /pixelMeans must have 6 entries, but got 1/,
    );
    expect(() => new VAE(new Random(1), { ...small, hidden: [0] })).toThrow(
      /sizes must be two or more positive integers/,
    );
  });
});

const small = { pixels: 6, hidden: [8, 5], latent: 2 };
