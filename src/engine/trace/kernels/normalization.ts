import type { FusedBatchNormAttrs } from "@tensorflow/tfjs";
import { binary, reduce, type Value, unary } from "../../onnx/index.ts";
import { kernel, type Kernels } from "../kernel.ts";

/** x less its largest entry along the last axis, so that no exponential overflows. */
function shifted(x: Value): Value {
  return binary("Sub", x, reduce("ReduceMax", x, [x.shape.length - 1], true));
}

const sumLast = (x: Value): Value => reduce("ReduceSum", x, [x.shape.length - 1], true);

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
};
