import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { compile, Random } from "../../engine/index.ts";
import { Batches, type ImageSet, loadMnist } from "../data/index.ts";
import { average } from "../estimates/index.ts";
import { dequantisedBound, type Flow, uniformNoise } from "../flows/index.ts";
import { cosine, fit, saveWeights, type WeightsFile } from "../training/index.ts";
import { decimals } from "./decimals.ts";
import { makeDigitFlow, startFromGreys } from "./digitFlow.ts";
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
  steps: 3000,
  batchSize: 32,
  scales: 2,
  features: 24,
  blocks: 1,
  test: 2000,
  learningRate: 1e-3,
  clipNorm: 10,
};

/** Multi-scale RealNVP on the real MNIST of 256 levels, dequantised by uniform noise. */
export const flowMnist: Study<FlowMnistResult> = {
  name: "flow-mnist",
  title: "Multi-scale RealNVP on MNIST, bits a dimension",
  settings: defaults,
  async run({ checkpoints, weights = checkpoints, overrides, onProgress }) {
    const settings = { ...defaults, ...overrides };
    const random = new Random(settings.seed);
    const { train, test } = await loadMnist();
    const flow = makeDigitFlow(random.split(), settings);
    startFromGreys(flow, train);
    const batches = new Batches(train, { batchSize: settings.batchSize, random: random.split() });
    const history = await fit({
      parameters: flow.parameters,
      optimizer: tf.train.adam(settings.learningRate),
      learningRate: cosine({ start: settings.learningRate, end: settings.learningRate / 50, steps: settings.steps }),
      batch: step => batches.at(step).images.mul(255),
      clipNorm: settings.clipNorm, // in most batches the norm is 5 to 20; now and then it is hundreds
      // In nats a pixel, so that the gradients have the size that Adam's defaults are made for.
      loss: (x, random) => dequantisedBound(flow, uniformNoise, x, random).mean().neg().div(784),
      steps: settings.steps,
      random: random.split(),
      checkpoint: join(checkpoints, "flow-mnist.checkpoint"),
      onProgress: ({ step, loss }) => {
        if (step % 20 === 0)
          onProgress(`step ${step} of ${settings.steps}: ${(loss / Math.LN2).toFixed(3)} bits a dimension`);
      },
    });
    const file = await saveWeights(join(weights, "flow-mnist.weights"), flow.parameters);
    const bits = bitsOf(flow, test.subset(0, settings.test), random.split());
    const { mean, standardError } = average(bits);
    return {
      name: "flow-mnist",
      title: flowMnist.title,
      target: {
        reached: mean < NICE,
        why: `fewer bits than the ${NICE} of NICE, after ${settings.steps} steps of ${settings.batchSize} images`,
      },
      settings,
      bitsPerDimension: decimals(mean),
      standardError: decimals(standardError),
      weights: file,
      parameters: parameterCount(flow.parameters),
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

/** Bits a dimension of each image. */
function bitsOf(flow: Flow, images: ImageSet, random: Random): number[] {
  const bound = compile((x: tf.Tensor, random: Random) => dequantisedBound(flow, uniformNoise, x, random));
  const size = 100;
  const values = Array.from({ length: images.count / size }, (_, part) =>
    tf.tidy(() =>
      Array.from(
        bound(images.images(part * size, (part + 1) * size).mul(255), random).dataSync(),
        log => -log / 784 / Math.LN2,
      ),
    ),
  ).flat();
  bound.dispose();
  return values;
}

const NICE = 4.36;
