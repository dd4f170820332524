import * as tf from "@tensorflow/tfjs";
import { entriesOf, type Value } from "../onnx/index.ts";
import type { SymbolicData } from "./backend.ts";
import { TraceError } from "./errors.ts";
import { isTraceable } from "./kernel.ts";
import type { Recording } from "./recording.ts";

/**
 * Runs `body` with symbols in the place of every variable's data, and puts the data back whatever happens.
 *
 * So tfjs can neither overwrite nor free the real data, and what a variable stands for at the end is its update.
 * Variables that the step creates, such as an optimizer's accumulators, must start from constants; they become
 * real ones with those.
 */
export function withSymbolicVariables<Result>(recording: Recording, body: () => Result): Result {
  const engine = tf.engine();
  const { numTensors, numBytes, numDataBuffers } = engine.state;
  // In the order in which they were made: tfjs lists names that are numbers first, and accumulators have such names.
  const traceable = Object.values(engine.registeredVariables)
    .filter(({ dtype }) => isTraceable(dtype))
    .sort((a, b) => a.id - b.id);
  const real = new Map(traceable.map(variable => [variable, variable.dataId]));
  const created = new Map<tf.Variable, Value>();
  const makeVariable = engine.makeVariable;
  engine.makeVariable = (initial, ...others) => {
    const variable = makeVariable.call(engine, initial, ...others);
    created.set(variable, recording.valueOf(initial));
    recording.addVariable(variable);
    return variable;
  };
  try {
    for (const variable of real.keys()) recording.addVariable(variable);
    const result = body();
    for (const [variable, value] of created) assertConstant(variable, value);
    for (const state of recording.states.values()) state.output = (state.variable.dataId as SymbolicData).value;
    return result;
  } finally {
    // The method belongs to the class; what was set above hid it.
    delete (engine as Partial<typeof engine>).makeVariable;
    for (const [variable, dataId] of real) variable.dataId = dataId;
    Object.assign(engine.state, { numTensors, numBytes, numDataBuffers });
    realize(created);
  }
}

function assertConstant(variable: tf.Variable, initial: Value): void {
  if (initial.operator === "Constant") return;
  throw new TraceError(
    `compile: a variable made inside a compiled step must start from constants, but got ${variable.name} from ${initial.kernel}; make it before`,
  );
}

function realize(created: ReadonlyMap<tf.Variable, Value>): void {
  for (const [variable, initial] of created) {
    const values = initial.operator === "Constant" ? entriesOf(initial) : new Float32Array(variable.size);
    // The variable takes the place of this tensor in tfjs's books.
    variable.dataId = tf.keep(tf.tensor(values as Float32Array, variable.shape, variable.dtype)).dataId;
  }
}
