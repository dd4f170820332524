import * as tf from "@tensorflow/tfjs";
import { liveValues, sizeOf, type Value } from "./onnx/index.ts";
import { outputsOf, type Trace } from "./trace/index.ts";

/**
 * Whether a function is quicker eagerly than by its graph, for which all that goes in and out is copied.
 *
 * So it is where little is computed of much: the wasm backend takes 0.2 ns for an entry of a sum, a product or a relu,
 * and two copies of it take eight times as long. It depends on shapes alone, so that the same call gives the same bits.
 */
export function isQuickerEager(trace: Trace): boolean {
  const { states, draws, checks } = trace;
  // What other steps have in their graphs would have to be written to the variables first.
  if (tf.getBackend() !== "wasm" || states.length + draws.length + checks.length > 0) return false;
  const outputs = outputsOf(trace);
  const moved = [...trace.arguments, ...outputs].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const eager = liveValues(outputs).reduce((sum, value) => sum + eagerTime(value), 0);
  return eager < CLEARLY * (CALL + COPY * moved);
}

/** Nanoseconds; 0 of what is but a part of a kernel. */
function eagerTime({ kernel, shape, inputs }: Value): number {
  if (kernel === undefined) return 0;
  const size = Math.max(sizeOf(shape), ...inputs.map(input => sizeOf(input.shape)));
  return KERNEL + size * (QUICK.has(kernel) ? ENTRY : SLOW_ENTRY);
}

/** In nanoseconds: a call of a graph; an entry on its way in or out; a kernel, and an entry of it where it is quick or not. */
const [CALL, COPY, KERNEL, ENTRY, SLOW_ENTRY] = [8000, 0.8, 3000, 0.25, 6];

/** Where the two are near each other, the graph is taken: it keeps its pace beside other work. */
const CLEARLY = 0.8;

/** What the wasm backend does by vectors or as one copy. */
const QUICK = new Set([
  "Abs",
  "Add",
  "ClipByValue",
  "Concat",
  "Elu",
  "Fill",
  "Floor",
  "Identity",
  "LeakyRelu",
  "Max",
  "Min",
  "Multiply",
  "Neg",
  "OneHot",
  "Pack",
  "PadV2",
  "RealDiv",
  "Relu",
  "Relu6",
  "Reshape",
  "Round",
  "Softmax",
  "Square",
  "SquaredDifference",
  "Step",
  "Sub",
  "Transpose",
]);
