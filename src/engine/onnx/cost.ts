import { availableParallelism } from "node:os";
import type { Value } from "./graph.ts";
import { sizeOf } from "./shapes.ts";

/** How many threads to give a graph: more than one only where the work outweighs waking them. */
export function threadsFor(live: readonly Value[]): number {
  return multiplications(live) > WORTH_THREADS ? Math.min(availableParallelism(), MOST_THREADS) : 1;
}

const WORTH_THREADS = 5e6;
const MOST_THREADS = 8;

/** Multiplications in matrix products and convolutions: √(left · right · result) of [m, k], [k, n] and [m, n]. */
function multiplications(live: readonly Value[]): number {
  return live
    .filter(({ operator }) => products.has(operator))
    .map(({ shape, inputs }) => Math.sqrt(inputs.reduce((size, input) => size * sizeOf(input.shape), sizeOf(shape))))
    .reduce((sum, each) => sum + each, 0);
}

const products = new Set(["MatMul", "Gemm", "Conv", "ConvTranspose"]);
