import type { Value } from "./graph.ts";
import { broadcastShape, sameShape, sizeOf, withLengths } from "./shapes.ts";

/** x repeated to a larger shape. Written down, but done only where an operator cannot broadcast by itself. */
export function expand(x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.fill !== undefined) return x.graph.fill(x.fill, shape, x.dtype);
  const narrow = x.operator === "Expand" ? (x.inputs[0] as Value) : x;
  return x.graph.node("Expand", [narrow, x.graph.integers(shape)], shape, x.dtype);
}

/** x before it was repeated: enough for an operator that broadcasts. */
export function narrow(x: Value): Value {
  if (x.fill !== undefined) return x.graph.scalar(x.fill, x.dtype);
  return x.operator === "Expand" ? (x.inputs[0] as Value) : x;
}

export function reshape(x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.fill !== undefined) return x.graph.fill(x.fill, shape, x.dtype);
  if (x.data !== undefined) return x.graph.reshaped(x, shape);
  const source = x.inputs[0];
  if (x.operator === "Reshape" && source !== undefined) return reshape(source, shape);
  if (x.operator === "Expand" && source !== undefined && sizeOf(source.shape) === 1) {
    return expand(reshape(source, []), shape);
  }
  return x.graph.node("Reshape", [x, x.graph.integers(shape)], shape, x.dtype);
}

export function transpose(x: Value, permutation: readonly number[]): Value {
  const shape = permutation.map(axis => x.shape[axis] as number);
  if (x.fill !== undefined) return x.graph.fill(x.fill, shape, x.dtype);
  if (x.operator === "Transpose") {
    const before = x.attributes.perm as readonly number[];
    return transpose(
      x.inputs[0] as Value,
      permutation.map(axis => before[axis] as number),
    );
  }
  // Where only axes of length 1 move, the entries stay where they are.
  const moving = permutation.filter(axis => x.shape[axis] !== 1);
  if (moving.every((axis, i) => i === 0 || axis > (moving[i - 1] as number))) return reshape(x, shape);
  return x.graph.node("Transpose", [x], shape, x.dtype, { perm: permutation });
}

/** The block of x that starts at `begin`. */
export function slice(x: Value, begin: readonly number[], size: readonly number[]): Value {
  if (sameShape(size, x.shape)) return x;
  if (x.fill !== undefined) return x.graph.fill(x.fill, size, x.dtype);
  const axes = [...x.shape.keys()].filter(axis => size[axis] !== x.shape[axis]);
  return stridedSlice(
    x,
    axes,
    axes.map(axis => begin[axis] as number),
    axes.map(axis => (begin[axis] as number) + (size[axis] as number)),
    axes.map(() => 1),
    size,
  );
}

/** x[begin : end : stride] along each of `axes`. */
export function stridedSlice(
  x: Value,
  axes: readonly number[],
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  shape: readonly number[],
): Value {
  const positions = [begin, end, axes, strides].map(list => x.graph.integers(list));
  return x.graph.node("Slice", [x, ...positions], shape, x.dtype);
}

export function reverse(x: Value, axes: readonly number[]): Value {
  const all = (position: number) => axes.map(() => position);
  return stridedSlice(x, axes, all(-1), all(BEFORE_THE_FIRST), all(-1), x.shape);
}

/** The end of a backward slice that takes the first entry, too: −1 would be the last. */
export const BEFORE_THE_FIRST = -(2 ** 31);

/** The entries of x at some positions along an axis. */
export function take(x: Value, axis: number, positions: readonly number[]): Value {
  const shape = withLengths(x.shape, { [axis]: positions.length });
  return x.graph.node("Gather", [x, x.graph.integers(positions)], shape, x.dtype, { axis });
}

export function concat(parts: readonly Value[], axis: number): Value {
  const [first] = parts as [Value];
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
  const shape = first.shape.map((old, i) => (i === axis ? length : old));
  return first.graph.node("Concat", parts, shape, first.dtype, { axis });
}

/** x with a border of one number. Lengths are never negative: with mixed signs, onnxruntime returns its input. */
export function pad(x: Value, before: readonly number[], after: readonly number[], number: number): Value {
  const shape = x.shape.map((length, axis) => length + (before[axis] as number) + (after[axis] as number));
  if (sameShape(shape, x.shape)) return x;
  if (sizeOf(x.shape) === 0) return x.graph.fill(number, shape, x.dtype);
  const border = x.graph.integers([...before, ...after]);
  return x.graph.node("Pad", [x, border, x.graph.scalar(number, x.dtype)], shape, x.dtype, { mode: "constant" });
}

/** condition ? a : b, entry by entry; the three broadcast. */
export function where(condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(broadcastShape(condition.shape, a.shape), b.shape);
  const inputs = [condition, a, b].map(narrow) as [Value, Value, Value];
  const own = inputs.map(input => input.shape).reduce(broadcastShape);
  return expand(condition.graph.node("Where", inputs, own, a.dtype), shape);
}
