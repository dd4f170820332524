import type { FusedBatchNormAttrs, LRNAttrs } from "@tensorflow/tfjs";
import { binary, matMul, reduce, reshape, sizeOf, type Value, unary } from "../../onnx/index.ts";
import { kernel, type Kernels } from "../kernel.ts";

/** x less its largest entry along the last axis, so that no exponential overflows. */
function shifted(x: Value): Value {
  return binary("Sub", x, reduce("ReduceMax", x, [x.shape.length - 1], true));
}

const sumLast = (x: Value): Value => reduce("ReduceSum", x, [x.shape.length - 1], true);

/** The sum over the channels at most `radius` away, for each channel: x times a matrix of ones in a band. */
function sumNearby(x: Value, radius: number): Value {
  const channels = x.shape.at(-1) as number;
  const band = Array.from({ length: channels ** 2 }, (_, i) =>
    Number(Math.abs(Math.floor(i / channels) - (i % channels)) <= radius),
  );
  const rows = reshape(x, [sizeOf(x.shape.slice(0, -1)), channels]);
  return reshape(matMul(rows, x.graph.constant(band, [channels, channels], "float32")), x.shape);
}

/** bias + α Σ x² over nearby channels */
function nearbySquares(x: Value, { depthRadius, bias, alpha }: LRNAttrs): Value {
  const sum = sumNearby(binary("Mul", x, x), depthRadius);
  return binary("Add", binary("Mul", sum, x.graph.scalar(alpha)), x.graph.scalar(bias));
}

export const normalization: Kernels = {
  Softmax: kernel<"logits">(({ logits }) => {
    const weights = unary("Exp", shifted(logits));
    return binary("Div", weights, sumLast(weights));
  }),
  /** (x − mean) / √(variance + ε) · scale + offset */
  FusedBatchNorm: kernel<"x" | "mean" | "variance" | "offset" | "scale", FusedBatchNormAttrs>(
    ({ x, mean, variance, offset, scale }, { varianceEpsilon }, graph) => {
      const std = unary("Sqrt", binary("Add", variance, graph.scalar(varianceEpsilon)));
      const factor = binary("Div", scale ?? graph.scalar(1), std);
      return binary("Add", binary("Mul", binary("Sub", x, mean), factor), offset ?? graph.scalar(0));
    },
  ),
  /** y = x s^−β, with s = bias + α Σ x² */
  LRN: kernel<"x", LRNAttrs>(({ x }, attributes, graph) =>
    binary("Mul", x, binary("Pow", nearbySquares(x, attributes), graph.scalar(-attributes.beta))),
  ),
  /** dx = dy s^−β − 2 α β x Σ (dy y / s) */
  LRNGrad: kernel<"x" | "y" | "dy", LRNAttrs>(({ x, y, dy }, attributes, graph) => {
    const { alpha, beta, depthRadius } = attributes;
    const s = nearbySquares(x, attributes);
    const own = binary("Mul", dy, binary("Pow", s, graph.scalar(-beta)));
    const others = sumNearby(binary("Div", binary("Mul", dy, y), s), depthRadius);
    return binary("Sub", own, binary("Mul", binary("Mul", x, others), graph.scalar(2 * alpha * beta)));
  }),
};
