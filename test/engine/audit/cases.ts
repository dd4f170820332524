import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";

type Word = "NaN" | "Infinity" | "-Infinity";

/** Numbers as the fixture has them: of equal ones, only which. */
export interface Stored {
  shape: number[];
  values?: (number | Word | string)[];
  fill?: number;
}

/** One call of a kernel, and its values in float64 by another implementation. */
export interface Case {
  kernel: string;
  case: string;
  inputs: (Stored & { dtype: tf.DataType })[];
  attributes: object;
  outputs: Stored[];
  /** The gradient is that of Σ dy · y, with respect to the inputs in float32. */
  dy?: (number | Word)[];
  gradients?: Stored[];
  /** How far off a number may be, relative to itself, where it is not the usual. */
  within?: number;
  /** Whether every number by itself must be right, however small it is beside the others. */
  strict?: boolean;
}

const fixture = new URL("../../fixtures/audit.json", import.meta.url);

/** By python test/fixtures/audit/audit.py. */
export const { cases }: { cases: Case[] } = JSON.parse(readFileSync(fixture, "utf8"));

export function tensorOf({ shape, dtype, values, fill }: Case["inputs"][number]): tf.Tensor {
  if (fill !== undefined) return tf.fill(shape, fill, dtype as "float32");
  return tf.tensor((dtype === "string" ? values : values?.map(Number)) as number[], shape, dtype);
}

/** The entries; those of a fill once for all. */
export const entries = ({ values, fill }: Stored): (number | string)[] => {
  if (fill !== undefined) return [fill];
  return (values ?? []).map(value => (typeof value === "string" && isNumber(value) ? Number(value) : value));
};

const isNumber = (text: string): boolean => ["NaN", "Infinity", "-Infinity"].includes(text);
