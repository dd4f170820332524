import * as tf from "@tensorflow/tfjs";
import {
  assertRandom,
  assertTensor,
  checkAtEveryCall,
  inWords,
  isTracing,
  type Random,
  viewOf,
} from "../../engine/index.ts";
import { areWithin } from "./numbers.ts";

/** A tensor, or numbers that become a float32 one. */
export type TensorLike = tf.Tensor | number | readonly number[] | readonly (readonly number[])[];

/** Throws where these are not numbers, in rows that are equally long; errors begin with `family`. */
export function toTensor(value: TensorLike, family = "distribution", name = "a parameter"): tf.Tensor {
  if (value instanceof tf.Tensor) return value;
  if (!isRows(value)) shapeOf(family, name, value);
  return tf.tensor(value as number | number[], undefined, "float32");
}

/** Whether these are numbers in rows that are equally long, without a look at what else they might be. */
function isRows(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  if (isRow(value, value.length)) return true;
  const [first] = value;
  return Array.isArray(first) && value.every(row => isRow(row, first.length));
}

function isRow(value: unknown, length: number): boolean {
  if (!Array.isArray(value) || value.length !== length) return false;
  for (let i = 0; i < length; i++) if (typeof value[i] !== "number") return false;
  return true;
}

/** The shape of nested arrays, after a look that they hold numbers: tfjs makes NaN of text, 0 of null and 1 of true. */
function shapeOf(family: string, name: string, value: unknown): number[] {
  if (typeof value === "number") return [];
  if (ArrayBuffer.isView(value)) return [(value as Float32Array).length];
  if (!Array.isArray(value)) {
    throw new TypeError(
      `${family}: ${name} must be a tensor or numbers, but got ${inWords(value)}; pass rows of numbers, as in [[0, 1]].`,
    );
  }
  if (value.every(part => typeof part === "number")) return [value.length];
  const [first = [], ...others] = value.map(part => shapeOf(family, name, part));
  const odd = others.find(shape => !tf.util.arraysEqual(shape, first));
  if (odd === undefined) return [value.length, ...first];
  throw new RangeError(
    `${family}: rows of ${name} must be equally long, but got shapes [${first}] and [${odd}]; fill the gaps.`,
  );
}

/** The shape that the parameters of a distribution broadcast to: [...batch, d]. */
export function parameterShape(family: string, parameters: Record<string, { shape: readonly number[] }>): number[] {
  const named = Object.entries(parameters);
  try {
    const shape = named.reduce<number[]>(
      (sum, [, p]) => tf.broadcast_util.assertAndGetBroadcastShape(sum, [...p.shape]),
      [],
    );
    if (shape.length > 0) return shape;
  } catch {
    // told below, with the names of the parameters
  }
  const shapes = named.map(([name, p]) => `${name} [${p.shape}]`).join(" and ");
  throw new RangeError(
    `${family}: parameters must broadcast to [...batch, d], but got ${shapes}; give each a last axis.`,
  );
}

/** Which numbers are allowed: from `least` to `most`, both included, and integers only if so. NaN never is. */
export interface Allowed {
  least?: number;
  most?: number;
  integers?: boolean;
}

/**
 * Throws unless every entry satisfies the rule.
 *
 * Reading the values waits for the backend, so this is skipped inside a gradient, where parameters come from
 * a network at every step; `fit` stops on a loss that is not finite. A compiled step looks at every call.
 */
export function assertEvery(
  what: string,
  rule: string | ((value: number) => string),
  remedy: string,
  values: tf.Tensor,
  allowed: Allowed,
): void {
  if (tf.engine().state.gradientDepth > 0) return;
  const assert = (numbers: ArrayLike<number>): void => {
    const place = firstForbidden(numbers, allowed);
    if (place < 0) return;
    const value = numbers[place] as number;
    throw new RangeError(`${what}: ${typeof rule === "string" ? rule : rule(value)}, but got ${value}; ${remedy}.`);
  };
  if (isTracing()) checkAtEveryCall(values, assert);
  else assert(viewOf(values));
}

/** -1 where there is none. */
function firstForbidden(
  numbers: ArrayLike<number>,
  { least = -Infinity, most = Infinity, integers = false }: Allowed,
): number {
  if (!integers && areWithin(numbers, least, most)) return -1;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if (!(value >= least && value <= most) || (integers && value !== Math.floor(value))) return i;
  }
  return -1;
}

/** Throws where a parameter is NaN: no comparison with it holds, so that whatever is drawn by one would be 0. */
export function assertNumbers(what: string, name: string, values: tf.Tensor): void {
  assertEvery(what, `${name} must be numbers`, "look for NaN in what computed them", values, {});
}

/** Throws unless a width is positive and finite: a density of width 0 is none, and neither is one of width ∞. */
export function assertPositive(family: string, name: string, remedy: string, values: tf.Tensor): void {
  const rule = (value: number) => `${name} must be ${value === Infinity ? "finite" : "positive"}`;
  assertEvery(family, rule, remedy, values, { least: SMALLEST, most: Number.MAX_VALUE });
}

/** Throws where a parameter is NaN or infinite. */
export function assertFinite(what: string, name: string, values: tf.Tensor): void {
  assertEvery(what, `${name} must be finite`, "look for what overflowed", values, FINITE);
}

/**
 * The same result, after looking for NaN in it: that of a NaN in x or in a parameter, or of parameters that are none.
 *
 * One look at [...batch] numbers in place of one at every input.
 */
export function assertDefined(what: string, rule: string, result: tf.Tensor): tf.Tensor {
  assertEvery(what, rule, "look for it in what computed them", result, {});
  return result;
}

/** Throws unless every entry of x is the number of one of K values. */
export function assertCategories(family: string, x: tf.Tensor, K: number, remedy: string): void {
  const rule = `x must hold integers from 0 to ${K - 1}`;
  assertEvery(`${family}.logProb`, rule, remedy, x, { least: 0, most: K - 1, integers: true });
}

/** Throws unless x is [...batch, d] with the d of the distribution (a single value is never spread over d) and its batch. */
export function assertEventShape(family: string, x: tf.Tensor, shape: readonly number[]): void {
  assertTensor(`${family}.logProb`, "x", x);
  const d = shape.at(-1);
  if (x.shape.at(-1) !== d) {
    throw new RangeError(
      `${family}.logProb: the last axis of x must have ${d} entries, but got shape [${x.shape}]; reshape x to [...batch, ${d}].`,
    );
  }
  try {
    tf.broadcast_util.assertAndGetBroadcastShape(x.shape, [...shape]);
  } catch {
    throw new RangeError(
      `${family}.logProb: x must broadcast to the batch of the distribution, but got [${x.shape}] for [${shape}]; put new axes in front.`,
    );
  }
}

/** The smallest float32 above 0. Smaller ones of float64 may be 0 to native code. */
export const SMALLEST = 2 ** -149;

/** Neither NaN nor infinite. */
export const FINITE: Allowed = { least: -Number.MAX_VALUE, most: Number.MAX_VALUE };

/** The shape of a sample: [...batch, d], or [samples, ...batch, d], after a look at what it is drawn with. */
export function sampleShape(
  family: string,
  shape: readonly number[],
  samples: number | undefined,
  random: Random,
): number[] {
  assertRandom(`${family}.sample`, random);
  if (samples === undefined) return [...shape];
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(
      `${family}.sample: samples must be a positive integer, but got ${inWords(samples)}; leave it out for one draw.`,
    );
  }
  return [samples, ...shape];
}
