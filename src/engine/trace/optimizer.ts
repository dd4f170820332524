import * as tf from "@tensorflow/tfjs";
import { TraceError } from "./errors.ts";
import type { Recording } from "./recording.ts";

/** What tfjs keeps to itself of an optimizer. */
interface Internals {
  learningRate: number;
  iterations_: number;
  /** Plain gradient descent and momentum keep the rate in a tensor as well. */
  setLearningRate?: (rate: number) => void;
  incrementIterations: () => void;
}

const internals = (optimizer: tf.Optimizer): Internals => optimizer as unknown as Internals;

export const learningRateOf = (optimizer: tf.Optimizer): number => internals(optimizer).learningRate;

export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  const settable = internals(optimizer);
  if (settable.setLearningRate !== undefined) settable.setLearningRate(rate);
  else settable.learningRate = rate;
}

/** Counts updates. */
export function countUpdates(optimizer: tf.Optimizer, updates: number): void {
  for (let i = 0; i < updates; i++) internals(optimizer).incrementIterations();
}

/** The lists in which an optimizer keeps its accumulators; restoring a checkpoint replaces them. */
export function accumulatorsOf(optimizer: tf.Optimizer): unknown[] {
  return Object.values(optimizer).filter(Array.isArray);
}

/** What is set on something while something else runs, and put back afterwards. */
type Around = <Result>(optimizer: tf.Optimizer, body: () => Result) => Result;

/** Runs `body` with each of the optimizers set up. */
export function withEach<Result>(optimizers: readonly tf.Optimizer[], setUp: Around, body: () => Result): Result {
  return optimizers.reduceRight<() => Result>((inner, optimizer) => () => setUp(optimizer, inner), body)();
}

/** Runs `body` while the optimizer has another learning rate, and leaves rate and count of updates as they were. */
export function withLearningRate<Result>(optimizer: tf.Optimizer, rate: number, body: () => Result): Result {
  const before = { rate: learningRateOf(optimizer), iterations: optimizer.iterations };
  setLearningRate(optimizer, rate);
  try {
    return body();
  } finally {
    setLearningRate(optimizer, before.rate);
    internals(optimizer).iterations_ = before.iterations;
  }
}

/** Notes the gradients that reach the optimizer while `body` runs, and marks where they end and its update begins. */
export function notingGradients<Result>(optimizer: tf.Optimizer, recording: Recording, body: () => Result): Result {
  const mark = (name: string, gradient: tf.Tensor): tf.Tensor => {
    const variable = tf.engine().registeredVariables[name];
    if (gradient == null || variable === undefined) return gradient;
    const value = recording.valueOf(gradient);
    // An Identity ends the rules that simplify, which would else mix the gradient into the update.
    const marked = value.graph.node("Identity", [value], value.shape, value.dtype);
    recording.gradients.set(variable, marked);
    return recording.tensor(marked);
  };
  const apply = optimizer.applyGradients;
  optimizer.applyGradients = gradients => {
    const marked = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => ({ name, tensor: mark(name, tensor) }))
      : Object.fromEntries(Object.entries(gradients).map(([name, tensor]) => [name, mark(name, tensor)]));
    recording.update(() => apply.call(optimizer, marked));
  };
  try {
    return body();
  } finally {
    // The method belongs to the class; what was set above hid it.
    delete (optimizer as Partial<tf.Optimizer>).applyGradients;
  }
}

/**
 * Runs `body` while updates by any optimizer but these are refused: their learning rate would be frozen.
 *
 * Their own updates are counted in the recording.
 */
export function allowingOnly<Result>(
  optimizers: readonly tf.Optimizer[],
  recording: Recording,
  body: () => Result,
): Result {
  const prototype = tf.Optimizer.prototype as unknown as Internals;
  const original = prototype.incrementIterations;
  prototype.incrementIterations = function (this: unknown) {
    const place = optimizers.indexOf(this as tf.Optimizer);
    if (place >= 0) {
      recording.updates[place] = (recording.updates[place] ?? 0) + 1;
      return original.call(this);
    }
    const [got, remedy] =
      optimizers.length > 0 ? ["another", "{ optimizer: [first, second] }"] : ["none", "{ optimizer }"];
    throw new TraceError(
      `compile: the optimizers of a compiled step must be declared, but got ${got}; write compile(step, ${remedy})`,
    );
  };
  try {
    return body();
  } finally {
    prototype.incrementIterations = original;
  }
}
