import type { Tensor } from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertMethods } from "../exact/check.ts";
import type { VQVAE } from "../models/index.ts";
import { straightThrough } from "../networks/index.ts";
import { stopGradient } from "./stopGradient.ts";

/** `|sg[z] − e|²`, summed over the last two axes: pulls the codes to the vectors, and leaves the encoder alone. [batch] */
export function codebookLoss(z: Tensor, e: Tensor): Tensor {
  assertTensor("codebookLoss", "z", z);
  return squaredDistance("codebookLoss", stopGradient(z), e);
}

/** `|z − sg[e]|²`, summed over the last two axes: pulls the vectors to their codes, and leaves the codes alone. [batch] */
export function commitmentLoss(z: Tensor, e: Tensor): Tensor {
  assertTensor("commitmentLoss", "e", e);
  return squaredDistance("commitmentLoss", z, stopGradient(e));
}

/** The parts of the loss of a VQ-VAE, and what its codebook is to follow. */
export interface VQParts {
  /** log p(x|k), in nats: [batch] */
  reconstruction: Tensor;
  codebook: Tensor;
  commitment: Tensor;
  /** [batch, places, d] */
  z: Tensor;
  /** [batch, places] */
  codes: Tensor;
}

/**
 * `loss(x) = −log p(x | z + sg[e − z]) + |sg[z] − e|² + β |z − sg[e]|²`, part by part.
 *
 * The straight-through step hands the decoder's gradient at e to the encoder at z. Where the codebook is a moving
 * average, as in `VQVAE`, the second term is left out. van den Oord, Vinyals & Kavukcuoglu, 2017, eq. 3.
 */
export function vqParts(model: VQVAE, x: Tensor): VQParts {
  assertMethods("vqParts", "model", model, ["encode", "decode"]);
  assertTensor("vqParts", "x", x);
  const z = model.encode(x);
  const codes = model.codebook.nearest(z);
  const e = model.codebook.lookUp(codes);
  return {
    reconstruction: model.decode(straightThrough(z, e)).logProb(x),
    codebook: codebookLoss(z, e),
    commitment: commitmentLoss(z, e),
    z,
    codes,
  };
}

function squaredDistance(what: string, a: Tensor, b: Tensor): Tensor {
  assertTensor(what, "z", a);
  assertTensor(what, "e", b);
  if (a.shape.length < 2 || a.shape.join() !== b.shape.join()) {
    throw new RangeError(
      `${what}: z and e must both be [batch, places, d], but got [${a.shape}] and [${b.shape}]; look the codes up first.`,
    );
  }
  return a.sub(b).square().sum(-1).sum(-1);
}
