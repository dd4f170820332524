import type * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "./replaceKernel.ts";
import type { Entries, WasmBackend } from "./wasmBackend.ts";

/** What the kernels use of the backend, whose type tfjs keeps to itself. */
/**
 * Functions of each entry by itself that the wasm backend has wrong.
 *
 * A cast to bool stores the numbers as bytes: ½ becomes false, −1 the byte 255, and sums of such truths are wrong.
 * Clipping takes the bits of whole numbers for floats. log(1 + x) loses the digits of a small x.
 *
 * Call it once the backend is wasm; calling it again does nothing.
 */
export function repairWasmElementwise(): void {
  repair("Cast", ({ dtype }, x) =>
    dtype === "bool" && isNumeric(x) ? ["bool", number => Number(number !== 0)] : undefined,
  );
  repair("ClipByValue", ({ clipValueMin, clipValueMax }, x) => {
    return x === "int32" ? [x, number => Math.min(Math.max(number, clipValueMin), clipValueMax)] : undefined;
  });
  repair("Log1p", (_, x) => (x === "float32" ? [x, Math.log1p] : undefined));
}

type Attributes = { dtype: tf.DataType; clipValueMin: number; clipValueMax: number };
type Entrywise = [dtype: tf.DataType, f: (number: number) => number] | undefined;

/** Replaces a kernel for the types for which `choose` has a function; the others keep it. */
function repair(kernelName: string, choose: (attributes: Attributes, dtype: tf.DataType) => Entrywise): void {
  replaceKernel(kernelName, "wasm", repairWasmElementwise, stock => call => {
    const { x } = call.inputs as { x: tf.TensorInfo };
    const chosen = choose(call.attrs as unknown as Attributes, x.dtype);
    if (chosen === undefined) return (stock as tf.KernelFunc)(call);
    const [dtype, f] = chosen;
    const backend = call.backend as WasmBackend;
    const result = backend.makeOutput(x.shape, dtype);
    // Both views are taken after the allocation, which may move the heap.
    const given = backend.typedArrayFromHeap<Entries>(x);
    const made = backend.typedArrayFromHeap<Entries>(result);
    for (let i = 0; i < given.length; i++) made[i] = f(given[i] as number);
    return result;
  });
}

const isNumeric = (dtype: tf.DataType): boolean => dtype === "float32" || dtype === "int32";
