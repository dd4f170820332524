import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertEventShape, sampleShape, type TensorLike, toTensor } from "./check.ts";
import type { Reparameterised, variable } from "./distribution.ts";
import { logNormalNoise, triangularEntropy, triangularShape } from "./multivariateNormal.ts";
import { diagonal, forwardSubstitution, multiplyVector, squareLessOne } from "./triangular.ts";

/**
 * `z_i = μ_i + Σ_{j≤i} L_ij ε_j + Σ_{j<i} C_ij (ε_j² − 1)` with ε ~ N(0, I): a Gaussian bent along parabolas.
 *
 * The smallest flow there is: one triangular map, each z_i quadratic in the noise before it. Its Jacobian has L_ii on
 * the diagonal, so `log q(z) = log N(ε; 0, I) − Σ_i log L_ii`, and the mean of z is μ. C = 0 is `MultivariateNormal`.
 * `mean` is [...batch, d], `scale` L and `bend` C are [...batch, d, d], the first lower triangular with a positive
 * diagonal, the second strictly lower triangular. In nats.
 *
 * @throws RangeError where shapes do not fit, or the diagonal of L is not positive
 * @example
 * const bent = new BentNormal<"z">([0, 0], [[1, 0], [0, 0.1]], [[0, 0], [1, 0]]); // z_2 ≈ z_1² − 1
 * bent.transform(tf.tensor([2, 0])).arraySync() // => [2, 3]
 */
export class BentNormal<Name extends string = string> implements Reparameterised<Name> {
  declare readonly [variable]?: Name;
  readonly mean: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly bend: tf.Tensor;
  readonly shape: readonly number[];

  constructor(mean: TensorLike, scale: TensorLike, bend: TensorLike) {
    this.mean = toTensor(mean);
    this.scale = toTensor(scale);
    this.bend = toTensor(bend);
    const [d] = this.mean.shape.slice(-1);
    if (this.bend.rank < 2 || this.bend.shape.at(-1) !== d || this.bend.shape.at(-2) !== d) {
      throw new RangeError(
        `BentNormal: bend must be [...batch, d, d] for a mean of shape [${this.mean.shape}], but got [${this.bend.shape}]; use strictlyLowerTriangular.`,
      );
    }
    const shape = triangularShape("BentNormal", this.mean, this.scale);
    this.shape = tf.broadcast_util.assertAndGetBroadcastShape(shape, this.bend.shape.slice(0, -1));
  }

  /** A draw, differentiable in all parameters. [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    return this.transform(random.normal(sampleShape("BentNormal", this.shape, samples)));
  }

  /** μ + L ε + C (ε² − 1). [...batch, d] -> [...batch, d] */
  transform(noise: tf.Tensor): tf.Tensor {
    const bent = multiplyVector(this.bend, squareLessOne(noise));
    return this.mean.add(multiplyVector(this.scale, noise)).add(bent);
  }

  /** log q(z) in nats. z: [...batch, d] -> [...batch] */
  logProb(z: tf.Tensor): tf.Tensor {
    assertEventShape("BentNormal", z, this.shape);
    const noise = forwardSubstitution(this.scale, z.sub(this.mean), this.bend);
    return logNormalNoise(noise).sub(diagonal(this.scale).log().sum(-1));
  }

  /** H = (d/2) log 2πe + Σ_i log L_ii, in nats: bending does not change it. [...batch] */
  entropy(): tf.Tensor {
    return triangularEntropy(this.scale, this.shape);
  }
}
