import type * as tf from "@tensorflow/tfjs";

export type Range = readonly [from: number, to: number];

/** A function of tensors, and where in their space its derivatives are taken. */
export interface Case {
  name: string;
  /** One shape for each argument. */
  shapes: number[][];
  /** Where the entries of each argument lie; the last range serves the arguments that follow, too. */
  ranges: Range[];
  /** The arguments themselves, instead of ones drawn from the ranges. */
  at?: number[][];
  f: (...x: tf.Tensor[]) => tf.Tensor;
}

export const everywhere: Range = [-1.5, 1.5];
export const positive: Range = [0.4, 2.4];
export const inside: Range = [-0.8, 0.8];

/** Entries of either sign, with three zeros among them. */
export const withZeros = [0.5, 0, 1.2, -0.7, 0.9, 0, 1.1, -0.4, 0, 1.3];

/** A case from its shapes as words: `2×3, 3` are a matrix and a vector. */
// biome-ignore lint/suspicious/noExplicitAny: a function of two tensors is one of many, in spirit.
export function of(name: string, shapes: string, f: (...x: any[]) => tf.Tensor, ...ranges: Range[]): Case {
  return {
    name,
    shapes: shapes.split(", ").map(shape => shape.split("×").map(Number)),
    f,
    ranges: ranges.length > 0 ? ranges : [everywhere],
  };
}
