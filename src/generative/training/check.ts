import * as tf from "@tensorflow/tfjs";
import { inWords, Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import type { FitOptions, Named, TrainingData } from "./options.ts";

/** Throws unless these are options of `fit`: notebooks are checked for types, but a script need not be. */
export function assertOptions<Data extends TrainingData>(options: Named<FitOptions<Data>>): void {
  const { parameters, optimizer, batch, loss, steps, random, learningRate, clipNorm, checkpoint } = options;
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(
      `fit: steps must be a positive integer, but got ${inWords(steps)}; it counts optimizer updates.`,
    );
  }
  assertParameters(parameters);
  // tfjs takes everything with the methods of an optimizer for one, and looks for them without asking.
  if (!optimizer || !(optimizer instanceof tf.Optimizer)) {
    throw wrong("optimizer", "one of tf.train", optimizer, "write optimizer: tf.train.adam(1e-3)");
  }
  if (typeof loss !== "function") {
    throw wrong("loss", "a function", loss, "write loss: (batch, random) => … that ends in a tensor of one number");
  }
  if (batch !== undefined && typeof batch !== "function") {
    throw wrong("batch", "a function of the step", batch, "write batch: step => … for the tensors of that step");
  }
  if (!(random instanceof Random)) throw wrong("random", "a Random", random, "write random: new Random(1)");
  if (clipNorm !== undefined && !(clipNorm > 0)) {
    throw new RangeError(
      `fit: clipNorm must be a positive number, but got ${inWords(clipNorm)}; it is the longest gradient that a step takes whole.`,
    );
  }
  if (checkpoint !== undefined && typeof checkpoint !== "string") {
    throw wrong("checkpoint", "the path of a file", checkpoint, 'write checkpoint: ".lectern/mine.checkpoint"');
  }
  if (learningRate === undefined) {
    const { learningRate: rate = 0 } = optimizer.getConfig() as { learningRate?: number };
    assertRate(rate, "the learning rate of the optimizer");
  } else if (typeof learningRate !== "function") {
    throw wrong(
      "learningRate",
      "a function of the step",
      learningRate,
      "give a number to the optimizer, or write learningRate: step => …",
    );
  }
}

/** Throws unless a learning rate can be used; `where` says which it is. */
export function assertRate(rate: number, where: string): void {
  if (Number.isFinite(rate) && rate >= 0) return;
  throw new RangeError(
    `fit: ${where} must be a finite number that is not negative, but got ${inWords(rate)}; parameters are as they were: look at the schedule.`,
  );
}

/** Throws unless a batch is what a loss is computed from. */
export function assertData(data: TrainingData): void {
  if (data === undefined || data instanceof tf.Tensor) return;
  const parts = Object.entries(data ?? {});
  if (Object.getPrototypeOf(data) === Object.prototype && parts.every(([, part]) => part instanceof tf.Tensor)) return;
  const [name, part] = parts.find(([, part]) => !(part instanceof tf.Tensor)) ?? [];
  const got = Object.getPrototypeOf(data) === Object.prototype ? `${inWords(part)} as ${name}` : inWords(data);
  throw new TypeError(
    `fit: batch must return a tensor, or several by name, but got ${got}; make tensors of numbers, and load what takes time before.`,
  );
}

function assertParameters(parameters: Parameters): void {
  if (typeof parameters !== "object" || parameters === null || parameters instanceof tf.Tensor) {
    throw wrong(
      "parameters",
      "variables by name",
      parameters,
      "write parameters: { w } or parameters: model.parameters",
    );
  }
  const named = Object.entries(parameters);
  for (const [name, variable] of named) {
    if (!(variable instanceof tf.Variable)) {
      throw wrong(`parameters.${name}`, "a variable", variable, "make it with tf.variable(tensor)");
    }
    if (variable.isDisposed) {
      throw new TypeError(
        `fit: parameters.${name} must hold values, but got a disposed variable; make the model anew.`,
      );
    }
    if (variable.dtype !== "float32") {
      throw wrong(`parameters.${name}`, "float32", variable, "integers have no gradient");
    }
  }
  if (!named.some(([, { trainable }]) => trainable)) {
    const got = named.length === 0 ? "none" : `${named.map(([name]) => name).join(", ")}, made with trainable: false`;
    throw new TypeError(`fit: parameters must hold something to train, but got ${got}; give model.parameters.`);
  }
}

function wrong(name: string, rule: string, value: unknown, remedy: string): TypeError {
  return new TypeError(`fit: ${name} must be ${rule}, but got ${inWords(value)}; ${remedy}.`);
}
