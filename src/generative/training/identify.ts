import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { assertData } from "./check.ts";
import type { FitOptions, Named, TrainingData } from "./options.ts";

/** What a run starts from: a hash of each of its parts, by name. */
export type RunIdentity = Readonly<Record<string, string>>;

/**
 * Hashes of everything a run starts from. Two runs with the same hashes take the same path, so one may go on where
 * the other stopped.
 *
 * What a function computes from names outside it is not in its text, so that `batch` and `learningRate` also count by
 * what they return: the first batch, with its size and its data, and the rates of up to a thousand steps.
 */
export function identifyRun<Data extends TrainingData>(start: Named<FitOptions<Data>>): RunIdentity {
  const { parameters, optimizer, batch, loss, steps, random, learningRate, clipNorm } = start;
  const stride = Math.max(1, steps / RATES);
  const rates =
    learningRate && Array.from({ length: Math.min(steps, RATES) }, (_, i) => learningRate(Math.floor(i * stride)));
  return {
    parameters: hash(entriesOf(parameters)),
    optimizer: hash([optimizer.constructor.name, optimizer.getConfig()]),
    learningRate: hash([String(learningRate), rates?.map(String)]),
    batch: hash([String(batch), tf.tidy(() => entriesOf(batch?.(0)))]),
    loss: hash(String(loss)),
    clipNorm: hash(clipNorm ?? null),
    steps: hash(steps),
    random: hash(random.state),
  };
}

/** The names of the parts in which two runs differ. */
export function differences(a: RunIdentity, b: RunIdentity): string[] {
  return Object.keys(a).filter(name => a[name] !== b[name]);
}

/** Names, shapes and values. */
function entriesOf(data: TrainingData): string[] {
  assertData(data);
  const named = data instanceof tf.Tensor ? { data } : (data ?? {});
  return Object.entries(named).map(([name, tensor]) => {
    const values = Float32Array.from(tensor.dataSync());
    const bytes = new Uint8Array(values.buffer);
    return JSON.stringify([name, tensor.shape, createHash("sha256").update(bytes).digest("hex")]);
  });
}

const hash = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(value) ?? "")
    .digest("hex");

const RATES = 1000;
