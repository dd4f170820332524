/**
 * A graph of tensor operations, simplified as it is written down, and run by onnxruntime-node.
 *
 * `graph.ts` has the values; `elementwise`, `layout`, `reduction` and `matMul` make new ones from old ones and hold
 * the rules that simplify; `model.ts` writes the file format; `session.ts` runs it.
 */
export { threadsFor } from "./cost.ts";
export { binary, cast, unary } from "./elementwise.ts";
export { type Attribute, type Data, type DataType, entriesOf, Graph, liveValues, type Value } from "./graph.ts";
export {
  BEFORE_THE_FIRST,
  concat,
  expand,
  narrow,
  pad,
  reshape,
  reverse,
  slice,
  stridedSlice,
  take,
  transpose,
  where,
} from "./layout.ts";
export { matMul } from "./matMul.ts";
export { nameOf, writeModel } from "./model.ts";
export { type Reduction, reduce } from "./reduction.ts";
export { type Bindings, loadRuntime, type Runtime, type Session, type Slot } from "./session.ts";
export { broadcastShape, positiveAxis, sameShape, sizeOf, withLengths } from "./shapes.ts";
