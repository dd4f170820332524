import * as tf from "@tensorflow/tfjs";
import { recordDraws } from "../draws.ts";
import type { Value } from "../onnx/index.ts";
import { synchronously } from "./asynchronous.ts";
import { uncaught } from "./errors.ts";
import { dataType } from "./kernel.ts";
import { mapTensors, ResultValue } from "./nests.ts";
import { allowingOnly, notingGradients, withEach, withLearningRate } from "./optimizer.ts";
import type { Random } from "../random.ts";
import { type Check, type Draw, type Noted, Recording, type State, type Streams } from "./recording.ts";
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
  /** Of each optimizer; undefined where the step does not use it. */
  learningRates: readonly (Value | undefined)[];
  /** How often each optimizer updates in one step; undefined where never. */
  updates: readonly (number | undefined)[];
  gradients: ReadonlyMap<tf.Variable, Value>;
  notes: readonly Noted[];
}

export interface TraceRequest {
  /** Runs the step on tensors that stand for its arguments. */
  step: (tensors: tf.Tensor[]) => unknown;
  /** Shape and type of each argument. */
  arguments: readonly { shape: readonly number[]; dtype: tf.DataType }[];
  /** The random streams among the arguments. */
  randoms?: readonly Random[];
  optimizers?: readonly tf.Optimizer[];
  /** Whether to note where in the code things are asked for. */
  places?: boolean;
  /** The learning rate of the first optimizer during the trace; no number of the step may be near to it. */
  standIn: number;
}

/**
 * Runs a step once on symbols, with tfjs's own operations, derivatives and optimizers, and returns its graph.
 *
 * Everything is put back afterwards: the backend, every variable, the optimizer, the counts of tensors.
 *
 * @throws TraceError where the step cannot be compiled; whatever the step throws
 */
export function trace({
  step,
  arguments: kinds,
  randoms = [],
  optimizers = [],
  places = false,
  standIn,
}: TraceRequest): Trace {
  const backend = symbolicBackend();
  const standIns = optimizers.map((_, i) => Math.fround(standIn * (1 + i / 64)));
  const recording = new Recording(backend, standIns, randoms, places);
  const inputs = kinds.map(({ shape, dtype }) => recording.graph.input(shape, dataType(dtype)));

  const run = () => {
    const held: unknown[] = [];
    tf.tidy(() => {
      const tensors = inputs.map(input => recording.tensor(input));
      const result = uncaught(() => synchronously(() => step(tensors)));
      held.push(mapTensors(result, tensor => new ResultValue(recording.valueOf(tensor))));
    });
    return held[0];
  };
  const noting = () =>
    allowingOnly(optimizers, recording, () =>
      withEach(optimizers, (optimizer, body) => notingGradients(optimizer, recording, body), run),
    );
  const onSymbols = () =>
    withSymbolicVariables(recording, () => withKernels(recording, () => recordDraws(recording, noting)));
  const atStandIn = <Result>(optimizer: tf.Optimizer, body: () => Result) =>
    withLearningRate(optimizer, standIns[optimizers.indexOf(optimizer)] as number, body);
  const result = withEach(optimizers, atStandIn, onSymbols);
  const { draws, checks, streams, learningRates, updates, gradients, notes } = recording;
  const states = [...recording.states.values()];
  return {
    arguments: inputs,
    result,
    states,
    draws,
    checks,
    streams,
    learningRates,
    updates,
    gradients,
    notes,
  };
}
