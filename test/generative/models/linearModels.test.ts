import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import type { Normal } from "../../../src/generative/distributions/index.ts";
import { linearProbe } from "../../../src/generative/estimates/index.ts";
import { LinearGaussian, ppcaMle, principalComponents, project } from "../../../src/generative/exact/index.ts";
import { Autoencoder, ProbabilisticPCA } from "../../../src/generative/models/index.ts";
import { cosine, fit } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const rows = fixture("iwae").pca.rows as number[][];
const pca = principalComponents(rows);
const x = () => tf.tensor2d(rows);
const error = (model: Autoencoder) => (data: tf.Tensor) =>
  model.decode(model.encode(data)).sub(data).square().sum(-1).mean();

/** The autoencoder that is PCA: codes are projections, times any invertible A that the decoder takes back. */
function projecting(latent: number, mixing?: number[][]): Autoencoder {
  const model = new Autoencoder(new Random(1), { pixels: 5, latent });
  const U = tf.tensor2d(pca.axes.slice(0, latent)); // [latent, 5]
  const A = mixing ? tf.tensor2d(mixing) : tf.eye(latent);
  const inverse = mixing ? tf.tensor2d(inverseOf(mixing)) : tf.eye(latent);
  const kernel = U.transpose().matMul(A); // [5, latent]
  const mean = tf.tensor2d([pca.mean]);
  const set = (name: string, value: tf.Tensor) => (model.parameters[name] as tf.Variable).assign(value);
  set("encoder.last.kernel", kernel);
  set(
    "encoder.last.bias",
    mean
      .matMul(kernel as tf.Tensor2D)
      .neg()
      .flatten(),
  );
  set("decoder.last.kernel", inverse.matMul(U));
  set("decoder.last.bias", mean.flatten());
  return model;
}

function inverseOf([[a = 0, b = 0] = [], [c = 0, d = 0] = []]: number[][]): number[][] {
  const determinant = a * d - b * c;
  return [
    [d / determinant, -b / determinant],
    [-c / determinant, a / determinant],
  ];
}

const mixing = [
  [2, 1],
  [-0.5, 1.5],
];

describe("a linear autoencoder at PCA", () => {
  it("loses the trailing eigenvalues, and its gradient is 0, in any basis of the codes", () => {
    for (const model of [projecting(2), projecting(2, mixing)]) {
      expectClose(
        error(model)(x()),
        pca.variances.slice(2).reduce((a, b) => a + b),
        { absolute: 1e-5 },
      );
      const { grads } = tf.variableGrads(
        () => error(model)(x()).asScalar(),
        Object.values(model.parameters) as tf.Variable[],
      );
      for (const [name, gradient] of Object.entries(grads)) {
        expect(gradient.abs().max().dataSync()[0], name).toBeLessThan(1e-4);
      }
    }
  });

  it("has a gradient as soon as a trailing axis takes the place of a leading one's neighbour", () => {
    const model = projecting(2);
    const decoder = model.parameters["decoder.last.kernel"] as tf.Variable;
    decoder.assign(tf.tidy(() => decoder.add(tf.tensor2d([pca.axes[3] as number[], [0, 0, 0, 0, 0]]).mul(0.1))));
    const { grads } = tf.variableGrads(() => error(model)(x()).asScalar(), [decoder]);
    expect((grads[decoder.name] as tf.Tensor).abs().max().dataSync()[0]).toBeGreaterThan(0.01);
  });

  it("with more dimensions than pixels learns to lose nothing; with one less it cannot", async () => {
    const lost = async (latent: number) => {
      const model = new Autoencoder(new Random(2), { pixels: 5, latent });
      await fit({
        parameters: model.parameters,
        optimizer: tf.train.adam(0.02),
        learningRate: cosine({ start: 0.02, end: 1e-4, steps: 900 }),
        batch: x,
        loss: error(model),
        steps: 900,
        random: new Random(3),
      });
      return error(model)(x()).dataSync()[0] as number;
    };
    const total = pca.variances.reduce((a, b) => a + b);
    expect(await lost(7)).toBeLessThan(1e-4 * total);
    expect(await lost(4)).toBeGreaterThan(0.999 * (pca.variances[4] as number));
  });

  it("has features that a linear probe reads as it reads PCA's, and as ridge regression does in closed form", () => {
    const labels = rows.map(row => Number((row[0] as number) + (row[1] as number) > 2 * (row[2] as number)));
    const features = rows.map(row => project(pca, row, 2));
    const codes = projecting(2, mixing).encode(x()).arraySync() as number[][];
    const [byPca, byCodes] = [features, codes].map(h =>
      linearProbe(h, labels, { classes: 2, penalty: 1e-9 }).predict(h),
    );
    expect(byCodes).toEqual(byPca);
    expect(new Set(byPca).size).toBe(2);
    // The projections have mean 0 and are uncorrelated: with a penalty λ, each weight is a covariance over (1 + λ) variance.
    const penalty = 0.5;
    const n = rows.length;
    const offset = labels.reduce((sum, y) => sum + y, 0) / (n * (1 + penalty));
    const weights = [0, 1].map(
      i =>
        features.reduce((sum, h, k) => sum + (h[i] as number) * (labels[k] as number), 0) /
        (n * (1 + penalty) * (pca.variances[i] as number)),
    );
    const other = (1 / (1 + penalty) - 2 * offset) / 2; // score of class 1 above that of class 0
    const ridge = features.map(h => Number(weights.reduce((sum, w, i) => sum + w * (h[i] as number), 0) - other > 0));
    expect(linearProbe(features, labels, { classes: 2, penalty }).predict(features)).toEqual(ridge);
  });
});

