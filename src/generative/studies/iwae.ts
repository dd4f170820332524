import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../engine/index.ts";
import { Batches, binarise, type ImageSet, loadMnist, type Mnist } from "../data/index.ts";
import { activeUnits, average, evaluate, importanceSampling, unitActivity } from "../estimates/index.ts";
import { VAE } from "../models/index.ts";
import { elbo, iwae } from "../objectives/index.ts";
import { cosine, fit } from "../training/index.ts";
import { decimals } from "./decimals.ts";
import { oncePerPart } from "./oncePerPart.ts";
import { IWAE_ROWS, type IwaeResult, type IwaeScore, iwaeTable, judgeIwae } from "./iwaeResult.ts";
import { stored } from "./stored.ts";
import type { Study, StudyOptions } from "./study.ts";

const defaults = {
  seeds: 3,
  epochs: 10,
  batchSize: 20,
  learningRate: 1e-3,
  hidden: 200,
  latent: 50,
  /** Draws of z for each test image. */
  samples: 5000,
  /** Test images. */
  test: 1000,
  testSeed: 0,
};

/**
 * The VAE and the IWAE with k = 5 and 50 on the real MNIST, the same network, data and number of epochs.
 *
 * The one-layer model of Burda, Grosse & Salakhutdinov, 2016, with 10 epochs where the paper takes 3,280: the order
 * of the three is to be seen, not their final numbers.
 */
export const iwaeStudy: Study<IwaeResult> = {
  name: "iwae",
  title: "VAE and IWAE, 784-200-200-z50, tanh",
  settings: defaults,
  table: iwaeTable,
  async run(options) {
    const settings = { ...defaults, ...options.overrides };
    const mnist = await loadMnist();
    const test = binarise(mnist.test, new Random(settings.testSeed)).subset(0, settings.test);
    const pixelMeans = tf.tidy(() => mnist.train.images().mean(0).dataSync<"float32">());
    const scores: IwaeScore[] = [];
    for (let seed = 1; seed <= settings.seeds; seed++) {
      for (const { k } of IWAE_ROWS) {
        const file = join(options.checkpoints, `iwae-k${k}-seed${seed}`);
        const data = { train: mnist.train, test };
        const score = await stored(`${file}.json`, settings, () =>
          trainOne(k, seed, data, pixelMeans, settings, { ...options, checkpoints: file }),
        );
        options.onProgress(`k = ${k}, seed ${seed}: NLL ${score.nll}, ${score.activeUnits} active units`);
        scores.push(score);
      }
    }
    return { name: "iwae", title: iwaeStudy.title, target: judgeIwae(scores), settings, data: DATA, scores };
  },
};

type Settings = typeof defaults;

async function trainOne(
  k: number,
  seed: number,
  { train, test }: Mnist,
  pixelMeans: Float32Array,
  { epochs, batchSize, learningRate, samples, hidden, latent }: Settings,
  { checkpoints, onProgress }: StudyOptions,
): Promise<IwaeScore> {
  const random = new Random(seed);
  const vae = new VAE(random.split(), { hidden: [hidden, hidden], latent, pixelMeans });
  const batches = new Batches(train, { batchSize, random: random.split(), binarisation: "dynamic" });
  const steps = epochs * batches.perEpoch;
  const bound = (x: tf.Tensor, random: Random) =>
    k === 1 ? elbo(vae, vae.encoder, x, random) : iwae(vae, vae.encoder, x, random, { samples: k });
  await fit({
    parameters: vae.parameters,
    optimizer: tf.train.adam(learningRate),
    learningRate: cosine({ start: learningRate, end: learningRate / 20, steps }),
    batch: step => batches.at(step).images,
    loss: (x, random) => bound(x, random).mean().neg(),
    steps,
    random: random.split(),
    checkpoint: `${checkpoints}.checkpoint`,
    onProgress: oncePerPart(steps, epochs, (epoch, { loss }) =>
      onProgress(`k = ${k}, seed ${seed}, epoch ${epoch} of ${epochs}: loss ${loss.toFixed(2)}`),
    ),
  });
  const score = { k, seed, ...(await measure(vae, test, samples, bound, random)) };
  for (const variable of Object.values(vae.parameters)) variable.dispose();
  return score;
}

async function measure(
  vae: VAE,
  test: ImageSet,
  samples: number,
  bound: (x: tf.Tensor, random: Random) => tf.Tensor,
  random: Random,
): Promise<Omit<IwaeScore, "k" | "seed">> {
  const bounds = await evaluate(bound, test, random.split(), { batchSize: 100 });
  const estimates = await importanceSampling(vae, vae.encoder, test, random.split(), { samples });
  const { mean, standardError } = average(estimates.map(({ logProb }) => -logProb));
  return {
    nll: decimals(mean, 3),
    standardError: decimals(standardError, 3),
    negativeBound: decimals(-average(bounds).mean, 3),
    activeUnits: activeUnits(unitActivity(vae.encoder, test)),
  };
}

const DATA =
  "real MNIST, 60,000 training images binarised anew each time they come up, as in the paper; " +
  "the first 1,000 test images with each pixel drawn once (seeded), the same for every model";
