import { type Tensor, tensor2d } from "@tensorflow/tfjs";
import { assertTensor, type Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";

/** Where x goes, and by how much the space around it is stretched: log |det ∂z/∂x|. */
export interface Transformed {
  /** [batch, d] */
  z: Tensor;
  /** [batch], in nats */
  logDet: Tensor;
}

/**
 * `z = f(x)`, differentiable and invertible, with `log |det ∂f/∂x|`: a layer of a flow.
 *
 * From data to latents, as in training: `forward` takes x: [batch, d]. `random` is for the few that estimate their
 * log-determinant.
 */
export interface Bijection {
  readonly parameters: Parameters;
  forward(x: Tensor, random?: Random): Transformed;
  /** x = f⁻¹(z). [batch, d] -> [batch, d] */
  inverse(z: Tensor): Tensor;
  /** x = f⁻¹(z) with log |det ∂x/∂z|, where both come out of one pass. */
  inverseWithLogDet?(z: Tensor): { x: Tensor; logDet: Tensor };
}

/** x = f⁻¹(z) with log |det ∂x/∂z| = −log |det ∂f/∂x|, which takes a forward pass where the layer has no better way. */
export function inverseWithLogDet(bijection: Bijection, z: Tensor): { x: Tensor; logDet: Tensor } {
  if (bijection.inverseWithLogDet) return bijection.inverseWithLogDet(z);
  const x = bijection.inverse(z);
  return { x, logDet: bijection.forward(x).logDet.neg() };
}

/** Throws unless x is [batch, d] with the d of the layer. */
export function assertRows(what: string, x: Tensor, d: number): void {
  assertTensor(what, "x", x);
  if (x.rank === 2 && x.shape[1] === d) return;
  throw new RangeError(`${what}: x must be [batch, ${d}], but got shape [${x.shape}]; reshape it to rows of ${d}.`);
}

/** e_i, as a row: [1, d]. (tf.oneHot wants d > 1.) */
export function unitRow(i: number, d: number): Tensor {
  return tensor2d([Array.from({ length: d }, (_, j) => (j === i ? 1 : 0))]);
}
