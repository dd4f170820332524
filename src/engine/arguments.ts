import * as tf from "@tensorflow/tfjs";
import { Random } from "./random.ts";
import { mapLeaves } from "./trace/index.ts";

/** The arguments of a call, taken apart: what changes from call to call, and what a compiled step is made for. */
export interface Call {
  tensors: readonly tf.Tensor[];
  randoms: readonly Random[];
  /** Equal for calls that one graph can serve. */
  key: string;
  /** What the key says of each argument, in order. */
  kinds: readonly string[];
  /** The same arguments with other tensors in the place of these. */
  withTensors(tensors: readonly tf.Tensor[]): unknown[];
}

/** Takes apart arguments that are nests of tensors, random streams and anything else. */
export function takeApart(given: readonly unknown[]): Call {
  const tensors: tf.Tensor[] = [];
  const randoms: Random[] = [];
  const kinds: string[] = [];
  const nest = mapLeaves(given, leaf => {
    const kind = kindOf(leaf, tensors, randoms);
    kinds.push(kind);
    return kind;
  });
  const withTensors = (others: readonly tf.Tensor[]): unknown[] => {
    let next = 0;
    return mapLeaves(given, leaf => (leaf instanceof tf.Tensor ? others[next++] : leaf)) as unknown[];
  };
  return { tensors, randoms, key: JSON.stringify(nest), kinds, withTensors };
}

/** What kept two calls from sharing a graph, in words, and whether it is the shape of a tensor. */
export function difference(call: Call, other: Call): { what: string; isShape: boolean } {
  const what = call.kinds.find((kind, i) => kind !== other.kinds[i]) ?? `${call.kinds.length} arguments`;
  return { what, isShape: what.startsWith(TENSOR) };
}

function kindOf(leaf: unknown, tensors: tf.Tensor[], randoms: Random[]): string {
  if (leaf instanceof tf.Tensor) {
    if (leaf.isDisposed) {
      throw new Error(
        `compile: arguments of a step must hold values, but got a disposed tensor, ${leaf.dtype} [${leaf.shape}]; dispose it after the call`,
      );
    }
    tensors.push(leaf);
    return `${TENSOR} ${leaf.dtype} [${leaf.shape}]`;
  }
  if (!(leaf instanceof Random)) return constantKey(leaf);
  const known = randoms.indexOf(leaf);
  return `random ${known >= 0 ? known : randoms.push(leaf) - 1}`;
}

const TENSOR = "a tensor";

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
