import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import type { Random } from "../../engine/index.ts";
import { Batches } from "../data/index.ts";
import type { Autoregressive } from "../models/index.ts";
import { cosine, fit, saveWeights } from "../training/index.ts";
import { type BinaryDigits, meanNll } from "./binaryDigits.ts";
import { decimals } from "./decimals.ts";
import { oncePerPart } from "./oncePerPart.ts";
import { parameterCount } from "./parameterCount.ts";
import type { NllResult } from "./nll.ts";
import type { StudyOptions } from "./study.ts";

export interface TrainSettings {
  epochs: number;
  batchSize: number;
  /** Of Adam at the start; a cosine takes it to a hundredth of that. */
  learningRate: number;
  /** λ of the penalty ½ λ Σ w² on the kernels. */
  weightDecay: number;
  /** 1: the bits of a training image are drawn anew whenever it comes up, so that none is learnt by heart; 0: once. */
  redraw: number;
}

/** Maximum likelihood by Adam with weight decay, and the NLL of what comes out. */
export async function train(
  name: string,
  model: Autoregressive,
  digits: BinaryDigits,
  settings: TrainSettings,
  random: Random,
  { checkpoints, weights = checkpoints, onProgress }: StudyOptions,
): Promise<Pick<NllResult, "testNll" | "firstThousand" | "weights" | "validationNll" | "trainNll" | "parameters">> {
  const { epochs, batchSize, learningRate, weightDecay, redraw } = settings;
  const batches = new Batches(redraw === 1 ? digits.greys : digits.train, {
    batchSize,
    random: random.split(),
    binarisation: redraw === 1 ? "dynamic" : "none",
  });
  const kernels = Object.entries(model.parameters).flatMap(([key, value]) => (key.endsWith("kernel") ? [value] : []));
  const penalty = () => tf.addN(kernels.map(kernel => kernel.square().sum())).mul(weightDecay / 2);
  const { perEpoch } = batches;
  const steps = epochs * perEpoch;
  const history = await fit({
    parameters: model.parameters,
    optimizer: tf.train.adam(learningRate),
    learningRate: cosine({ start: learningRate, end: learningRate / 100, steps }),
    batch: step => batches.at(step).images,
    loss: x => {
      const nll = model.logProb(x).mean().neg();
      return weightDecay > 0 ? nll.add(penalty()) : nll;
    },
    steps,
    random: random.split(),
    checkpoint: join(checkpoints, `${name}.checkpoint`),
    onProgress: oncePerPart(steps, epochs, (epoch, { loss }) =>
      onProgress(`epoch ${epoch} of ${epochs}: training loss ${loss.toFixed(2)}`),
    ),
  });
  const logProb = (x: tf.Tensor) => model.logProb(x);
  const last = history.losses.slice(-perEpoch);
  const shrinkage = weightDecay > 0 ? tf.tidy(() => penalty().dataSync()[0] as number) : 0;
  const file = await saveWeights(join(weights, `${name}.weights`), model.parameters);
  return {
    testNll: rounded(meanNll(logProb, digits.test)),
    firstThousand: rounded(meanNll(logProb, digits.test.subset(0, Math.min(1000, digits.test.count)))),
    weights: file,
    validationNll: rounded(meanNll(logProb, digits.validation)),
    trainNll: decimals(last.reduce((sum, loss) => sum + loss, 0) / last.length - shrinkage, 3),
    parameters: parameterCount(model.parameters),
  };
}

function rounded({ mean, standardError }: { mean: number; standardError: number }) {
  return { mean: decimals(mean, 3), standardError: decimals(standardError, 3) };
}
