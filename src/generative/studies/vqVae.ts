import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import { Random } from "../../engine/index.ts";
import { Batches, type ImageSet } from "../data/index.ts";
import { PixelCNN, VQVAE } from "../models/index.ts";
import { vqParts } from "../objectives/index.ts";
import type { Parameters } from "../networks/index.ts";
import { cosine, type FitOptions, fit } from "../training/index.ts";
import { type BinaryDigits, binaryDigits, DIGITS } from "./binaryDigits.ts";
import { type NllResult, nllTable } from "./nll.ts";
import { once } from "./once.ts";
import { oncePerPart } from "./oncePerPart.ts";
import { parameterCount } from "./parameterCount.ts";
import type { Study, StudyOptions } from "./study.ts";
import { bytes, type CodeMeasures, codesOf, decoded, drawn, measure } from "./vqVaeMeasures.ts";

export interface VQVAEResult extends Omit<NllResult, "parameters" | "validationNll" | "trainNll">, CodeMeasures {
  parameters: { vqvae: number; prior: number };
  seconds: number;
  /** Decoded draws of the prior, a row an image, a hexadecimal digit of grey a pixel. */
  samples: string[];
  /** Test images and what is decoded from their codes, in the same writing. */
  reconstructions: { image: string; decoded: string }[];
  /** Bits a dimension of the paper, of other data. */
  elsewhere: { what: string; bitsPerDimension: number; source: string }[];
}

const defaults = {
  seed: 1,
  /** K and d */
  codes: 64,
  dimension: 16,
  features: 32,
  epochs: 6,
  batchSize: 64,
  learningRate: 2e-3,
  commitment: 0.25,
  decay: 0.99,
  /** A code is dead that is chosen this much less often than all are on average. */
  restartBelow: 0.02,
  priorEpochs: 8,
  channels: 32,
  blocks: 4,
  priorRate: 2e-3,
  train: 50_000,
  test: 10_000,
};

/** A VQ-VAE on binary MNIST and a PixelCNN over its grids of codes: two-part codes, and the bound they give. */
export const vqVae: Study<VQVAEResult> = {
  name: "vqvae",
  title: "VQ-VAE on binary MNIST with a PixelCNN over its 7 × 7 codes",
  settings: defaults,
  async run(options) {
    const settings = { ...defaults, ...options.overrides };
    const random = new Random(settings.seed);
    const digits = await binaryDigits(random.split());
    const started = performance.now();
    const model = await trainedModel(digits, settings, random.split(), options);
    const codes = {
      train: codesOf(model, digits.train.subset(0, settings.train)),
      test: codesOf(model, digits.test.subset(0, settings.test)),
    };
    const prior = await trainedPrior(codes.train, settings, random.split(), options);
    const seconds = Math.round((performance.now() - started) / 1000);
    const measured = measure(model, prior, digits.test.subset(0, settings.test), codes);
    return {
      name: "vqvae",
      title: vqVae.title,
      upperBound: true,
      target: judgeCodes(measured),
      settings,
      data: DIGITS,
      parameters: { vqvae: parameterCount(model.parameters), prior: parameterCount(prior.parameters) },
      ...measured,
      seconds,
      samples: drawn(model, prior, random.split()),
      reconstructions: decoded(model, digits.test.subset(0, 10)),
      published,
      elsewhere,
    };
  },
  table: result => {
    const { testNll, bitsPerDimension, reconstruction, rate, elsewhere } = result;
    const { places, uniform } = rate;
    const rows = [
      ["the images, given their codes", reconstruction.mean],
      ["the codes, by the PixelCNN", rate.prior.mean],
      ["the codes, if the places were independent", places],
      ["the codes, at log K a place", uniform],
      ["in all", testNll.mean],
    ] as const;
    const bits = elsewhere.map(({ what, bitsPerDimension }) => `${what}: ${bitsPerDimension}`).join("; ");
    return [
      nllTable([result]),
      "",
      ...rows.map(([what, nats]) => `- ${what}: ${nats.toFixed(2)} nats, ${(nats / Math.LN2).toFixed(1)} bits`),
      `- ${bitsPerDimension} bits a dimension; of other data, ${bits}`,
    ].join("\n");
  },
};

