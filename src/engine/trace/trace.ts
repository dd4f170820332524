import * as tf from "@tensorflow/tfjs";
import { recordDraws } from "../draws.ts";
import type { Value } from "../onnx/index.ts";
import { TraceError } from "./errors.ts";
import { dataType } from "./kernel.ts";
import { mapTensors, ResultValue } from "./nests.ts";
import { allowingOnly, notingGradients, withLearningRate } from "./optimizer.ts";
import { type Check, type Draw, Recording, type State, type Streams } from "./recording.ts";
import { symbolicBackend, withKernels } from "./registry.ts";
import { withSymbolicVariables } from "./variables.ts";

/** A step as it was written down. */
export interface Trace {
  arguments: readonly Value[];
  /** What the step returned, tensors replaced by their values. */
  result: unknown;
  states: readonly State[];
  draws: readonly Draw[];
  checks: readonly Check[];
  streams: Streams;
  learningRate: Value | undefined;
  gradients: ReadonlyMap<tf.Variable, Value>;
}

export interface TraceRequest {
  /** Runs the step on tensors that stand for its arguments. */
  step: (tensors: tf.Tensor[]) => unknown;
  /** Shape and type of each argument. */
  arguments: readonly { shape: readonly number[]; dtype: tf.DataType }[];
  optimizer?: tf.Optimizer | undefined;
  /** The learning rate during the trace: no number of the step may be equal to it. */
  standIn: number;
}

/**
 * Runs a step once on symbols, with tfjs's own operations, derivatives and optimizers, and returns its graph.
 *
 * Everything is put back afterwards: the backend, every variable, the optimizer, the counts of tensors.
 *
 * @throws TraceError where the step cannot be compiled; whatever the step throws
 */
export function trace({ step, arguments: kinds, optimizer, standIn }: TraceRequest): Trace {
  const backend = symbolicBackend();
  const recording = new Recording(backend, optimizer && Math.fround(standIn));
  const inputs = kinds.map(({ shape, dtype }) => recording.graph.input(shape, dataType(dtype)));

  const run = () => {
    const held: unknown[] = [];
    tf.tidy(() => {
      const result = step(inputs.map(input => recording.tensor(input)));
      if (result instanceof Promise) {
        result.catch(() => {});
        throw new TraceError("compile: a compiled step must not be asynchronous, but got a promise");
      }
      held.push(mapTensors(result, tensor => new ResultValue(recording.valueOf(tensor))));
    });
    return held[0];
  };
  const noting = () => allowingOnly(optimizer, () => (optimizer ? notingGradients(optimizer, recording, run) : run()));
  const onSymbols = () =>
    withSymbolicVariables(recording, () => withKernels(recording, () => recordDraws(recording, noting)));
  const result = optimizer ? withLearningRate(optimizer, standIn, onSymbols) : onSymbols();
  const { draws, checks, streams, learningRate, gradients } = recording;
  const states = [...recording.states.values()];
  return { arguments: inputs, result, states, draws, checks, streams, learningRate, gradients };
}
