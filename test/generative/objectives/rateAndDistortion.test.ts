import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Bernoulli, Categorical, kl, Mixture, Normal } from "../../../src/generative/distributions/index.ts";
import { klDivergence, trapezoid } from "../../../src/generative/exact/index.ts";
import type { LatentVariableModel } from "../../../src/generative/models/index.ts";
import { elbo } from "../../../src/generative/objectives/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

describe("rate and distortion", () => {
  it("the rate is the information and the mismatch to the prior, for a z of three values, by enumeration", () => {
    const p = [0.5, 0.3, 0.2]; // of x
    const q = [
      [0.7, 0.2, 0.1],
      [0.1, 0.8, 0.1],
      [0.2, 0.2, 0.6],
    ]; // q(z|x)
    const prior = [0.4, 0.4, 0.2];
    const aggregated = prior.map((_, z) => p.reduce((sum, px, x) => sum + px * (q[x]?.[z] as number), 0));
    const logits = (row: readonly number[]) => tf.tensor2d([row.map(Math.log)]);
    const rates = q.map(
      row => kl(new Categorical<"z">(logits(row)), new Categorical<"z">(logits(prior))).dataSync()[0] as number,
    );
    const rate = rates.reduce((sum, r, x) => sum + (p[x] as number) * r, 0);
    // I(x; z) from the joint table: Σ p(x) q(z|x) log [q(z|x) / q(z)].
    const joint = q.flatMap((row, x) => row.map(value => value * (p[x] as number)));
    const information = klDivergence(
      joint,
      p.flatMap(px => aggregated.map(qz => px * qz)),
    );
    expectClose(rate, information + klDivergence(aggregated, prior), { absolute: 1e-6 });
    expect(rate).toBeGreaterThan(information + 1e-3);
    // A prior that is the aggregated posterior pays for the information alone.
    const tight = q.map(row => klDivergence(row, aggregated)).reduce((sum, r, x) => sum + (p[x] as number) * r, 0);
    expectClose(tight, information, { absolute: 1e-12 });
  });

  it("so it is for a Gaussian z, by quadrature, and the information is at most log N", () => {
    const means = [-2, -0.5, 0.4, 1.8];
    const std = 0.5;
    const posterior = new Normal<"z">(tf.tensor2d(means, [4, 1]), [std]);
    const aggregated = new Mixture<"z">(tf.zeros([4]), posterior);
    const prior = new Normal<"z">([0], [1]);
    const rate = kl(posterior, prior).mean().dataSync()[0] as number;
    const { points, logWeights } = trapezoid(-8, 8, 2001);
    const z = tf.tensor2d([...points], [points.length, 1]);
    const [logAggregated, logPrior] = [aggregated, prior].map(d => d.logProb(z).dataSync());
    const integral = (logQ: ArrayLike<number>, f: (i: number) => number) =>
      logWeights.reduce((sum, w, i) => sum + Math.exp((logQ[i] as number) + w) * f(i), 0);
    const information =
      means.reduce((sum, m) => {
        const logQ = new Normal([m], [std]).logProb(z).dataSync();
        return sum + integral(logQ, i => (logQ[i] as number) - (logAggregated?.[i] as number));
      }, 0) / 4;
    const mismatch = integral(
      logAggregated as Float32Array,
      i => (logAggregated?.[i] as number) - (logPrior?.[i] as number),
    );
    expectClose(rate, information + mismatch, { absolute: 1e-4 });
    expect(information).toBeLessThan(Math.log(4));
    expect(rate - information).toBeGreaterThan(0.1);
  });

  it("the ELBO is −(distortion + rate), the distortion by quadrature", () => {
    const model: LatentVariableModel = {
      prior: new Normal<"z">([0], [1]),
      likelihood: { given: z => new Bernoulli<"x">(tf.concat([z.mul(2), z.mul(-1).add(0.5)], -1)) },
    };
    const q = () => new Normal<"z">([[0.8]], [0.4]);
    const x = tf.tensor2d([[1, 0]]);
    const { points, logWeights } = trapezoid(-8, 8, 2001);
    const z = tf.tensor2d([...points], [points.length, 1]);
    const [logQ, logLikelihood] = [q().logProb(z).dataSync(), model.likelihood.given(z).logProb(x).dataSync()];
    const distortion = -logWeights.reduce(
      (sum, w, i) => sum + Math.exp((logQ[i] as number) + w) * (logLikelihood[i] as number),
      0,
    );
    const rate = 0.5 * (0.16 + 0.64 - 1 - Math.log(0.16));
    const encoder = { given: (rows: tf.Tensor) => new Normal<"z">(tf.fill([rows.shape[0] as number, 1], 0.8), [0.4]) };
    const values = elbo(model, encoder, tf.tile(x, [20_000, 1]), new Random(1));
    expectMean(values.dataSync(), -(distortion + rate));
  });
});

describe("the reconstruction", () => {
  const [target, output] = [new Random(1).uniform([5, 7]), new Random(2).normal([5, 7])];

  it.each([0.3, Math.SQRT1_2, 2])(
    "of a Gaussian with s = %d is −|x − x̂|² / 2s² − D/2 log 2πs², by tfjs's own squared error",
    s => {
      const squared = tf.losses.meanSquaredError(target, output, undefined, tf.Reduction.NONE).sum(1);
      const expected = squared.div(-2 * s * s).sub(3.5 * Math.log(2 * Math.PI * s * s));
      expectClose(new Normal<"x">(output, [s]).logProb(target), expected, { relative: 1e-5, absolute: 1e-5 });
    },
  );

  it("of bits is minus tfjs's sigmoid cross-entropy with logits, summed over the pixels", () => {
    const bits = new Random(3).bernoulli(tf.fill([5, 7], 0.5));
    const crossEntropy = tf.losses.sigmoidCrossEntropy(bits, output, undefined, 0, tf.Reduction.NONE).sum(1);
    expectClose(new Bernoulli<"x">(output).logProb(bits), crossEntropy.neg(), { absolute: 1e-5 });
  });

  it("as a summed squared error, with the KL added, is the negative ELBO only at s² = ½: its gradient, not at 1, nor with a mean", () => {
    const prior = new Normal<"z">([0], [1]);
    const at = tf.tensor1d([0.4]);
    const decoded = (m: tf.Tensor) => m.mul(tf.tensor1d([1, -2, 0.5]));
    const x = tf.tensor1d([1, 0.3, -0.7]);
    const divergence = (m: tf.Tensor) => kl(new Normal<"z">(m, [0.5]), prior).sum();
    const gradient = (loss: (m: tf.Tensor) => tf.Tensor) =>
      tf
        .grad(m => loss(m).sum())(at)
        .dataSync()[0] as number;
    const negativeElbo = (s: number) => gradient(m => divergence(m).sub(new Normal<"x">(decoded(m), [s]).logProb(x)));
    const summed = gradient(m => decoded(m).sub(x).square().sum().add(divergence(m)));
    const averaged = gradient(m => decoded(m).sub(x).square().mean().add(divergence(m)));
    expectClose(summed, negativeElbo(Math.SQRT1_2), { absolute: 1e-5 });
    expect(Math.abs(summed - negativeElbo(1))).toBeGreaterThan(0.5);
    expect(Math.abs(averaged - negativeElbo(Math.SQRT1_2))).toBeGreaterThan(0.5);
  });
});
