import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  gaussHermite,
  LinearGaussian,
  ppcaMle,
  principalComponents,
  productRule,
  singularValues,
} from "../../../src/generative/exact/index.ts";
import { Autoencoder, ConvolutionalAutoencoder, LinearVAE } from "../../../src/generative/models/index.ts";
import { exactElbo } from "../../../src/generative/objectives/index.ts";
import { cosine, fit } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const { pca } = fixture("iwae");
const rows = pca.rows as number[][];
const x = () => tf.tensor2d(rows);

const everyAutoencoder = [
  { name: "linear", make: (random: Random) => new Autoencoder(random, { pixels: 25, latent: 3 }) },
  { name: "dense", make: (random: Random) => new Autoencoder(random, { pixels: 25, hidden: [12, 7], latent: 3 }) },
  {
    name: "convolutional",
    make: (random: Random) => new ConvolutionalAutoencoder(random, { side: 5, features: 4, latent: 3 }),
  },
];

describe.each(everyAutoencoder)("the $name autoencoder", ({ make }) => {
  it("makes codes of the length asked for, and images of the size given", () => {
    const model = make(new Random(1));
    const images = new Random(2).uniform([6, 25]);
    expect(model.encode(images).shape).toEqual([6, 3]);
    expect(model.decode(model.encode(images)).shape).toEqual([6, 25]);
  });

  it("learns to copy, compiled as eager", async () => {
    const errors = await Promise.all(
      [true, false].map(async compiled => {
        const model = make(new Random(3));
        const images = new Random(4).uniform([20, 25]);
        const loss = (data: tf.Tensor) => model.decode(model.encode(data)).sub(data).square().sum(-1).mean();
        const { losses } = await fit({
          parameters: model.parameters,
          optimizer: tf.train.adam(0.01),
          batch: () => images.clone(),
          loss,
          steps: 40,
          random: new Random(5),
          compiled,
        });
        return losses;
      }),
    );
    expect(errors[0]?.at(-1)).toBeLessThan(0.9 * (errors[0]?.[0] as number));
    expectClose(errors[0] as number[], errors[1] as number[], { relative: 1e-3 });
  });
});

it("a linear autoencoder is at its best at PCA: the trailing eigenvalues, and the same subspace", async () => {
  const model = new Autoencoder(new Random(6), { pixels: 5, latent: 2 });
  const error = (data: tf.Tensor) => model.decode(model.encode(data)).sub(data).square().sum(-1).mean();
  await fit({
    parameters: model.parameters,
    optimizer: tf.train.adam(0.02),
    learningRate: cosine({ start: 0.02, end: 1e-4, steps: 1500 }),
    batch: x,
    loss: error,
    steps: 1500,
    random: new Random(7),
  });
  expectClose(error(x()), pca.error, { absolute: 1e-3 });
  // The rows of the decoder lie in the plane of the first two axes.
  const kernel = model.parameters["decoder.last.kernel"]?.arraySync() as number[][];
  for (const row of kernel) {
    const inside = (pca.components as number[][]).map(axis =>
      axis.reduce((sum, u, i) => sum + u * (row[i] as number), 0),
    );
    const length = row.reduce((sum, v) => sum + v * v, 0);
    expect(inside.reduce((sum, c) => sum + c * c, 0) / length).toBeGreaterThan(0.999);
  }
});

it("a linear VAE is at its best at probabilistic PCA, whose likelihood it reaches", async () => {
  const model = new LinearVAE(new Random(8), { pixels: 5, latent: 2 });
  const rule = productRule(gaussHermite(3), 2); // the integrand is a quadratic form: no noise
  const elbo = (data: tf.Tensor) => exactElbo(model, model.encoder, data, rule).mean();
  await fit({
    parameters: model.parameters,
    optimizer: tf.train.adam(0.02),
    learningRate: cosine({ start: 0.02, end: 1e-4, steps: 2000 }),
    batch: x,
    loss: data => elbo(data).neg(),
    steps: 2000,
    random: new Random(9),
  });
  expectClose(elbo(x()), pca.logLikelihood, { absolute: 1e-3 });
  const learned = new LinearGaussian(model.options);
  const mean = rows.reduce((sum, row) => sum + learned.logEvidence(row), 0) / rows.length;
  expectClose(mean, pca.logLikelihood, { absolute: 1e-3 });
  const components = principalComponents(rows);
  const best = new LinearGaussian(ppcaMle(components, 2));
  expectClose(learned.covariance.flat(), best.covariance.flat(), { absolute: 0.15 });
  // s² is the mean of the variances left out, and WᵀW has the others less s², whatever the rotation of z (Bishop, 2006, eq. 12.45).
  // A variance wrong by the share δ costs δ²/4 nats: 1e-3 nats hold it to 6 %.
  const { weights, noise } = model.options;
  const left = components.variances.slice(2).reduce((sum, variance) => sum + variance / 3, 0);
  expectClose(noise ** 2, left, { relative: 0.06 });
  expectClose(
    singularValues(weights as number[][]).map(value => value ** 2),
    components.variances.slice(0, 2).map(variance => variance - left),
    { relative: 0.06 },
  );
});

it("the convolutional one gives the same code compiled as eager", () => {
  const model = new ConvolutionalAutoencoder(new Random(10), { side: 7, features: 2, latent: 2 });
  const encode = compile((data: tf.Tensor) => model.decode(model.encode(data)), { otherwise: "throw" });
  const images = new Random(11).uniform([3, 49]);
  expectClose(encode(images), model.decode(model.encode(images)), { absolute: 1e-5 });
  encode.dispose();
});
