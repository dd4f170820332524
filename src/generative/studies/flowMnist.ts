import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { compile, Random } from "../../engine/index.ts";
import { Batches, type ImageSet, loadMnist } from "../data/index.ts";
import { average } from "../estimates/index.ts";
import { cosine, fit, saveWeights, type WeightsFile } from "../training/index.ts";
import { decimals } from "./decimals.ts";
import { type DigitFlow, makeDigitFlow } from "./digitFlow.ts";
import { parameterCount } from "./parameterCount.ts";
import type { Study, Target } from "./study.ts";

export interface FlowMnistResult {
  name: string;
  title: string;
  target: Target;
  settings: Record<string, number>;
  /** Bits a pixel of 256 levels on the test images, by one uniform noise an image: an upper bound. */
  bitsPerDimension: number;
  standardError: number;
  /** The weights that reach it, in data/weights. */
  weights?: WeightsFile;
  parameters: number;
  seconds: number;
  published: { what: string; bitsPerDimension: number; source: string }[];
}

const defaults = {
  seed: 1,
  steps: 2000,
  batchSize: 32,
  scales: 2,
  features: 24,
  blocks: 1,
  test: 2000,
  learningRate: 1e-3,
  clipNorm: 10,
};

/** Multi-scale RealNVP on the real MNIST of 256 levels, dequantised by uniform noise, behind counted pixels. */
export const flowMnist: Study<FlowMnistResult> = {
  name: "flow-mnist",
  title: "Multi-scale RealNVP on MNIST, bits a dimension",
  settings: defaults,
  async run({ checkpoints, weights = checkpoints, overrides, onProgress }) {
    const settings = { ...defaults, ...overrides };
    const random = new Random(settings.seed);
    const { train, test } = await loadMnist();
    const flow = makeDigitFlow(random.split(), settings, train);
    const { pixels, network } = flow;
    const batches = new Batches(train, { batchSize: settings.batchSize, random: random.split() });
    const noise = random.split();
    const history = await fit({
      parameters: network.parameters,
      optimizer: tf.train.adam(settings.learningRate),
      learningRate: cosine({ start: settings.learningRate, end: settings.learningRate / 50, steps: settings.steps }),
      batch: step =>
        tf.tidy(() => {
          const grey = batches.at(step).images.mul(255);
          return pixels.forward(grey.add(noise.child(step).uniform(grey.shape))).z;
        }),
      clipNorm: settings.clipNorm, // in most batches the norm is 5 to 20; now and then it is hundreds
      // In nats a pixel, so that the gradients have the size that Adam's defaults are made for.
      loss: z => network.logProb(z).mean().neg().div(784),
      steps: settings.steps,
      random: random.split(),
      checkpoint: join(checkpoints, "flow-mnist.checkpoint"),
      onProgress: ({ step, loss }) => {
        if (step % 20 === 0)
          onProgress(
            `step ${step} of ${settings.steps}: ${(loss / Math.LN2).toFixed(3)} bits a dimension of the latents`,
          );
      },
    });
    const file = await saveWeights(join(weights, "flow-mnist.weights"), network.parameters);
    const bits = bitsOf(flow, test.subset(0, settings.test), random.split());
    const { mean, standardError } = average(bits);
    return {
      name: "flow-mnist",
      title: flowMnist.title,
      target: {
        reached: mean <= AT_MOST,
        why: `at most ${AT_MOST} bits a dimension, after ${settings.steps} steps of ${settings.batchSize} images; each pixel by itself takes 1.64`,
      },
      settings,
      bitsPerDimension: decimals(mean),
      standardError: decimals(standardError),
      weights: file,
      parameters: parameterCount(network.parameters),
      seconds: Math.round(history.seconds),
      published: [
        { what: "NICE", bitsPerDimension: NICE, source: "Dinh et al., 2015, log-likelihood 1980.50 converted" },
        {
          what: "coupling flow, uniform noise",
          bitsPerDimension: 1.078,
          source: "UvA deep learning course, tutorial 11",
        },
        {
          what: "the same, multi-scale, variational noise",
          bitsPerDimension: 1.02,
          source: "UvA deep learning course, tutorial 11",
        },
        { what: "RealNVP", bitsPerDimension: 1.06, source: "Grathwohl et al., FFJORD, 2019, table 2" },
        { what: "Glow", bitsPerDimension: 1.05, source: "Grathwohl et al., FFJORD, 2019, table 2" },
        { what: "FFJORD", bitsPerDimension: 0.99, source: "Grathwohl et al., FFJORD, 2019, table 2" },
      ],
    };
  },
  table({ bitsPerDimension, standardError, published, settings, seconds }) {
    const own = `| **multi-scale RealNVP, here** | **${bitsPerDimension.toFixed(3)} ± ${standardError.toFixed(3)}** | ${settings.steps} steps of ${settings.batchSize} images, ${Math.round(seconds / 60)} minutes on two cores |`;
    const rows = published.map(({ what, bitsPerDimension, source }) => `| ${what} | ${bitsPerDimension} | ${source} |`);
    return ["| model | bits a dimension | |", "|---|---:|---|", own, ...rows].join("\n");
  },
};

/** Bits a dimension of each image, by one uniform noise. */
export function bitsOf({ pixels, network }: DigitFlow, images: ImageSet, random: Random): number[] {
  const ofLatents = compile((z: tf.Tensor) => network.logProb(z));
  const size = 100;
  const values = Array.from({ length: images.count / size }, (_, part) =>
    tf.tidy(() => {
      const grey = images.images(part * size, (part + 1) * size).mul(255);
      const { z, logDet } = pixels.forward(grey.add(random.uniform(grey.shape)));
      return Array.from(ofLatents(z).add(logDet).dataSync(), log => -log / 784 / Math.LN2);
    }),
  ).flat();
  ofLatents.dispose();
  return values;
}

const NICE = 4.36;
/** Of bits a dimension: what a run should not exceed. */
const AT_MOST = 1.4;
