import type { DataType as TensorType } from "@tensorflow/tfjs";
import { cast, type DataType, type Graph, type Value } from "../onnx/index.ts";
import { TraceError } from "./errors.ts";

/** A tfjs kernel as graph nodes: from the values of its inputs and its attributes to the values of its outputs. */
export type Kernel = (inputs: Readonly<Record<string, Value>>, attributes: object, graph: Graph) => Value | Value[];

export type Kernels = Readonly<Record<string, Kernel>>;

/** Names the inputs of a kernel and the type of its attributes, as tfjs lists them in `kernel_names`. */
export function kernel<Names extends string, Attributes extends object = object>(
  body: (inputs: Readonly<Record<Names, Value>>, attributes: Attributes, graph: Graph) => Value | Value[],
): Kernel {
  return body as Kernel;
}

/** A kernel that takes a list of tensors. */
export function listKernel<Attributes extends object = object>(
  body: (inputs: Value[], attributes: Attributes) => Value | Value[],
): Kernel {
  return (inputs, attributes) => body(Object.values(inputs), attributes as Attributes);
}

/** Attributes that tfjs gives as one number or as a list of them. */
export function list(numbers: number | readonly number[]): readonly number[] {
  return typeof numbers === "number" ? [numbers] : numbers;
}

export const isTraceable = (dtype: TensorType): dtype is "float32" | "int32" | "bool" =>
  dtype === "float32" || dtype === "int32" || dtype === "bool";

export function dataType(dtype: TensorType): DataType {
  if (isTraceable(dtype)) return dtype;
  throw new TraceError(`compile: tensors must be float32, int32 or bool, but got ${dtype}`);
}

/** Booleans as numbers, which ONNX wants for arithmetic. */
export const numeric = (x: Value): Value => (x.dtype === "bool" ? cast(x, "int32") : x);
