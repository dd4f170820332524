import * as tf from "@tensorflow/tfjs";
import { assertTensor, type Random } from "../../engine/index.ts";
import type { variable } from "../distributions/distribution.ts";
import { type Distribution, Normal } from "../distributions/index.ts";
import { assertMethods } from "../exact/check.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, inverseWithLogDet } from "./bijection.ts";

/**
 * `log p(x) = log p_z(f(x)) + log |det ∂f/∂x|`: the density of x = f⁻¹(z), z ~ p_z.
 *
 * The base p_z stays as it is; f is what learns. p integrates to 1 only if f reaches all of where p_z lives. As a
 * latent-variable model its posterior is a point, z = f(x), so its bound is tight. Rippel & Adams, High-Dimensional
 * Probability Estimation with Deep Density Models, 2013, eq. 1.
 */
export class Flow<Name extends string = "x"> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly parameters: Parameters;

  constructor(
    readonly bijection: Bijection,
    /** p_z, over [d] */
    readonly base: Distribution<"z">,
  ) {
    assertMethods("Flow", "bijection", bijection, ["forward", "inverse"]);
    assertMethods("Flow", "base", base, ["logProb", "sample"]);
    this.parameters = bijection.parameters;
  }

  /** z = f(x). x: [batch, d] -> [batch, d] */
  latents(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.bijection.forward(x).z);
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch]. `random`: for layers that estimate their log-determinant. */
  logProb(x: tf.Tensor, random?: Random): tf.Tensor {
    assertTensor("Flow.logProb", "x", x);
    if (x.rank < 1) {
      throw new RangeError(`Flow.logProb: x must be [...batch, d], but got shape [${x.shape}]; give it a last axis.`);
    }
    return tf.tidy(() => {
      const rows = x.reshape([-1, x.shape.at(-1) as number]); // [rows, d]
      const { z, logDet } = this.bijection.forward(rows, random);
      return this.base.logProb(z).add(logDet).reshape(x.shape.slice(0, -1));
    });
  }

  /** x = f⁻¹(z) with z ~ p_z. One draw, [d]; with `samples`, that many, [samples, d]. */
  sample(random: Random, samples?: number): tf.Tensor {
    return tf.tidy(() => {
      const z = this.base.sample(random, samples ?? 1);
      const x = this.bijection.inverse(z);
      return samples === undefined ? x.squeeze([0]) : x;
    });
  }

  /** Draws with their own log p(x): cheap where the inverse is, even if log p of other x is not. */
  sampleWithLogProb(random: Random, samples: number): { x: tf.Tensor; logProb: tf.Tensor } {
    return tf.tidy(() => {
      const z = this.base.sample(random, samples);
      const { x, logDet } = inverseWithLogDet(this.bijection, z);
      return { x, logProb: this.base.logProb(z).sub(logDet) };
    });
  }
}

/** p_z = N(0, I) over d variables: what makes a flow a normalizing one. */
export function standardBase(d: number): Normal<"z"> {
  assertSizes("standardBase", { d });
  return new Normal<"z">(tf.zeros([d]), tf.ones([d]));
}
