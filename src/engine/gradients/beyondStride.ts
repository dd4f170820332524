import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replaceKernel.ts";
import { runKernel } from "./gradient.ts";
import { type Padding, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;
type Attributes = { strides: number | number[]; pad: Padding; filterSize?: number | number[] };

/**
 * Convolutions and pools of volumes whose stride reaches beyond what the filter covers, padded as "same".
 *
 * tfjs-core then computes a negative padding, and the first window starts inside the volume. Here the volume is cut
 * to what the windows see, where no padding is left. Calling it again does nothing.
 */
export function repairStridesOfVolumes(backendName: string): void {
  for (const kernelName of ["Conv3D", "AvgPool3D"]) {
    if (!tf.getKernel(kernelName, backendName)) continue;
    replaceKernel(kernelName, backendName, repairStridesOfVolumes, stock => call => {
      const { x, ...others } = call.inputs as { x: Tensor; filter?: Tensor };
      const attributes = call.attrs as unknown as Attributes;
      const seen = attributes.pad === "same" ? seenOf(x, others.filter, attributes) : x.shape;
      if (seen.join() === x.shape.join()) return (stock as tf.KernelFunc)(call);
      const cut = () => ({ ...others, x: x.slice([0, 0, 0, 0, 0], seen) }) as tf.NamedTensorMap;
      return tf.tidy(() => runKernel(kernelName, cut(), call.attrs as object));
    });
  }
}

/** The shape of x without what lies behind the last window. */
function seenOf(x: Tensor, filter: Tensor | undefined, { strides, pad, filterSize = 1 }: Attributes): number[] {
  const size = filter?.shape.slice(0, 3) ?? (typeof filterSize === "number" ? Array(3).fill(filterSize) : filterSize);
  const { out, strides: steps, cells } = windowsOf(x.shape, size, strides, pad);
  const reach = out.map((n, axis) => (n - 1) * (steps[axis] as number) + (cells[axis] as number));
  return x.shape.map((length, axis) => Math.min(length, reach[axis - 1] ?? length));
}
