import * as tf from "@tensorflow/tfjs";
import type { DrawKind, DrawRecorder } from "../draws.ts";
import { entriesOf, Graph, reshape, sameShape, unary, type Value } from "../onnx/index.ts";
import { Random } from "../random.ts";
import { type SymbolicBackend, SymbolicData } from "./backend.ts";
import { disposed, here, placeIn, TraceError } from "./errors.ts";
import { dataType } from "./kernel.ts";

/** A variable that the step may read, and what it holds afterwards. */
export interface State {
  variable: tf.Variable;
  input: Value;
  /** The same value as `input` where the step leaves the variable alone. */
  output: Value;
}

/** What the step asks of streams of random numbers, in order; streams are numbered as they first appear. */
export type Draw =
  | { stream: number; kind: DrawKind; value: Value }
  | { stream: number; derive: "split" | { child: number }; into: number };

/** What the values of a tensor must be, whatever a call brings: `assert` throws where they are not. */
export interface Check {
  value: Value;
  assert: (values: ArrayLike<number>) => void;
}

/** A stream by its place among the arguments, or one that is captured; derived ones are made by a draw. */
export type Streams = readonly (number | Random | "derived")[];

/** One thing that the step asked of tfjs: a kernel, or to take in numbers. For messages that say where in the code. */
export interface Noted {
  /** Undefined where numbers were taken in. */
  kernel?: string;
  attributes?: object;
  inputs: readonly Value[];
  outputs: readonly Value[];
  /** Takes some 3 kB and 10 µs, so that only the second of two traces has it. */
  place: Error | undefined;
}

/** All that one trace writes down. */
export class Recording implements DrawRecorder<Random> {
  readonly graph = new Graph();
  readonly states = new Map<tf.Variable, State>();
  readonly draws: Draw[] = [];
  readonly checks: Check[] = [];
  readonly streams: (number | Random | "derived")[] = [];
  /** All that the step asked of tfjs before its update, in order. */
  readonly notes: Noted[] = [];
  /** The gradient that an optimizer is given for each variable. */
  readonly gradients = new Map<tf.Variable, Value>();
  /** The learning rate of each optimizer as an input, where the step uses it. */
  readonly learningRates: (Value | undefined)[] = [];
  /** How often each optimizer updates in one step; undefined where never. */
  readonly updates: (number | undefined)[] = [];
  private readonly streamNumbers = new Map<Random, number>();
  /** By the numbers that are read, and the type they are read as. */
  private readonly captured = new Map<object, Map<tf.DataType, Value>>();
  private isUpdating = false;

  /**
   * @param standIns what the optimizers' learning rates are set to meanwhile: a constant of such a size is that rate
   * @param randoms the streams among the arguments
   * @param places whether to note where in the code things are asked for
   */
  constructor(
    private readonly backend: SymbolicBackend,
    private readonly standIns: readonly number[],
    private readonly randoms: readonly Random[],
    private readonly places: boolean,
  ) {}

  note(noted: Omit<Noted, "place">): void {
    if (!this.isUpdating) this.notes.push({ ...noted, place: this.places ? here() : undefined });
  }

  /** Runs an optimizer's update: what it asks for is not the step's own, and more at its first time. */
  update(body: () => void): void {
    this.isUpdating = true;
    try {
      body();
    } finally {
      this.isUpdating = false;
    }
  }

  /** The value of a tensor that a kernel is given. */
  valueOf(tensor: tf.TensorInfo): Value {
    return tensor.dataId instanceof SymbolicData ? tensor.dataId.value : this.capture(tensor);
  }

  /** A constant that the step makes from numbers. */
  constant(values: tf.BackendValues, shape: readonly number[], dtype: tf.DataType): Value {
    const type = dataType(dtype);
    const numbers = values as Float32Array;
    const [first = 0] = numbers;
    const optimizer = numbers.length === 1 && type === "float32" ? this.standIns.indexOf(Math.abs(first)) : -1;
    if (optimizer >= 0) {
      this.learningRates[optimizer] ??= this.graph.input([], "float32");
      const rate = this.learningRates[optimizer] as Value;
      return reshape(first > 0 ? rate : unary("Neg", rate), shape);
    }
    const value = this.graph.constant(numbers, shape, type);
    this.note({ inputs: [], outputs: [value] });
    return value;
  }

  /** A tensor from outside the step: its values, as they are now. Reshaped and cast ones share their data. */
  private capture(tensor: tf.TensorInfo): Value {
    const alike = this.captured.get(tensor.dataId) ?? new Map<tf.DataType, Value>();
    const known = alike.get(tensor.dtype);
    if (known !== undefined) return sameShape(known.shape, tensor.shape) ? known : reshape(known, tensor.shape);
    if (!tf.engine().state.tensorInfo.has(tensor.dataId)) throw disposed(tensor);
    const size = tf.util.sizeFromShape(tensor.shape);
    if (size > MOST_CAPTURED) {
      throw new TraceError(
        `compile: a tensor captured by the step must have at most ${MOST_CAPTURED} entries, but got shape [${tensor.shape}]; pass it as an argument`,
      );
    }
    const value = this.constant(tf.engine().readSync(tensor.dataId), tensor.shape, tensor.dtype);
    this.captured.set(tensor.dataId, alike.set(tensor.dtype, value));
    return value;
  }

  /** Puts a symbol in the place of a variable's data. */
  addVariable(variable: tf.Variable): void {
    const input = this.graph.input(variable.shape, dataType(variable.dtype));
    this.states.set(variable, { variable, input, output: input });
    const data = this.backend.make(input);
    variable.dataId = data;
    const { dtype, shape } = variable;
    tf.engine().state.tensorInfo.set(data, { backend: this.backend, dtype, shape, bytes: 0 });
  }

  /** A tensor that stands for a value. */
  tensor(value: Value): tf.Tensor {
    const info = { dataId: this.backend.make(value), shape: [...value.shape], dtype: value.dtype as tf.DataType };
    return tf.engine().makeTensorFromTensorInfo(info, this.backend);
  }

  /** Looks at constants now, and has the step look at everything else. */
  check(tensor: tf.Tensor, assert: Check["assert"]): void {
    const value = this.valueOf(tensor);
    if (value.operator === "Constant") assert(entriesOf(value) as Float32Array);
    else this.checks.push({ value, assert });
  }

  draw(random: Random, kind: DrawKind, shape: readonly number[]): tf.Tensor {
    const value = this.graph.input(shape, "float32");
    this.draws.push({ stream: this.streamNumber(random), kind, value });
    return this.tensor(value);
  }

  derive(random: Random, how: "split" | { child: number }): Random {
    const stream = this.streamNumber(random);
    const derived = new Random(0);
    const into = this.streams.push("derived") - 1;
    this.streamNumbers.set(derived, into);
    this.draws.push({ stream, derive: how, into });
    return derived;
  }

  refuse(method: string): never {
    throw new TraceError(
      `compile: random numbers in a compiled step must be drawn as tensors, but got Random.${method}${placeIn(here())}; use normal, uniform or bernoulli, or draw outside and pass the numbers in`,
    );
  }

  private streamNumber(random: Random): number {
    const known = this.streamNumbers.get(random);
    if (known !== undefined) return known;
    const place = this.randoms.indexOf(random);
    const number = this.streams.push(place >= 0 ? place : random) - 1;
    this.streamNumbers.set(random, number);
    return number;
  }
}

/** Some 64 MB: more makes a model that is slow to load. */
const MOST_CAPTURED = 2 ** 24;
