import * as tf from "@tensorflow/tfjs";
import { Random } from "./random.ts";
import { mapLeaves } from "./trace/index.ts";

/** The arguments of a call, taken apart: what changes from call to call, and what a compiled step is made for. */
export interface Call {
  tensors: readonly tf.Tensor[];
  randoms: readonly Random[];
  /** Equal for calls that one graph can serve. */
  key: string;
  /** The same arguments with other tensors in the place of these. */
  withTensors(tensors: readonly tf.Tensor[]): unknown[];
}

/** Takes apart arguments that are nests of tensors, random streams and anything else. */
export function takeApart(given: readonly unknown[]): Call {
  const tensors: tf.Tensor[] = [];
  const randoms: Random[] = [];
  const kinds = mapLeaves(given, leaf => {
    if (leaf instanceof tf.Tensor) return `tensor ${tensors.push(leaf)} ${leaf.dtype} [${leaf.shape}]`;
    if (!(leaf instanceof Random)) return constantKey(leaf);
    const known = randoms.indexOf(leaf);
    return `random ${known >= 0 ? known : randoms.push(leaf) - 1}`;
  });
  const withTensors = (others: readonly tf.Tensor[]): unknown[] => {
    let next = 0;
    return mapLeaves(given, leaf => (leaf instanceof tf.Tensor ? others[next++] : leaf)) as unknown[];
  };
  return { tensors, randoms, key: JSON.stringify(kinds), withTensors };
}

const identities = new WeakMap<object, number>();
let count = 0;

/** What is neither tensor nor stream is a constant of the graph; objects and functions are themselves. */
function constantKey(leaf: unknown): string {
  if ((typeof leaf !== "object" && typeof leaf !== "function") || leaf === null)
    return `${typeof leaf} ${String(leaf)}`;
  const identity = identities.get(leaf) ?? ++count;
  identities.set(leaf, identity);
  return `object ${identity}`;
}
