import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../engine/index.ts";
import { type Conditional, kl, Normal } from "../distributions/index.ts";
import { average } from "../estimates/index.ts";
import { AffineFlow, gaussHermite, productRule } from "../exact/index.ts";
import { type LatentVariableModel, NormalEncoder } from "../models/index.ts";
import { namedParts, type Parameters } from "../networks/index.ts";
import { elbo, exactElbo } from "../objectives/index.ts";
import { cosine, fit } from "../training/index.ts";
import { decimals } from "./decimals.ts";
import { once } from "./once.ts";
import { oncePerPart } from "./oncePerPart.ts";
import type { Study, StudyOptions, Target } from "./study.ts";

/** A Gaussian over the plane: x = mean + scale ε. */
export interface PlaneGaussian {
  name: string;
  mean: readonly [number, number];
  scale: readonly (readonly [number, number])[];
}

const half = Math.SQRT1_2;

/** Standard deviations 5 and 1 along two axes at right angles: at 45°, and along the coordinates. */
export const planeGaussians: readonly PlaneGaussian[] = [
  {
    name: "full",
    mean: [1, 2],
    scale: [
      [5 * half, -half],
      [5 * half, half],
    ],
  },
  {
    name: "diagonal",
    mean: [1, 2],
    scale: [
      [5, 0],
      [0, 1],
    ],
  },
];

export interface PlaneScore {
  data: string;
  /** H of the data, in nats: no model is below it, on average. */
  floor: number;
  /** −ELBO on fresh points, less −log p of the same points under the data's own density, plus the floor. */
  negativeElbo: number;
  standardError: number;
  /** Of it: E_q[−log p(x|z)] and KL(q(z|x) ‖ p(z)). */
  reconstruction: number;
  kl: number;
  /** −ELBO and KL that the course of the task reports for its own data. */
  published: { negativeElbo: number; kl: number };
}

const defaults = { seed: 1, steps: 6000, batchSize: 128, hidden: 64, learningRate: 3e-3, test: 4000 };

export interface Vae2dResult {
  name: string;
  title: string;
  target: Target;
  settings: Record<string, number>;
  scores: PlaneScore[];
}

/**
 * The VAE of two latent dimensions on two Gaussians over the plane, beside the entropy of each.
 *
 * The task of CS294-158 (Berkeley, 2020), homework 2, question 1. The first needs one latent dimension; the second needs
 * none, as p(x|z) has a standard deviation for each coordinate, and its KL goes to 0.
 */
export const vae2d: Study<Vae2dResult> = {
  name: "vae-2d",
  title: "VAE with two latent dimensions on Gaussians over the plane: nats a point, beside the entropy",
  settings: defaults,
  async run(options) {
    const settings = { ...defaults, ...options.overrides };
    const scores: PlaneScore[] = [];
    for (const data of planeGaussians) {
      scores.push(await study(data, settings, options));
      const { negativeElbo, floor, kl } = scores.at(-1) as PlaneScore;
      options.onProgress(`${data.name}: ${negativeElbo} nats, floor ${decimals(floor)}, KL ${kl}`);
    }
    return { name: "vae-2d", title: vae2d.title, target: judgePlane(scores), settings, scores };
  },
  table({ scores }) {
    const rows = scores.map(
      ({ data, floor, negativeElbo, standardError, reconstruction, kl, published }) =>
        `| ${data} | ${floor.toFixed(4)} | ${negativeElbo.toFixed(4)} ± ${standardError.toFixed(4)} | ${reconstruction.toFixed(4)} | ${kl.toFixed(4)} | ${published.negativeElbo} | ${published.kl} |`,
    );
    const heads = [
      "covariance",
      "floor: the entropy",
      "−ELBO",
      "reconstruction",
      "KL",
      "−ELBO, CS294-158",
      "KL, CS294-158",
    ];
    return [`| ${heads.join(" | ")} |`, `|---|${"---:|".repeat(6)}`, ...rows].join("\n");
  },
};

