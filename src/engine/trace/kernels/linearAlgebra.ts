import type { _FusedMatMulAttrs, BatchMatMulAttrs, fused } from "@tensorflow/tfjs";
import { binary, matMul, type Value, unary } from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";
import { kernel, type Kernels } from "../kernel.ts";

export const linearAlgebra: Kernels = {
  BatchMatMul: kernel<"a" | "b", BatchMatMulAttrs>(({ a, b }, { transposeA, transposeB }) =>
    matMul(a, b, transposeA, transposeB),
  ),
  _FusedMatMul: kernel<"a" | "b" | "bias", _FusedMatMulAttrs>(({ a, b, bias }, attributes) => {
    const product = matMul(a, b, attributes.transposeA, attributes.transposeB);
    return activate(bias === undefined ? product : binary("Add", product, bias), attributes.activation);
  }),
};

type Activation = Parameters<typeof fused.matMul>[0]["activation"];

/** The activation that a fused kernel ends with. */
export function activate(x: Value, activation: Activation = "linear"): Value {
  if (activation === "linear") return x;
  const operator = { relu: "Relu", sigmoid: "Sigmoid", elu: "Elu", tanh: "Tanh" }[activation as string];
  if (operator !== undefined) return unary(operator, x);
  throw new TraceError(
    `compile: the activation of a fused kernel must be relu, sigmoid, elu or tanh, but got ${activation}`,
  );
}
