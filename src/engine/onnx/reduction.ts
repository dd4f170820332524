import { binary, unary } from "./elementwise.ts";
import type { Value } from "./graph.ts";
import { reshape, slice } from "./layout.ts";
import { sizeOf } from "./shapes.ts";

export type Reduction = "ReduceSum" | "ReduceMean" | "ReduceMax" | "ReduceMin" | "ReduceProd";

/** x summed, averaged, … over `axes` (not negative), which go, or stay with length 1 where `keep`. */
export function reduce(reduction: Reduction, x: Value, axes: readonly number[], keep = false): Value {
  const removed = new Set(axes);
  const shape = x.shape.flatMap((length, axis) => (removed.has(axis) ? (keep ? [1] : []) : [length]));
  if (axes.every(axis => x.shape[axis] === 1)) return reshape(x, shape);
  if (reduction === "ReduceMean" && x.dtype === "float32") {
    const mean = x.graph.scalar(1 / countOf(x, axes));
    return binary("Mul", reduce("ReduceSum", x, axes, keep), mean);
  }
  if (reduction === "ReduceSum") return sum(x, axes, shape, keep);
  return x.graph.node(reduction, [x], shape, x.dtype, { axes: [...axes].sort(ascending), keepdims: keep ? 1 : 0 });
}

function sum(x: Value, axes: readonly number[], shape: readonly number[], keep: boolean): Value {
  const [first, second] = x.inputs;
  if (x.fill !== undefined) return x.graph.fill(x.fill * countOf(x, axes), shape, x.dtype);
  // Σ −x = −Σ x and Σ c x = c Σ x: the fewer entries afterwards, the better.
  if (x.operator === "Neg" && first !== undefined) return unary("Neg", reduce("ReduceSum", first, axes, keep));
  if (x.operator === "Mul" && first !== undefined && second?.fill !== undefined) {
    return binary("Mul", reduce("ReduceSum", first, axes, keep), x.graph.scalar(second.fill, x.dtype));
  }
  const ordered = [...axes].sort(ascending);
  const blocks = x.dtype === "float32" ? inBlocks(x, ordered) : undefined;
  if (blocks !== undefined) return reshape(blocks, shape);
  // Columns of a long matrix are summed on one thread, those of many matrices at once on all: ten times sooner.
  if (ordered.length > 1 && ordered.length < x.shape.length && ordered.every((axis, i) => axis === i)) {
    return reshape(reduce("ReduceSum", reduce("ReduceSum", x, ordered.slice(1)), [0]), shape);
  }
  const inputs = [x, x.graph.integers(ordered)];
  return x.graph.node("ReduceSum", inputs, shape, x.dtype, { keepdims: keep ? 1 : 0 });
}

/**
 * A long sum as sums of blocks, and the sum of these: float32 loses the more digits the more entries are added to one
 * number. Undefined where a sum is short.
 *
 * onnxruntime adds up a run of entries in 32 sums side by side, and columns row by row.
 */
function inBlocks(x: Value, ordered: readonly number[]): Value | undefined {
  const [first, last] = [ordered[0] as number, ordered.at(-1) as number];
  if (countOf(x, ordered) <= MOST_ROWS) return undefined;
  const gap = ordered.findLastIndex((axis, i) => i > 0 && axis - 1 !== ordered[i - 1]);
  if (gap > 0) return reduce("ReduceSum", reduce("ReduceSum", x, ordered.slice(gap)), ordered.slice(0, gap));
  const [outer, inner] = [sizeOf(x.shape.slice(0, first)), sizeOf(x.shape.slice(last + 1))];
  return countOf(x, ordered) > (inner === 1 ? MOST_RUN : MOST_ROWS)
    ? sumOfBlocks(reshape(x, [outer, countOf(x, ordered), inner]))
    : undefined;
}

/** [outer, count, inner] -> [outer, inner] */
function sumOfBlocks(x: Value): Value {
  const [outer, count, inner] = x.shape as [number, number, number];
  const most = inner === 1 ? MOST_RUN : MOST_ROWS;
  const over = (value: Value, shape: readonly number[]) =>
    x.graph.node("ReduceSum", [value, x.graph.integers([1])], shape, "float32", { keepdims: 0 });
  if (count <= most) return over(x, [outer, inner]);
  const size = largestDivisor(count, most / 2);
  if (size < most / 16) {
    const whole = count - (count % (most / 2));
    const part = (begin: number, length: number) => slice(x, [0, begin, 0], [outer, length, inner]);
    return binary("Add", sumOfBlocks(part(0, whole)), sumOfBlocks(part(whole, count - whole)));
  }
  const blocks = over(reshape(x, [(outer * count) / size, size, inner]), [(outer * count) / size, inner]);
  return sumOfBlocks(reshape(blocks, [outer, count / size, inner]));
}

/** Entries in a row, and rows, that onnxruntime adds up well enough by itself. */
const MOST_RUN = 2048;
const MOST_ROWS = 256;

function largestDivisor(number: number, most: number): number {
  let divisor = most;
  while (number % divisor !== 0) divisor--;
  return divisor;
}

const countOf = (x: Value, axes: readonly number[]): number =>
  axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);

const ascending = (a: number, b: number): number => a - b;
