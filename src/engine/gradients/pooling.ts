import * as tf from "@tensorflow/tfjs";
import { gradient, noGradient, runKernel } from "./gradient.ts";
import { cellsOf, over, padded, under, type Windows, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;
type Resize = { alignCorners: boolean; halfPixelCenters: boolean };

interface Pooling {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "same" | "valid" | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

function windows(x: Tensor, { filterSize, strides, pad, dimRoundingMode }: Pooling): Windows {
  return windowsOf(
    x.shape,
    typeof filterSize === "number" ? [filterSize, filterSize] : filterSize,
    strides,
    pad,
    dimRoundingMode,
  );
}

/**
 * `dx[i] = Σ dy[p] / n[p]` over the windows p that i is in, where n[p] counts the pixels in window p.
 *
 * The kernels of the cpu and wasm backends divide by the size of the filter at the borders, too, where part of it
 * lies outside of the image; so they are used only where there is no padding.
 */
const avgPool = gradient<[Tensor], Pooling>("AvgPool", { inputs: ["x"] }, (dy, [x], attributes) => ({
  x: () => {
    const w = windows(x, attributes);
    const [, height, width] = x.shape;
    if (w.padded[0] === height && w.padded[1] === width) return runKernel("AvgPoolGrad", { dy, input: x }, attributes);
    const ones = padded(w, tf.ones([1, height as number, width as number, 1]));
    const counts = tf.addN(cellsOf(w).map(cell => under(w, cell, ones)));
    const share = dy.div(counts);
    return tf.addN(cellsOf(w).map(cell => over(w, cell, share, x.shape)));
  },
}));

/** Pooling by means is linear: what takes dy to dx is turned round by the pooling itself. */
const avgPoolGrad = gradient<[Tensor], Pooling>("AvgPoolGrad", { inputs: ["input"] }, (ddx, [x], attributes) => ({
  dy: () => runKernel("AvgPool", { x: ddx }, attributes),
  input: () => noGradient(x),
}));

/** `ddy[p] = ddx[i]` for the pixel i of window p that attains its maximum, the first where several do. */
const maxPoolGrad = gradient<[Tensor, Tensor], Pooling>(
  "MaxPoolGrad",
  { inputs: ["input", "output"] },
  (ddx, [x, y], attributes) => ({
    dy: () => {
      const w = windows(x, attributes);
      const [images, dImages] = [padded(w, x, Number.NEGATIVE_INFINITY), padded(w, ddx)];
      let open: Tensor = tf.onesLike(y);
      const chosen = cellsOf(w).map(cell => {
        const attains = under(w, cell, images).equal(y).cast("float32").mul(open);
        open = open.sub(attains);
        return under(w, cell, dImages).mul(attains);
      });
      return tf.addN(chosen);
    },
    input: () => noGradient(x),
    output: () => noGradient(y),
  }),
);

/** The second derivative of a resized image, which is linear in the image: what took dy to dx, turned round. */
const resizeGrad = (name: string) =>
  gradient<[Tensor, Tensor], Resize>(`${name}Grad`, { inputs: ["dy", "images"] }, (ddx, [dy, images], attributes) => ({
    dy: () => runKernel(name, { images: ddx.reshape(images.shape) }, { ...attributes, size: dy.shape.slice(1, 3) }),
    images: () => noGradient(images),
  }));

/** `dx` by the kernel for it, of which the cpu backend exchanges height and width in the shape, not in the values. */
const resizeBilinear = gradient<[Tensor], Resize>(
  "ResizeBilinear",
  { inputs: ["images"] },
  (dy, [images], attributes) => ({
    images: () => runKernel("ResizeBilinearGrad", { dy, images }, attributes).reshape(images.shape),
  }),
);

export const poolingGradients: tf.GradConfig[] = [
  avgPool,
  avgPoolGrad,
  maxPoolGrad,
  resizeBilinear,
  resizeGrad("ResizeBilinear"),
  resizeGrad("ResizeNearestNeighbor"),
];
