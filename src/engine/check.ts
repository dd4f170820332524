import * as tf from "@tensorflow/tfjs";
import type { Random } from "./random.ts";
import { inWords } from "./words.ts";

/** Throws unless this is a tensor: numbers in arrays have no shape to go by. */
export function assertTensor(what: string, name: string, value: unknown): void {
  if (value instanceof tf.Tensor) return;
  throw new TypeError(
    `${what}: ${name} must be a tensor, but got ${inWords(value)}; make one of numbers with tf.tensor.`,
  );
}

/** Throws unless this is a source of random numbers. */
export function assertRandom(what: string, random: unknown): void {
  const { normal, uniform } = (random ?? {}) as Partial<Random>;
  if (typeof normal === "function" || typeof uniform === "function") return;
  throw new TypeError(`${what}: random must be a Random, but got ${inWords(random)}; write new Random(1).`);
}
