import { sameShape, sizeOf } from "./shapes.ts";

export type DataType = "float32" | "int32" | "bool" | "int64";
export type Data = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** An attribute of an ONNX operator; a plain number is an integer there. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** One tensor of a graph, together with the node that makes it. */
export interface Value {
  readonly graph: Graph;
  readonly id: number;
  /** An ONNX operator, or `Input` or `Constant`; `TopK:1` is the second output of TopK. */
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The one number that every entry is equal to, where that is known. */
  readonly fill?: number;
  /** The entries of a constant that is not a fill. */
  readonly data?: Data;
  /** The tfjs kernel this value came from, for messages. */
  kernel?: string;
  /** A cheaper way to make this value, good only for being multiplied by the given constant of zeros and ones. */
  masked?: (mask: Value) => Value | undefined;
}

/**
 * A computation as it is written down: values that know the operator and the values they are made from.
 *
 * Asking twice for the same node gives the same value, so common subexpressions are computed once.
 */
export class Graph {
  private count = 0;
  private readonly known = new Map<string, Value>();

  node(
    operator: string,
    inputs: readonly Value[],
    shape: readonly number[],
    dtype: DataType,
    attributes: Value["attributes"] = {},
  ): Value {
    // onnxruntime refuses many operators on empty tensors; there, nothing is left to compute.
    if (isEmpty(shape) || (sums.has(operator) && inputs.some(input => isEmpty(input.shape)))) {
      return this.fill(0, shape, dtype);
    }
    const key = [operator, inputs.map(input => input.id), shape, dtype, JSON.stringify(attributes)].join("|");
    return this.once(key, () => this.value({ operator, inputs, shape, dtype, attributes }));
  }

  /** A value that comes from outside at every run. */
  input(shape: readonly number[], dtype: DataType): Value {
    return this.value({ operator: "Input", inputs: [], shape, dtype, attributes: {} });
  }

  /** One number in every entry. */
  fill(number: number, shape: readonly number[], dtype: DataType): Value {
    const fill = dtype === "float32" ? Math.fround(number) : number;
    const key = ["fill", Object.is(fill, -0) ? "-0" : fill, shape, dtype].join("|");
    return this.once(key, () => this.value({ operator: "Constant", inputs: [], shape, dtype, attributes: {}, fill }));
  }

  scalar(number: number, dtype: DataType = "float32"): Value {
    return this.fill(number, [], dtype);
  }

  constant(values: ArrayLike<number>, shape: readonly number[], dtype: DataType): Value {
    const first = values[0];
    if (first !== undefined && Array.prototype.every.call(values, value => Object.is(value, first))) {
      return this.fill(first, shape, dtype);
    }
    return this.value({ operator: "Constant", inputs: [], shape, dtype, attributes: {}, data: typed(values, dtype) });
  }

  /** A list of int64, which is how ONNX takes shapes, axes and positions. */
  integers(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.once(`integers|${values}`, () =>
      this.value({ operator: "Constant", inputs: [], shape: [values.length], dtype: "int64", attributes: {}, data }),
    );
  }

  /** The same constant entries under another shape. */
  reshaped(constant: Value, shape: readonly number[]): Value {
    if (sameShape(constant.shape, shape)) return constant;
    return this.value({ ...constant, shape });
  }

  private once(key: string, make: () => Value): Value {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.known.set(key, made);
    return made;
  }

  private value(fields: Omit<Value, "graph" | "id">): Value {
    return { ...fields, graph: this, id: this.count++ };
  }
}

const isEmpty = (shape: readonly number[]): boolean => shape.includes(0);

/** Operators that add up products of their inputs: 0 where those are empty. */
const sums = new Set(["MatMul", "Gemm", "Conv", "ConvTranspose", "ReduceSum"]);

/** The values that the outputs are made from, each after those it is made from. */
export function liveValues(outputs: readonly Value[]): Value[] {
  const order: Value[] = [];
  const seen = new Set<Value>();
  // An explicit stack: a chain of some ten thousand nodes is deeper than JavaScript recurses.
  const stack = [...outputs].reverse().map(value => ({ value, next: 0 }));
  while (stack.length > 0) {
    const top = stack.at(-1) as { value: Value; next: number };
    if (top.next === 0 && seen.has(top.value)) {
      stack.pop();
      continue;
    }
    seen.add(top.value);
    const input = top.value.inputs[top.next++];
    if (input === undefined) {
      order.push(top.value);
      stack.pop();
    } else if (!seen.has(input)) {
      stack.push({ value: input, next: 0 });
    }
  }
  return order;
}

/** The entries of a constant, written out. */
export function entriesOf(constant: Value): Data {
  if (constant.data !== undefined) return constant.data;
  return typed(new Array<number>(sizeOf(constant.shape)).fill(constant.fill ?? 0), constant.dtype);
}

function typed(values: ArrayLike<number>, dtype: DataType): Data {
  if (dtype === "float32") return Float32Array.from(values);
  if (dtype === "int32") return Int32Array.from(values);
  if (dtype === "bool") return Uint8Array.from(values);
  return BigInt64Array.from(Array.from(values, BigInt));
}
