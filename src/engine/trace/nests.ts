import * as tf from "@tensorflow/tfjs";
import type { Value } from "../onnx/index.ts";

/** Stands for a tensor in what a traced step returned. */
export class ResultValue {
  constructor(readonly value: Value) {}
}

/** A nest of arrays and plain objects with every leaf replaced; other objects are leaves. */
export function mapLeaves(container: unknown, replace: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(container)) return container.map(entry => mapLeaves(entry, replace));
  if (!isRecord(container)) return replace(container);
  return Object.fromEntries(Object.entries(container).map(([key, entry]) => [key, mapLeaves(entry, replace)]));
}

/** The leaves of a nest that belong to a class, in order. */
export function leavesOf<Leaf>(container: unknown, leafClass: abstract new (...arguments_: never[]) => Leaf): Leaf[] {
  const found: Leaf[] = [];
  mapLeaves(container, leaf => {
    if (leaf instanceof leafClass) found.push(leaf);
  });
  return found;
}

/** A nest with its tensors replaced. */
export function mapTensors(container: unknown, replace: (tensor: tf.Tensor) => unknown): unknown {
  return mapLeaves(container, leaf => (leaf instanceof tf.Tensor ? replace(leaf) : leaf));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
