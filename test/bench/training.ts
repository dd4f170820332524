import * as tf from "@tensorflow/tfjs";
import { chooseBackend, Random } from "../../src/engine/index.ts";
import { Batches, binarise, type ImageSet, loadMnist } from "../../src/generative/data/index.ts";
import { average, evaluate, importanceSampling } from "../../src/generative/estimates/index.ts";
import { VAE } from "../../src/generative/models/index.ts";
import { elbo, iwae } from "../../src/generative/objectives/index.ts";
import { cosine, fit } from "../../src/generative/training/index.ts";

// `npm run bench:training [-- vae | iwae]`: real MNIST, dynamic binarisation, the networks of Burda et al. (2016) with z of 50, and
// what they report for log p(x) after 3,280 epochs: −86.8 nats for the VAE, −85.5 for the IWAE with k = 5.

type Bound = (vae: VAE, x: tf.Tensor, random: Random) => tf.Tensor;

interface Training {
  name: string;
  bound: Bound;
  epochs: number;
  batchSize: number;
  learningRate: number;
}

const vaeTraining: Training = {
  name: "VAE, batch 100, 20 epochs",
  bound: (vae, x, random) => elbo(vae, vae.encoder, x, random),
  epochs: 20,
  batchSize: 100,
  learningRate: 3e-3,
};

const iwaeTraining: Training = {
  name: "IWAE, k = 5, batch 20, 10 epochs",
  bound: (vae, x, random) => iwae(vae, vae.encoder, x, random, { samples: 5 }),
  epochs: 10,
  batchSize: 20,
  learningRate: 1e-3,
};

const random = new Random(1);
await chooseBackend();
const mnist = await loadMnist();
const test = binarise(mnist.test, random.split());
const pixelMeans = mnist.train.images().mean(0).dataSync<"float32">();

const [only] = process.argv.slice(2);
if (only !== "iwae") {
  const vae = await train(vaeTraining);
  await measure("log p(x) of 1,000 test images, 5,000 draws each", vae, test.subset(0, 1000));
}
if (only !== "vae") await train(iwaeTraining);

async function train({ name, bound, epochs, batchSize, learningRate }: Training): Promise<VAE> {
  const vae = new VAE(random.split(), { pixelMeans });
  const batches = new Batches(mnist.train, { batchSize, random: random.split(), binarisation: "dynamic" });
  const steps = epochs * batches.perEpoch;
  const { seconds } = await fit({
    parameters: vae.parameters,
    optimizer: tf.train.adam(learningRate),
    learningRate: cosine({ start: learningRate, end: learningRate / 20, steps }),
    batch: step => batches.at(step).images,
    loss: (x, random) => bound(vae, x, random).mean().neg(),
    steps,
    random: random.split(),
  });
  const start = performance.now();
  const { mean, standardError } = average(await evaluate((x, random) => bound(vae, x, random), test, random));
  print(name, seconds, `test bound ${mean.toFixed(2)} ± ${standardError.toFixed(2)} nats`);
  print("  that bound on 10,000 test images", (performance.now() - start) / 1000, "");
  return vae;
}

async function measure(name: string, vae: VAE, images: ImageSet): Promise<void> {
  const start = performance.now();
  const estimates = await importanceSampling(vae, vae.encoder, images, random, { samples: 5000 });
  const seconds = (performance.now() - start) / 1000;
  const { mean, standardError } = average(estimates.map(({ logProb }) => logProb));
  const effective = average(estimates.map(({ effectiveSampleSize }) => effectiveSampleSize)).mean;
  print(
    name,
    seconds,
    `${mean.toFixed(2)} ± ${standardError.toFixed(2)} nats, ${effective.toFixed(0)} effective draws`,
  );
}

function print(name: string, seconds: number, result: string): void {
  console.log(`${name.padEnd(50)} ${seconds.toFixed(1).padStart(6)} s   ${result}`);
}