describe("probabilistic PCA", () => {
  const options = ppcaMle(pca, 2);
  const [model, exact] = [new ProbabilisticPCA(options), new LinearGaussian(options)];
  const decode = (z: number[]) => Array.from((model.likelihood.given(tf.tensor2d([z])) as Normal<"x">).mean.dataSync());
  const norm = (v: number[]) => Math.hypot(...v);
  const change = (from: number[], to: number[]) => decode(to).map((value, i) => value - (decode(from)[i] as number));

  it("has a mean for each code, whatever axes there are in front", () => {
    const z = new Random(4).normal([3, 4, 2]);
    const given = (z: tf.Tensor) => (model.likelihood.given(z) as Normal<"x">).mean;
    expect(given(z).shape).toEqual([3, 4, 5]);
    expectClose(given(z).flatten(), given(z.reshape([12, 2])).flatten(), {});
    expectClose(given(z.slice([1, 2], [1, 1]).flatten()), given(z).slice([1, 2], [1, 1]).flatten(), { absolute: 1e-6 });
  });

  it("edits x by w_i δ along its own axis, and no other, as z_i moves by δ", () => {
    for (const [i, delta] of [
      [0, 1.5],
      [1, -0.7],
    ] as const) {
      const to = [0.3, -0.4].map((value, j) => (i === j ? value + delta : value));
      const moved = change([0.3, -0.4], to);
      expectClose(
        moved,
        options.weights.map(row => (row[i] as number) * delta),
        { absolute: 1e-5 },
      );
      // w_i is √(λ_i − s²) along u_i, and 0 along every other axis.
      pca.axes.forEach((axis, j) => {
        const along = axis.reduce((sum, u, k) => sum + u * (moved[k] as number), 0);
        const size = Math.sqrt((pca.variances[i] as number) - options.noise ** 2);
        expectClose(Math.abs(along), i === j ? size * Math.abs(delta) : 0, { absolute: 1e-5 });
      });
    }
  });

  it("decodes codes that are near to means that are near, not the same: by at most σ_max(W) |Δz|, and exactly so along it", () => {
    const largest = Math.sqrt((pca.variances[0] as number) - options.noise ** 2);
    for (let n = 0; n < 30; n++) {
      const [a = 0, b = 0, c = 0, d = 0] = new Random(n).normalArray(4);
      const ratio = norm(change([a, b], [c, d])) / Math.hypot(a - c, b - d);
      expect(ratio).toBeLessThan(largest + 1e-4);
      expect(ratio).toBeGreaterThan(0.1);
    }
    expectClose(norm(change([0, 0], [1, 0])), largest, { absolute: 1e-5 });
    expectClose(norm(change([0, 0], [0.5, 0])), largest / 2, { absolute: 1e-5 });
  });

  it("completes what is missing, by encoding and decoding in turns, to the conditional mean of the joint Gaussian", () => {
    const row = rows[3] as number[];
    const known = [0, 1, 2];
    const fill = (guess: number[]) => row.map((value, i) => (known.includes(i) ? value : (guess[i] as number)));
    let completed = fill(pca.mean);
    for (let step = 0; step < 3000; step++) completed = fill(decode64(exact.posterior(completed).mean));
    // x_m | x_o of N(b, C): b_m + C_mo C_oo⁻¹ (x_o − b_o), by solving for the weights.
    const C = exact.covariance;
    const inner = tf.tensor2d(known.map(i => known.map(j => C[i]?.[j] as number)));
    const residual = known.map(i => (row[i] as number) - (options.offset[i] as number));
    const solved = tf.linalg.qr(inner);
    const R = solved[1].arraySync() as number[][];
    const right = Array.from(
      solved[0]
        .transpose()
        .matMul(tf.tensor2d(residual, [3, 1]))
        .dataSync(),
    );
    const v = [0, 0, 0];
    for (const i of [2, 1, 0]) {
      const rest = [0, 1, 2].slice(i + 1).reduce((sum, j) => sum + (R[i]?.[j] as number) * (v[j] as number), 0);
      v[i] = ((right[i] as number) - rest) / (R[i]?.[i] as number);
    }
    for (const m of [3, 4]) {
      const conditional = known.reduce(
        (sum, j, k) => sum + (C[m]?.[j] as number) * (v[k] as number),
        options.offset[m] as number,
      );
      expect(completed[m]).toBeCloseTo(conditional, 3);
      expect(Math.abs(conditional - (pca.mean[m] as number))).toBeGreaterThan(0.01); // the mean alone is no completion
    }
  });

  it("removes noise by the posterior mean: W M⁻¹ Wᵀ shrinks each axis by 1 − s²/λ_i, and drops the others", () => {
    const row = rows[5] as number[];
    const cleaned = decode64(exact.posterior(row).mean);
    pca.axes.forEach((axis, i) => {
      const along = (v: number[]) =>
        axis.reduce((sum, u, k) => sum + u * ((v[k] as number) - (pca.mean[k] as number)), 0);
      const kept = i < 2 ? 1 - options.noise ** 2 / (pca.variances[i] as number) : 0;
      expectClose(along(cleaned), kept * along(row), { absolute: 1e-9 });
    });
  });

  function decode64(z: readonly number[]): number[] {
    return options.weights.map((row, i) =>
      row.reduce((sum, w, j) => sum + w * (z[j] as number), options.offset[i] as number),
    );
  }
});