/** A bound below that of a mixture of images, and codes that a PixelCNN says in fewer nats than place by place. */
export function judgeCodes({ testNll, rate }: Pick<VQVAEResult, "testNll" | "rate">): VQVAEResult["target"] {
  const atMost = BERNOULLI_MIXTURE;
  return {
    atMost,
    reached: testNll.mean <= atMost && rate.prior.mean < rate.places,
    why: "what a mixture of 500 Bernoulli images has, and codes in fewer nats than if their places were independent",
  };
}

type Settings = typeof defaults;

async function trainedModel(
  digits: BinaryDigits,
  settings: Settings,
  random: Random,
  options: StudyOptions,
): Promise<VQVAE> {
  const { codes, dimension, features, epochs, batchSize, learningRate, commitment, decay, restartBelow } = settings;
  const model = new VQVAE(random.split(), { codes, dimension, features, pixelMeans: digits.pixelMeans });
  const batches = new Batches(digits.train.subset(0, settings.train), { batchSize, random: random.split() });
  await trainStage("vqvae", model.parameters, settings, options, {
    rate: learningRate,
    steps: epochs * batches.perEpoch,
    batch: step => batches.at(step).images,
    loss: (x, random) => {
      const parts = vqParts(model, x);
      const z = parts.z.reshape([-1, dimension]);
      model.codebook.update(z, parts.codes.reshape([-1]), random, { decay, restartBelow });
      return parts.reconstruction.neg().add(parts.commitment.mul(commitment)).mean();
    },
    random,
    what: "training loss",
  });
  return model;
}

async function trainedPrior(
  codes: ImageSet,
  settings: Settings,
  random: Random,
  options: StudyOptions,
): Promise<PixelCNN> {
  const { channels, blocks, batchSize, priorEpochs, priorRate } = settings;
  const { height, width } = codes;
  const size = { first: 5 };
  const prior = new PixelCNN(random.split(), { height, width, channels, blocks, size, values: settings.codes });
  const batches = new Batches(codes, { batchSize, random: random.split() });
  await trainStage("vqvae-prior", prior.parameters, settings, options, {
    rate: priorRate,
    steps: priorEpochs * batches.perEpoch,
    batch: step => bytes(batches.at(step).images),
    loss: k => prior.logProb(k).mean().neg(),
    random,
    what: "prior",
  });
  return prior;
}

/** One of the two trainings, by Adam with a rate that a cosine takes to a fiftieth; passed where it has ended before. */
function trainStage(
  name: string,
  parameters: Parameters,
  settings: Settings,
  { checkpoints, onProgress }: StudyOptions,
  { rate, random, what, ...training }: Stage,
): Promise<void> {
  const { steps } = training;
  const checkpoint = join(checkpoints, `${name}.checkpoint`);
  return once(checkpoint, settings, parameters, () =>
    fit({
      ...training,
      parameters,
      optimizer: tf.train.adam(rate),
      learningRate: cosine({ start: rate, end: rate / 50, steps }),
      random: random.split(),
      checkpoint,
      onProgress: oncePerPart(steps, 20, (_, { step, loss }) =>
        onProgress(`${what}: step ${step} of ${steps}, ${loss.toFixed(2)}`),
      ),
    }),
  );
}

type Stage = Pick<FitOptions<tf.Tensor>, "steps" | "batch" | "loss" | "random"> & { rate: number; what: string };

/** Nats an image on this kind of data. */
const BERNOULLI_MIXTURE = 137.64;

const published = [
  { what: "mixture of 500 Bernoulli images", nats: BERNOULLI_MIXTURE, source: "Murray & Salakhutdinov, 2009" },
];

const elsewhere = [
  { what: "VQ-VAE, CIFAR-10", bitsPerDimension: 4.67, source: "van den Oord et al., 2017" },
  { what: "VAE of the same architecture, CIFAR-10", bitsPerDimension: 4.51, source: "van den Oord et al., 2017" },
];
