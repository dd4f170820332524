import type * as tf from "@tensorflow/tfjs";
import { type Padding, type Windows, windowsOf } from "./gradients/windows.ts";
import { replaceKernel } from "./replaceKernel.ts";
import type { WasmBackend } from "./wasmBackend.ts";

/** What the kernel uses of the backend, whose type tfjs keeps to itself. */
interface Pooling {
  filterSize: number | number[];
  strides: number | number[];
  pad: Padding;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * `dx[i] = Σ dy[p]` over the windows p of which i is the first largest pixel, on the wasm backend.
 *
 * Its own kernel is wrong where windows overlap, where all pixels are negative, and where several are largest. Call it
 * once the backend is wasm; calling it again does nothing.
 */
export function repairWasmPools(): void {
  replaceKernel("MaxPoolGrad", "wasm", repairWasmPools, () => call => {
    const { dy, input } = call.inputs as { dy: tf.TensorInfo; input: tf.TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as Pooling;
    const cells = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
    const windows = windowsOf(input.shape, cells, strides, pad, dimRoundingMode);
    const backend = call.backend as WasmBackend;
    const result = backend.makeOutput(input.shape, "float32");
    // The views are taken after the allocation, which may move the heap.
    const [x, shares, dx] = [input, dy, result].map(tensor => backend.typedArrayFromHeap(tensor));
    spread(windows, input.shape, x as Float32Array, shares as Float32Array, dx as Float32Array);
    return result;
  });
}

function spread(w: Windows, shape: readonly number[], x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const [rows, columns] = w.cells as [number, number];
  const [down, across] = w.strides as [number, number];
  const [outHeight, outWidth] = w.out as [number, number];
  const [top, left] = w.before as [number, number];
  dx.fill(0);
  let place = 0;
  for (let image = 0; image < batch; image++) {
    for (let i = 0; i < outHeight; i++) {
      const firstRow = Math.max(0, i * down - top);
      const endRow = Math.min(height, i * down - top + rows);
      for (let j = 0; j < outWidth; j++) {
        const firstColumn = Math.max(0, j * across - left);
        const endColumn = Math.min(width, j * across - left + columns);
        for (let channel = 0; channel < channels; channel++) {
          let largest = -1;
          for (let row = firstRow; row < endRow; row++) {
            const start = ((image * height + row) * width + firstColumn) * channels + channel;
            const end = start + (endColumn - firstColumn) * channels;
            for (let at = start; at < end; at += channels) {
              if (largest < 0 || (x[at] as number) > (x[largest] as number)) largest = at;
            }
          }
          if (largest >= 0) dx[largest] = (dx[largest] as number) + (dy[place] as number);
          place++;
        }
      }
    }
  }
}
