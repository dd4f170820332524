import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { MultivariateNormal, Normal, type Reparameterised } from "../../../src/generative/distributions/index.ts";
import { gaussHermite, LinearGaussian, meanField, productRule } from "../../../src/generative/exact/index.ts";
import { ProbabilisticPCA } from "../../../src/generative/models/index.ts";
import { exactElbo } from "../../../src/generative/objectives/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const options = {
  weights: [
    [1, 0.8],
    [0.3, -0.5],
    [-0.2, 1],
  ],
  offset: [0.1, 0, -0.3],
  noise: 0.6,
};
const [model, exact] = [new ProbabilisticPCA(options), new LinearGaussian(options)];
const rows = new Random(1).normal([40, 3]).arraySync() as number[][];
const rule = productRule(gaussHermite(4), 2); // log p(x, z) − log q(z) is a quadratic form in the noise
const { covariance } = exact.posterior([0, 0, 0]);
const [[a = 0, b = 0] = [], [, c = 0] = []] = covariance;
const evidence = rows.map(row => exact.logEvidence(row));

/** M⁻¹ Wᵀ (x − b), as a layer: its columns are what the posterior mean of unit vectors is. */
const origin = exact.posterior(options.offset).mean;
const gain = [0, 1, 2].map(i =>
  exact.posterior(options.offset.map((v, j) => (i === j ? v + 1 : v))).mean.map((m, k) => m - (origin[k] as number)),
);
const affineMean = (x: tf.Tensor) => x.sub(options.offset).matMul(tf.tensor2d(gain));
const gapsOf = (q: (x: tf.Tensor) => Reparameterised<"z">) =>
  Array.from(
    exactElbo(model, { given: q }, tf.tensor2d(rows), rule).dataSync(),
    (bound, i) => (evidence[i] as number) - bound,
  );

describe("the affine encoder N(M⁻¹ Wᵀ (x − b), ·) of a linear model", () => {
  it("has no gap for any x, with the full covariance s² M⁻¹", () => {
    const cholesky = [
      [Math.sqrt(a), 0],
      [b / Math.sqrt(a), Math.sqrt(c - (b * b) / a)],
    ];
    const gaps = gapsOf(x => new MultivariateNormal<"z">(affineMean(x), cholesky));
    expectClose(gaps, new Array(40).fill(0), { absolute: 2e-5 });
  });

  it("has the gap of the best diagonal Gaussian, −½ log(1 − ρ²), for every x, with the variances 1/Λ_ii", () => {
    const rho2 = (b * b) / (a * c);
    const variances = [a * (1 - rho2), c * (1 - rho2)];
    expectClose(meanField(exact.posterior(rows[0] as number[])).variances, variances, { absolute: 1e-12 });
    const gaps = gapsOf(x => new Normal<"z">(affineMean(x), variances.map(Math.sqrt)));
    expectClose(gaps, new Array(40).fill(-0.5 * Math.log(1 - rho2)), { absolute: 2e-5 });
    expect(rho2).toBeGreaterThan(0.01);
    // The marginal variances of the posterior, which look right, are worse.
    expect(gapsOf(x => new Normal<"z">(affineMean(x), [Math.sqrt(a), Math.sqrt(c)]))[0]).toBeGreaterThan(
      (gaps[0] as number) + 1e-3,
    );
  });
});

describe("the amortisation gap, ELBO(best q for this x) − ELBO(what the network says)", () => {
  /** Each x gets numbers of its own, by gradient descent on its own bound: what no shared network can beat. */
  const free = async () => {
    const [mean, logStd] = [tf.variable(tf.zeros([40, 2])), tf.variable(tf.zeros([40, 2]))];
    const q = () => new Normal<"z">(mean, logStd.exp());
    await fit({
      parameters: { mean, logStd },
      optimizer: tf.train.adam(0.05),
      loss: () => exactElbo(model, { given: q }, tf.tensor2d(rows), rule).mean().neg(),
      steps: 400,
      random: new Random(2),
    });
    return gapsOf(q);
  };

  it("is 0 for the affine encoder and positive for one that may not look at x, by Var[μ(x)] in the precision", async () => {
    const searched = await free();
    const rho2 = (b * b) / (a * c);
    const variances = [a * (1 - rho2), c * (1 - rho2)];
    const affine = gapsOf(x => new Normal<"z">(affineMean(x), variances.map(Math.sqrt)));
    expectClose(
      affine.map((gap, i) => gap - (searched[i] as number)),
      new Array(40).fill(0),
      { absolute: 1e-4 },
    );
    // Blind: the same mean m for all, m the average of the posterior means; each x pays ½ (m − μ)ᵀ Λ (m − μ).
    const means = rows.map(row => exact.posterior(row).mean);
    const centre = [0, 1].map(k => means.reduce((sum, mean) => sum + (mean[k] as number), 0) / 40);
    const blind = gapsOf(
      x => new Normal<"z">(tf.tile(tf.tensor2d([centre]), [x.shape[0] as number, 1]), variances.map(Math.sqrt)),
    );
    const determinant = a * c - b * b;
    const price = means.map(([m1 = 0, m2 = 0]) => {
      const [u, v] = [m1 - (centre[0] as number), m2 - (centre[1] as number)];
      return (c * u * u - 2 * b * u * v + a * v * v) / (2 * determinant);
    });
    expectClose(
      blind.map((gap, i) => gap - (affine[i] as number)),
      price,
      { absolute: 1e-4, relative: 1e-4 },
    );
    expect(Math.min(...blind.map((gap, i) => gap - (searched[i] as number)))).toBeGreaterThan(-1e-4);
    expect(price.reduce((x, y) => x + y) / 40).toBeGreaterThan(0.3);
  });
});