/** −ELBO is no more than three standard errors below its floor, and less than 0.05 nats above it. */
export function judgePlane(scores: readonly PlaneScore[]): Target {
  const wrong = scores.filter(
    ({ negativeElbo, standardError, floor }) => negativeElbo < floor - 3 * standardError || negativeElbo > floor + 0.05,
  );
  const why = "every −ELBO between its floor and 0.05 nats above it";
  return { reached: wrong.length === 0, why: [why, ...wrong.map(({ data }) => `${data} is not`)].join("; ") };
}

async function study(
  data: PlaneGaussian,
  settings: { seed: number; steps: number; batchSize: number; hidden: number; learningRate: number; test: number },
  { checkpoints, onProgress }: StudyOptions,
): Promise<PlaneScore> {
  const { steps, batchSize, hidden, learningRate } = settings;
  const random = new Random(settings.seed);
  const points = random.split();
  const { model, encoder, parameters } = planeVae(random.split(), hidden);
  const checkpoint = join(checkpoints, `vae-2d-${data.name}.checkpoint`);
  await once(checkpoint, settings, parameters, () =>
    fit({
      parameters,
      optimizer: tf.train.adam(learningRate),
      learningRate: cosine({ start: learningRate, end: learningRate / 100, steps }),
      batch: step => draw(data, points.child(step), batchSize),
      loss: (x, random) => elbo(model, encoder, x, random).mean().neg(),
      steps,
      random: random.split(),
      checkpoint,
      onProgress: oncePerPart(steps, 10, (_, { step, loss }) =>
        onProgress(`${data.name}: step ${step} of ${steps}, ${loss.toFixed(3)}`),
      ),
    }),
  );
  const truth = new AffineFlow(data.scale, data.mean);
  const x = draw(data, random.split(), settings.test);
  const log = exact(model, encoder, x);
  const own = (x.arraySync() as number[][]).map(point => truth.logProb(point));
  const above = average(own.map((value, i) => value - (log.bound[i] as number)));
  const floor = Math.log(2 * Math.PI * Math.E) + Math.log(5);
  const divergence = average(log.kl).mean;
  return {
    data: data.name,
    floor: decimals(floor),
    negativeElbo: decimals(floor + above.mean),
    standardError: decimals(above.standardError),
    reconstruction: decimals(floor + above.mean - divergence),
    kl: decimals(divergence),
    published: data.name === "full" ? { negativeElbo: 4.4388, kl: 1.6758 } : { negativeElbo: 4.4213, kl: 0.0119 },
  };
}

/** Two latent dimensions, and a diagonal Gaussian on both sides: q(z|x) and p(x|z). */
export function planeVae(random: Random, hidden: number) {
  const encoder = new NormalEncoder(random, [2, hidden, hidden], 2);
  const decoder = new NormalEncoder(random, [2, hidden, hidden], 2);
  const likelihood: Conditional<"x", "z"> = {
    given: z => {
      const { mean, std } = decoder.given(z);
      return new Normal<"x">(mean, std);
    },
  };
  const model: LatentVariableModel = { prior: new Normal<"z">(tf.zeros([2]), tf.ones([2])), likelihood };
  const parameters: Parameters = namedParts({ encoder, decoder });
  return { model, encoder, parameters };
}

/** The ELBO of each point by quadrature over z, and its KL. */
function exact(model: LatentVariableModel, encoder: NormalEncoder, x: tf.Tensor): { bound: number[]; kl: number[] } {
  const rule = productRule(gaussHermite(16), 2);
  const parts = tf.split(x, Math.max(1, Math.ceil((x.shape[0] as number) / 500)));
  return {
    bound: parts.flatMap(part => tf.tidy(() => Array.from(exactElbo(model, encoder, part, rule).dataSync()))),
    kl: parts.flatMap(part => tf.tidy(() => Array.from(kl(encoder.given(part), model.prior).dataSync()))),
  };
}

function draw({ mean, scale }: PlaneGaussian, random: Random, n: number): tf.Tensor {
  return tf.tidy(() => {
    const A = tf.tensor2d(scale.map(row => [...row]));
    return (random.normal([n, 2]) as tf.Tensor2D).matMul(A, false, true).add(tf.tensor1d([...mean]));
  });
}
