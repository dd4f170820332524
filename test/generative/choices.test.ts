import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../src/engine/index.ts";
import { Batches, ImageSet, loadMnistSplit } from "../../src/generative/data/index.ts";
import { Normal } from "../../src/generative/distributions/index.ts";
import { MultivariateGaussianMixture } from "../../src/generative/exact/index.ts";
import { curvesAgainst } from "../../src/generative/figures/index.ts";
import {
  AffineCoupling,
  ContinuousFlow,
  MixtureCDF,
  mixtureCdf,
  PerceptronField,
} from "../../src/generative/flows/index.ts";
import { MADE, VAE } from "../../src/generative/models/index.ts";
import {
  CausalConvolution,
  MaskedConvolution,
  MaskedDense,
  MaskedPerceptron,
} from "../../src/generative/networks/index.ts";
import { elbo, expectation, iwae } from "../../src/generative/objectives/index.ts";
import { emMultivariate } from "../../src/generative/training/index.ts";

beforeAll(() => chooseBackend());

const random = () => new Random(1);
const vae = () => new VAE(random(), { pixels: 2, hidden: [2], latent: 1 });
const x = () => tf.zeros([1, 2]);
const sizes = { inputs: 1, outputs: 1, width: 2 };
const start = () => new MultivariateGaussianMixture({ weights: [1], means: [[0]], covariances: [[[1]]] });
const mixture = () => ({ logits: tf.zeros([1, 2]), means: tf.zeros([1, 2]), logScales: tf.zeros([1, 2]) });
const curves = { x: [1, 2], against: "n", curves: [{ name: "a", values: [1, 2] }], quantity: "q", title: "t" };
const images = () => new ImageSet(1, 1, new Uint8Array(2), new Uint8Array(2));

/** Every option that names a choice: what refuses another one, its choices, and a call that is given one. */
const options: [name: string, choices: string, call: (choice: never) => unknown][] = [
  ["elbo: form", "kl, joint", form => elbo(vae(), vae().encoder, x(), random(), { form })],
  [
    "iwae: estimator",
    "reparameterised, stl, dreg",
    estimator => iwae(vae(), vae().encoder, x(), random(), { samples: 2, estimator }),
  ],
  [
    "expectation: estimator",
    "reparameterised, score",
    estimator => expectation(new Normal([0], [1]), z => z.sum(-1), random(), { estimator }),
  ],
  ["MixtureCDF: kind", "logistic, normal", kind => new MixtureCDF(random(), 1, { components: 2, kind })],
  ["MixtureCDF: range", "line, unit", range => new MixtureCDF(random(), 1, { components: 2, range })],
  ["mixtureCdf: kind", "logistic, normal", kind => mixtureCdf(tf.zeros([1, 1]), mixture(), kind)],
  [
    "AffineCoupling: scale",
    "exp, softplus, sigmoid, unrestricted",
    scale => new AffineCoupling(random(), { mask: [0, 1], scale }),
  ],
  [
    "ContinuousFlow: trace",
    "exact, hutchinson",
    trace => new ContinuousFlow(new PerceptronField(random(), 2), 2, { trace }),
  ],
  [
    "MaskedPerceptron: activation",
    "relu, tanh",
    activation => new MADE(random(), { ordering: [0, 1], hidden: [2], activation }),
  ],
  [
    "MaskedPerceptron: hiddenDegrees",
    "even, random",
    hiddenDegrees => new MaskedPerceptron(random(), { degrees: [1, 2], hidden: [2], hiddenDegrees }),
  ],
  ["MaskedDense: type", "A, B", type => new MaskedDense(random(), [1], [1], type)],
  ["CausalConvolution: type", "A, B", type => new CausalConvolution(random(), { ...sizes, type })],
  [
    "convolution: mask",
    "A, B, vertical A, vertical B, horizontal A, horizontal B",
    mask => new MaskedConvolution(random(), { ...sizes, size: 3, mask }),
  ],
  [
    "emMultivariate: covariance",
    "full, tied, diagonal, spherical",
    covariance => emMultivariate([[0], [1]], { start: start(), steps: 1, covariance }),
  ],
  [
    "Batches: binarisation",
    "fixed, dynamic, threshold, none",
    binarisation => new Batches(images(), { batchSize: 1, random: random(), binarisation }),
  ],
  ["curvesAgainst: logarithmic", "x, y, both", logarithmic => curvesAgainst({ ...curves, logarithmic })],
];

describe.each(options)("%s", (name, choices, call) => {
  it.each(choices.split(", "))("takes %s", choice => expect(() => call(choice as never)).not.toThrow());

  it("refuses any other, and tells its choices", () => {
    for (const wrong of ["another", "toString", "", null, 1, [choices.split(", ")[0]]]) {
      expect(() => call(wrong as never)).toThrow(RangeError);
      expect(() => call(wrong as never)).toThrow(`${name} must be one of ${choices}, but got `);
    }
  });
});

it("a split of MNIST is refused by name, too", async () => {
  await expect(loadMnistSplit("toString" as never)).rejects.toThrow(
    'loadMnistSplit: split must be one of train, test, but got "toString";',
  );
});
