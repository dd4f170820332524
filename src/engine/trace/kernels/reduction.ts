import * as tf from "@tensorflow/tfjs";
import type { ArgMaxAttrs, CumprodAttrs, CumsumAttrs, MaxAttrs, SumAttrs, TopKAttrs } from "@tensorflow/tfjs";
import {
  binary,
  cast,
  pad,
  positiveAxis,
  type Reduction,
  reduce,
  reverse,
  sizeOf,
  slice,
  type Value,
  withLengths,
} from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";
import { type Kernel, kernel, type Kernels, numeric } from "../kernel.ts";

/** tfjs calls the axes `axis` in some kernels and `reductionIndices` in others. */
type Axes = Partial<SumAttrs & MaxAttrs>;

const axesOf = (x: Value, { axis, reductionIndices }: Axes): number[] =>
  tf.util.parseAxisParam(axis ?? reductionIndices ?? [...x.shape.keys()], [...x.shape]);

const over = (reduction: Reduction) =>
  kernel<"x", Axes>(({ x }, attributes) =>
    reduce(reduction, numeric(x), axesOf(x, attributes), attributes.keepDims ?? false),
  );

/** A reduction of which nothing is left to compute where there are no entries: then it is `ofNothing`. */
const overSome =
  (reduce: Kernel, ofNothing: number): Kernel =>
  (inputs, attributes, graph) => {
    const { x } = inputs as { x: Value };
    const made = reduce(inputs, attributes, graph) as Value;
    return sizeOf(x.shape) > 0 ? made : graph.fill(ofNothing, made.shape, made.dtype);
  };

/** A position, which there is none of among no entries. */
const someEntries =
  (find: Kernel): Kernel =>
  (inputs, attributes, graph) => {
    const { x } = inputs as { x: Value };
    const made = find(inputs, attributes, graph);
    if (sizeOf(x.shape) > 0 || sizeOf((made as Value).shape) === 0) return made;
    throw new TraceError(`compile: an argMax or argMin must be of some entries, but got shape [${x.shape}]`);
  };

const truth = (reduction: Reduction) =>
  kernel<"x", Axes>(({ x }, attributes) =>
    cast(reduce(reduction, cast(x, "int32"), axesOf(x, attributes), attributes.keepDims ?? false), "bool"),
  );

const position = (operator: string) =>
  kernel<"x", ArgMaxAttrs>(({ x }, { axis }) => {
    const [removed] = tf.util.parseAxisParam(axis, [...x.shape]) as [number];
    const shape = x.shape.filter((_, i) => i !== removed);
    return cast(x.graph.node(operator, [numeric(x)], shape, "int64", { axis: removed, keepdims: 0 }), "int32");
  });

export const reduction: Kernels = {
  Sum: over("ReduceSum"),
  Mean: overSome(
    kernel<"x", Axes>(({ x }, attributes) =>
      reduce("ReduceMean", cast(x, "float32"), axesOf(x, attributes), attributes.keepDims ?? false),
    ),
    Number.NaN,
  ),
  Max: overSome(over("ReduceMax"), -Infinity),
  Min: overSome(over("ReduceMin"), Infinity),
  Prod: overSome(over("ReduceProd"), 1),
  All: overSome(truth("ReduceMin"), 1),
  Any: overSome(truth("ReduceMax"), 0),
  ArgMax: someEntries(position("ArgMax")),
  ArgMin: someEntries(position("ArgMin")),
  Cumsum: kernel<"x", CumsumAttrs>(({ x }, { axis, exclusive, reverse }, graph) => {
    const at = graph.scalar(positiveAxis(axis, x.shape.length), "int32");
    const attributes = { exclusive: Number(exclusive), reverse: Number(reverse) };
    return graph.node("CumSum", [numeric(x), at], x.shape, numeric(x).dtype, attributes);
  }),
  /** Windows that double: ⌈log₂ n⌉ products of x with itself, moved along. */
  Cumprod: kernel<"x", CumprodAttrs>(({ x }, { axis, exclusive, reverse: backward }) => {
    const along = positiveAxis(axis, x.shape.length);
    const turned = (value: Value) => (backward ? reverse(value, [along]) : value);
    let product = turned(numeric(x));
    if (exclusive) product = moved(product, along, 1);
    for (let width = 1; width < (x.shape[along] as number); width *= 2) {
      product = binary("Mul", product, moved(product, along, width));
    }
    return turned(product);
  }),
  /** The indices come from TopK, which puts the first of equals first, and the values from there. */
  TopK: kernel<"x", TopKAttrs>(({ x }, { k }, graph) => {
    const axis = x.shape.length - 1;
    const shape = withLengths(x.shape, { [axis]: k });
    const indices = graph.node("TopK:1", [numeric(x), graph.integers([k])], shape, "int64", { axis });
    return [graph.node("GatherElements", [x, indices], shape, x.dtype, { axis }), cast(indices, "int32")];
  }),
};

/** x with its entries moved along an axis; ones take their place. */
function moved(x: Value, axis: number, places: number): Value {
  const length = x.shape[axis] as number;
  const zeros = x.shape.map(() => 0);
  const kept = slice(x, zeros, withLengths(x.shape, { [axis]: Math.max(0, length - places) }));
  return pad(kept, withLengths(zeros, { [axis]: Math.min(length, places) }), zeros, 1);
}
