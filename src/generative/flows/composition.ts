import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertList, assertMethods } from "../exact/check.ts";
import { namedParts, type Parameters } from "../networks/index.ts";
import { type Bijection, inverseWithLogDet, type Transformed } from "./bijection.ts";

/**
 * `f = f_k ∘ … ∘ f_1`, `log |det ∂f/∂x| = Σ_i log |det ∂f_i/∂f_i−1|`: a flow after a flow is a flow.
 *
 * The layers in the order in which x meets them; sampling takes them from the last to the first. Inverts the x that
 * every layer inverts where it meets them; their errors add, each multiplied by the slopes of the inverses after it.
 */
export class Composition implements Bijection {
  readonly parameters: Parameters;

  constructor(readonly layers: readonly Bijection[]) {
    assertList("Composition", "layers", layers);
    for (const [i, layer] of layers.entries()) {
      assertMethods("Composition", `layer ${i + 1}`, layer, ["forward", "inverse"]);
    }
    this.parameters = namedParts(Object.fromEntries(layers.map((layer, i) => [`layer${i + 1}`, layer])));
  }

  forward(x: tf.Tensor, random?: Random): Transformed {
    let z = x;
    let logDet: tf.Tensor = tf.zeros([x.shape[0] as number]);
    for (const layer of this.layers) {
      const next = layer.forward(z, random);
      z = next.z;
      logDet = logDet.add(next.logDet);
    }
    return { z, logDet };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return this.layers.reduceRight((value, layer) => layer.inverse(value), z);
  }

  inverseWithLogDet(z: tf.Tensor): { x: tf.Tensor; logDet: tf.Tensor } {
    let x = z;
    let logDet: tf.Tensor = tf.zeros([z.shape[0] as number]);
    for (const layer of [...this.layers].reverse()) {
      const before = inverseWithLogDet(layer, x);
      x = before.x;
      logDet = logDet.add(before.logDet);
    }
    return { x, logDet };
  }
}

/**
 * `z = f⁻¹(x)`: a layer, turned round. The inverse of an autoregressive flow is an inverse autoregressive flow.
 * It inverts what the layer gives out, and takes in no more.
 *
 * Kingma et al., Improving Variational Inference with Inverse Autoregressive Flow, 2016.
 */
export class Inverse implements Bijection {
  readonly parameters: Parameters;

  constructor(readonly of: Bijection) {
    assertMethods("Inverse", "the layer", of, ["forward", "inverse"]);
    this.parameters = of.parameters;
  }

  forward(x: tf.Tensor): Transformed {
    const { x: z, logDet } = inverseWithLogDet(this.of, x);
    return { z, logDet };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return this.of.forward(z).z;
  }

  inverseWithLogDet(z: tf.Tensor): { x: tf.Tensor; logDet: tf.Tensor } {
    const { z: x, logDet } = this.of.forward(z);
    return { x, logDet };
  }
}
