import { binary, unary } from "./elementwise.ts";
import type { Value } from "./graph.ts";
import { reshape } from "./layout.ts";

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
  // Columns of a long matrix are summed on one thread, those of many matrices at once on all: ten times sooner.
  if (ordered.length > 1 && ordered.length < x.shape.length && ordered.every((axis, i) => axis === i)) {
    return reshape(reduce("ReduceSum", reduce("ReduceSum", x, ordered.slice(1)), [0]), shape);
  }
  const inputs = [x, x.graph.integers(ordered)];
  return x.graph.node("ReduceSum", inputs, shape, x.dtype, { keepdims: keep ? 1 : 0 });
}

const countOf = (x: Value, axes: readonly number[]): number =>
  axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);

const ascending = (a: number, b: number): number => a - b;
