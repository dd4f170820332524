import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "./replaceKernel.ts";
import type { WasmBackend } from "./wasmBackend.ts";

/**
 * Sums, products, extrema and means over an axis of length 0: 0, 1, ∓∞ and NaN.
 *
 * The kernels of the wasm backend write nothing there, so that what memory held before came out, and those of cpu
 * take 0 for the mean and NaN for an extremum. The same goes for products of matrices [n, 0] and [0, m] and for
 * convolutions of no channels, whose every entry is a sum of nothing. Calling it again does nothing.
 */
export function repairEmptyReductions(backendName: "cpu" | "wasm"): void {
  for (const [name, value] of Object.entries(ofNothing)) {
    replaceKernel(name, backendName, repairEmptyReductions, stock => call => {
      const result = (stock as tf.KernelFunc)(call);
      const inputs = Object.values(call.inputs).filter(input => input != null);
      if (inputs.some(({ shape }) => shape.includes(0))) fill(call.backend as Backend, result as tf.TensorInfo, value);
      return result;
    });
  }
  if (backendName === "wasm") replaceKernel("Conv2D", "wasm", repairEmptyReductions, convolutionOfNothing);
}

/** What is used of wasm and of cpu, which has no heap. */
type Backend = Pick<WasmBackend, "makeOutput"> &
  Partial<WasmBackend> & { data: { get(dataId: object): { values: Float32Array } } };

function fill(backend: Backend, tensor: tf.TensorInfo, value: number): void {
  if (tensor.shape.includes(0)) return;
  const entries = backend.typedArrayFromHeap?.(tensor) ?? backend.data.get(tensor.dataId).values;
  entries.fill(value);
}

/** XNNPACK, which the backend hands convolutions to, refuses empty ones without a word that a program could read. */
function convolutionOfNothing(stock: tf.KernelFunc | undefined): tf.KernelFunc {
  return call => {
    const { x, filter } = call.inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
    if (![...x.shape, ...filter.shape].includes(0)) return (stock as tf.KernelFunc)(call);
    const { strides, pad, dataFormat, dilations, dimRoundingMode } = call.attrs as unknown as tf.Conv2DAttrs;
    const { outShape } = tf.backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filter.shape as [number, number, number, number],
      strides,
      dilations,
      pad,
      dimRoundingMode,
      false,
      tf.backend_util.convertConv2DDataFormat(dataFormat),
    );
    const backend = call.backend as Backend;
    const result = backend.makeOutput(outShape, "float32");
    fill(backend, result, 0);
    return result;
  };
}

const ofNothing = {
  Sum: 0,
  Mean: Number.NaN,
  Prod: 1,
  Max: -Infinity,
  Min: Infinity,
  Any: 0,
  All: 1,
  BatchMatMul: 0,
};
