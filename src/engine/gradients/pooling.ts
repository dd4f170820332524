import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replaceKernel.ts";
import { gradient, noGradient, runKernel } from "./gradient.ts";
import { cellsOf, over, type Padding, padded, under, type Windows, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;

interface Pooling {
  filterSize: number | number[];
  strides: number | number[];
  pad: Padding;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** The windows of a pooling in two dimensions or in three. */
function windows(x: Tensor, { filterSize, strides, pad, dimRoundingMode }: Pooling): Windows {
  const cells = typeof filterSize === "number" ? x.shape.slice(2).map(() => filterSize) : filterSize;
  return windowsOf(x.shape, cells, strides, pad, dimRoundingMode);
}

/**
 * Has `dx[i] = Σ dy[p] / n[p]`, over the windows p that i is in, count the pixels n[p] that are in window p.
 *
 * The kernels of the cpu and wasm backends divide by the size of the filter at the borders, too, where part of it
 * lies outside of the image; so they serve only where there is no padding.
 */
export function repairAverages(backendName: string): void {
  replaceKernel("AvgPoolGrad", backendName, repairAverages, stock => call => {
    const { dy, input } = call.inputs as { dy: Tensor; input: Tensor };
    const attributes = call.attrs as unknown as Pooling;
    const space = input.shape.slice(1, -1);
    const isPadded = windows(input, attributes).padded.some((length, axis) => length !== space[axis]);
    return isPadded ? tf.tidy(() => sharesOf(dy, input, attributes)) : (stock as tf.KernelFunc)(call);
  });
}

function sharesOf(dy: Tensor, x: Tensor, attributes: Pooling): Tensor {
  const w = windows(x, attributes);
  const ones = padded(w, tf.ones([1, ...x.shape.slice(1, -1), 1]));
  const counts = tf.addN(cellsOf(w).map(cell => under(w, cell, ones)));
  const share = dy.div(counts);
  return tf.addN(cellsOf(w).map(cell => over(w, cell, share, x.shape)));
}

/** Which entries of each window attain its maximum y, the first where several do: one tensor for each cell. */
function attaining(w: Windows, x: Tensor, y: Tensor): Tensor[] {
  const images = padded(w, x, Number.NEGATIVE_INFINITY);
  let open: Tensor = tf.onesLike(y);
  return cellsOf(w).map(cell => {
    const attains = under(w, cell, images).equal(y).cast("float32").mul(open);
    open = open.sub(attains);
    return attains;
  });
}

/** Means of windows: the sum of what is under each cell, over the pixels that a window has. */
function meansOf(x: Tensor, attributes: Pooling): Tensor {
  const w = windows(x, attributes);
  const [images, ones] = [padded(w, x), padded(w, tf.ones([1, ...x.shape.slice(1, -1), 1]))];
  const sum = (of: Tensor) => tf.addN(cellsOf(w).map(cell => under(w, cell, of)));
  return sum(images).div(sum(ones));
}

/** Pools of volumes as kernels, made of other kernels; of images, too, where a backend has none that can. */
export const poolingKernels = {
  AvgPool3DGrad: ({ dy, input }: { dy: Tensor; input: Tensor }, attributes: Pooling) => sharesOf(dy, input, attributes),

  MaxPool3D({ x }: { x: Tensor }, attributes: Pooling): Tensor {
    const w = windows(x, attributes);
    const images = padded(w, x, Number.NEGATIVE_INFINITY);
    return cellsOf(w)
      .map(cell => under(w, cell, images))
      .reduce((largest, each) => largest.maximum(each));
  },

  MaxPool3DGrad({ dy, input, output }: { dy: Tensor; input: Tensor; output: Tensor }, attributes: Pooling): Tensor {
    const w = windows(input, attributes);
    const cells = cellsOf(w);
    const shares = attaining(w, input, output).map((attains, i) =>
      over(w, cells[i] as number[], attains.mul(dy), input.shape),
    );
    return tf.addN(shares);
  },
};

/** Pools of images with a padding in numbers. */
export const paddedPools = {
  AvgPool: ({ x }: { x: Tensor }, attributes: Pooling) => meansOf(x, attributes),
  AvgPoolGrad: poolingKernels.AvgPool3DGrad,
  MaxPool: poolingKernels.MaxPool3D,
  MaxPoolGrad: poolingKernels.MaxPool3DGrad,
};

/** Pooling by means is linear: what takes dy to dx is turned round by the pooling itself. */
const ofAverages = (kernelName: string) =>
  gradient<[Tensor], Pooling>(`${kernelName}Grad`, { inputs: ["input"] }, (ddx, [x], attributes) => ({
    dy: () => runKernel(kernelName, { x: ddx }, attributes),
    input: () => noGradient(x),
  }));

/** `ddy[p] = ddx[i]` for the pixel i of window p that attains its maximum, the first where several do. */
const ofMaxima = (kernelName: string) =>
  gradient<[Tensor, Tensor], Pooling>(
    `${kernelName}Grad`,
    { inputs: ["input", "output"] },
    (ddx, [x, y], attributes) => ({
      dy: () => {
        const w = windows(x, attributes);
        const [cells, dImages] = [cellsOf(w), padded(w, ddx)];
        const chosen = attaining(w, x, y).map((attains, i) => under(w, cells[i] as number[], dImages).mul(attains));
        return tf.addN(chosen);
      },
      input: () => noGradient(x),
      output: () => noGradient(y),
    }),
  );

export const poolingGradients: tf.GradConfig[] = ["AvgPool", "AvgPool3D"]
  .map(ofAverages)
  .concat(["MaxPool", "MaxPool3D"].map(ofMaxima));
