import type * as tf from "@tensorflow/tfjs";
import {
  type Bindings,
  liveValues,
  nameOf,
  type Runtime,
  type Session,
  type Slot,
  sizeOf,
  threadsFor,
  type Value,
  writeModel,
} from "./onnx/index.ts";
import type { Random } from "./random.ts";
import { leavesOf, mapLeaves, ResultValue, type State, type Trace } from "./trace/index.ts";
import { type FlatUpdate, flatUpdate } from "./update/index.ts";
import { type Memory, type MemoryPair, SharedVariables } from "./variables.ts";
import { tensorOf, viewOf } from "./view.ts";

/** What a call brings. */
interface Inputs {
  tensors: readonly tf.Tensor[];
  /** The random streams, as the trace numbers them. */
  streams: readonly Random[];
  /** Of each optimizer. */
  learningRates: readonly number[];
  /** Looks at the result before variables are updated. */
  accept: ((result: unknown) => boolean) | undefined;
}

interface Bound {
  inputs: Bindings;
  outputs: Bindings;
}

/** Frees the session of a program that was dropped, and not disposed: its memory is not of JavaScript. */
const dropped = new FinalizationRegistry<Session>(session => session.dispose());

/** A trace, ready to run: a session, the memory of everything that goes in and out, and the update. */
export class Program {
  private readonly session: Session;
  private readonly flat: FlatUpdate;
  private readonly variables: SharedVariables;
  private readonly arguments: readonly Memory[];
  private readonly drawn: ReadonlyMap<Value, Float32Array>;
  private readonly learningRates: readonly Float32Array[];
  private readonly results: ReadonlyMap<Value, Memory>;
  /** The bindings of even and odd steps: what one of them writes, the other reads. */
  private readonly bound: readonly [Bound, Bound];

  constructor(
    private readonly trace: Trace,
    runtime: Runtime,
  ) {
    this.flat = flatUpdate(trace);
    const updatedInGraph = trace.states.filter(state => isUpdated(state) && !this.flat.states.has(state));
    const read = [...leavesOf(trace.result, ResultValue), ...trace.checks];
    const results = [...new Set(read.map(({ value }) => value))];
    const outputs = [
      ...this.flat.wanted.map(({ value }) => value),
      ...updatedInGraph.map(({ output }) => output),
      ...results,
    ];
    const live = liveValues(outputs);
    const model = writeModel(live, outputs);

    const states = new Map(trace.states.map(state => [state, this.memoryOf(state)]));
    const used = new Set(model.inputs);
    const cells = [...states].map(([state, memory]) => ({ state, memory, updated: isUpdated(state) }));
    this.variables = new SharedVariables(
      cells
        .filter(({ state, updated }) => updated || used.has(state.input))
        .map(({ state: { variable }, memory, updated }) => ({ variable, memory, updated })),
    );
    this.arguments = trace.arguments.map(memoryFor);
    this.drawn = new Map(
      trace.draws.flatMap(draw => ("value" in draw ? [[draw.value, new Float32Array(sizeOf(draw.value.shape))]] : [])),
    );
    this.results = new Map(results.map(value => [value, memoryFor(value)]));

    const sources = new Map<Value, MemoryPair>([
      ...cells.map(({ state, memory }) => [state.input, memory] as const),
      ...trace.arguments.map((value, i) => [value, both(this.arguments[i] as Memory)] as const),
      ...[...this.drawn].map(([value, memory]) => [value, both(memory)] as const),
    ]);
    this.learningRates = trace.learningRates.map(() => new Float32Array(1));
    for (const [i, memory] of this.learningRates.entries()) {
      const rate = trace.learningRates[i];
      if (rate !== undefined) sources.set(rate, both(memory));
    }
    const targets = [
      ...this.flat.wanted.map(({ data }) => both(data)),
      ...updatedInGraph.map(state => (states.get(state) as MemoryPair).toReversed() as unknown as MemoryPair),
      ...[...this.results.values()].map(both),
    ];
    const bind = (turn: 0 | 1): Bound => ({
      inputs: runtime.bind(model.inputs.map(value => [nameOf(value), slot(value, sources.get(value), turn)])),
      outputs: runtime.bind(outputs.map((value, i) => [model.outputs[i] as string, slot(value, targets[i], turn)])),
    });
    this.bound = [bind(0), bind(1)];
    this.session = runtime.load(model, { threads: threadsFor(live) });
    dropped.register(this, this.session, this);
    this.rehearse();
  }

  /** How often each optimizer updates in one step. */
  get updates(): Trace["updates"] {
    return this.trace.updates;
  }

  /** Throws where a variable of the step has been disposed. */
  assertPresent(): void {
    this.variables.assertPresent();
  }

  /** One step. */
  run({ tensors, streams, learningRates, accept }: Inputs): { result: unknown; accepted: boolean } {
    this.variables.takeIn();
    tensors.forEach((tensor, i) => {
      this.arguments[i]?.set(viewOf(tensor));
    });
    this.drawAnew(streams);
    for (const [i, memory] of this.learningRates.entries()) memory[0] = learningRates[i] as number;
    const { inputs, outputs } = this.bound[this.variables.turn];
    this.session.run(inputs, outputs);
    // So far, only memory has been written that the next step writes again.
    for (const { value, assert } of this.trace.checks) assert(this.results.get(value) as Memory);
    const result = mapLeaves(this.trace.result, leaf =>
      leaf instanceof ResultValue ? this.tensorOf(leaf.value) : leaf,
    );
    const accepted = accept?.(result) ?? true;
    if (accepted) {
      this.flat.run();
      this.variables.advance();
    }
    return { result, accepted };
  }

  /** Writes the newest values to the variables. */
  sync(): void {
    this.variables.sync();
  }

  /** Frees the session; variables get their newest values. */
  dispose(): void {
    this.sync();
    this.free();
  }

  private free(): void {
    dropped.unregister(this);
    this.session.dispose();
  }

  /** Runs once on zeros: what cannot run shows here, before anything has changed. */
  private rehearse(): void {
    try {
      this.session.run(this.bound[0].inputs, this.bound[0].outputs);
    } catch (error) {
      this.free();
      throw error;
    }
  }

  private memoryOf(state: State): MemoryPair {
    const shared = this.flat.states.get(state);
    if (shared !== undefined || !isUpdated(state)) return both(shared ?? memoryFor(state.input));
    return [memoryFor(state.input), memoryFor(state.input)];
  }

  private drawAnew(given: readonly Random[]): void {
    const streams = [...given];
    for (const draw of this.trace.draws) {
      const stream = streams[draw.stream] as Random;
      if ("value" in draw) stream.fill(draw.kind, this.drawn.get(draw.value) as Float32Array);
      else streams[draw.into] = draw.derive === "split" ? stream.split() : stream.child(draw.derive.child);
    }
  }

  private tensorOf(value: Value): tf.Tensor {
    return tensorOf(this.results.get(value) as Memory, value.shape, value.dtype as tf.DataType);
  }
}

const isUpdated = ({ input, output }: State): boolean => input !== output;

const both = (memory: Memory): MemoryPair => [memory, memory];

function memoryFor(value: Value): Memory {
  const size = sizeOf(value.shape);
  if (value.dtype === "float32") return new Float32Array(size);
  return value.dtype === "bool" ? new Uint8Array(size) : new Int32Array(size);
}

function slot({ dtype, shape }: Value, pair: MemoryPair | undefined, turn: 0 | 1): Slot {
  return { dtype, shape, data: (pair as MemoryPair)[turn] };
}
