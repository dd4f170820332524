import type * as tf from "@tensorflow/tfjs";
import type { Calls, Checkout } from "./calls.ts";

export type Shape = readonly number[];

/** Seeded tensors, the same for every checkout. */
export function tensorsBy({ library: { Random }, tf }: Checkout) {
  const normal = (seed: number, shape: Shape): tf.Tensor => new Random(seed).normal(shape);
  const uniform = (seed: number, shape: Shape): tf.Tensor => new Random(seed).uniform(shape).mul(0.9).add(0.05);
  const bits = (seed: number, shape: Shape): tf.Tensor => new Random(seed).bernoulli(tf.fill([...shape], 0.3));
  const integers = (seed: number, shape: Shape, below: number): tf.Tensor =>
    new Random(seed).uniform(shape).mul(below).floor();
  return { normal, uniform, bits, integers };
}

/** A function of tensors, and its inputs. */
export interface Given {
  inputs: readonly tf.Tensor[];
  call: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** How many of the inputs, from the first, it is differentiated by: all, if not said. */
  by?: number;
}

/** Which forms there are beside the eager value. */
export interface Forms {
  gradient?: boolean;
  compiled?: boolean;
}

/** Lines for the value and the gradient of what `make` gives, eager and compiled. */
export function setForms(
  calls: Calls,
  { library: { compile }, tf }: Checkout,
  name: string,
  make: () => Given,
  { gradient = true, compiled = true }: Forms = {},
): void {
  calls.set(`${name}, eager`, () => {
    const { inputs, call } = make();
    return () => tf.tidy(() => read(call(...inputs)));
  });
  if (gradient) {
    calls.set(`${name}, eager gradient`, () => {
      const given = make();
      return () => tf.tidy(() => read(gradientsOf(tf, given)));
    });
  }
  if (compiled) {
    calls.set(`${name}, compiled`, () => {
      const { inputs, call } = make();
      return steady(compile(call, { otherwise: "throw" }), inputs);
    });
  }
  if (gradient && compiled) {
    calls.set(`${name}, compiled gradient`, () => {
      const { inputs, call, by } = make();
      const step = (...given: tf.Tensor[]) => gradientsOf(tf, { inputs: given, call, ...(by !== undefined && { by }) });
      return steady(compile(step, { otherwise: "throw" }), inputs);
    });
  }
}

function gradientsOf(tfjs: typeof tf, { inputs, call, by = inputs.length }: Given): tf.Tensor[] {
  const fixed = inputs.slice(by);
  const total = (...given: tf.Tensor[]): tf.Scalar => {
    const value = call(...given, ...fixed);
    return (Array.isArray(value) ? tfjs.addN(value.map(each => each.sum())) : value.sum()) as tf.Scalar;
  };
  const { value, grads } = tfjs.valueAndGrads(total)(inputs.slice(0, by));
  return [value, ...grads];
}

/** A compiled step, past its first calls: it is traced again at the second, fourth, eighth… */
export function steady(
  step: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
  inputs: readonly tf.Tensor[],
): () => void {
  const call = () => {
    const outputs = [step(...inputs)].flat();
    read(outputs);
    for (const output of outputs) output.dispose();
  };
  for (let i = 0; i <= TRACED_AGAIN; i++) call();
  return call;
}

const TRACED_AGAIN = 32;

/** Waits for the numbers. */
export function read(tensors: tf.Tensor | tf.Tensor[]): void {
  for (const each of [tensors].flat()) each.dataSync();
}

/** A line for something that is read eagerly. */
export function setEager(
  calls: Calls,
  { tf }: Checkout,
  name: string,
  make: () => () => tf.Tensor | tf.Tensor[],
): void {
  calls.set(name, () => {
    const call = make();
    return () => tf.tidy(() => read(call()));
  });
}
