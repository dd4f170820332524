import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  assertDefined,
  assertEventShape,
  assertEvery,
  assertFinite,
  SMALLEST,
  sampleShape,
  type TensorLike,
  toTensor,
} from "./check.ts";
import type { Reparameterised, variable } from "./distribution.ts";
import { isKnownWithin, isRecorded } from "./numbers.ts";
import { diagonal, forwardSubstitution, multiplyVector } from "./triangular.ts";

/**
 * `log N(x; μ, L Lᵀ) = −½ |L⁻¹ (x − μ)|² − Σ_i log L_ii − (d/2) log 2π`: a Gaussian with correlated dimensions.
 *
 * `mean` μ is [...batch, d]; `scale` L is [...batch, d, d], lower triangular with a positive diagonal, such as
 * `lowerTriangular` makes. In nats; −∞ where a whitened coordinate is beyond ±1e19, as its square is in float32. For d of a few dozen at most: the triangle is solved row by row.
 *
 * @throws RangeError where shapes do not fit, the diagonal is not positive, or something stands above it
 * @example
 * const pair = new MultivariateNormal<"z">([0, 0], [[1, 0], [1, 1]]); // covariance [[1, 1], [1, 2]]
 * pair.logProb(tf.tensor([0, 0])).arraySync() // => -1.8378770351409912
 */
export class MultivariateNormal<Name extends string = string> implements Reparameterised<Name> {
  declare readonly [variable]?: Name;
  readonly mean: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly shape: readonly number[];

  constructor(mean: TensorLike, scale: TensorLike) {
    this.mean = toTensor(mean, "MultivariateNormal", "mean");
    this.scale = toTensor(scale, "MultivariateNormal", "scale");
    this.shape = triangularShape(this.mean, this.scale);
  }

  /** x = μ + L ε with ε ~ N(0, I). [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("MultivariateNormal", this.shape, samples, random);
    return this.transform(random.normal(shape));
  }

  /** μ + L ε. [...batch, d] -> [...batch, d] */
  transform(noise: tf.Tensor): tf.Tensor {
    return this.mean.add(multiplyVector(this.scale, noise));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("MultivariateNormal", x, this.shape);
    const shift = x.sub(this.mean);
    const noise = forwardSubstitution(this.scale, shift, FARTHEST);
    const logProb = logNormalNoise(noise).sub(diagonal(this.scale).log().sum(-1));
    const rule = "x, mean and scale must be numbers";
    if (isKnownWithin(shift, -Infinity, Infinity)) return assertDefined("MultivariateNormal.logProb", rule, logProb);
    const lost = shift.isNaN().any(-1).logicalOr(logProb.isNaN());
    const told = tf.where(lost, tf.fill(logProb.shape, Number.NaN), logProb);
    return assertDefined("MultivariateNormal.logProb", rule, told);
  }

  /** H = (d/2) log 2πe + Σ_i log L_ii, in nats: [...batch]. */
  entropy(): tf.Tensor {
    return diagonal(this.scale)
      .log()
      .add(tf.zeros([...this.shape]))
      .add(HALF_LOG_2PI + 0.5)
      .sum(-1);
  }
}

/** log N(ε; 0, I), summed over the last axis. */
function logNormalNoise(noise: tf.Tensor): tf.Tensor {
  return noise.square().mul(-0.5).sub(HALF_LOG_2PI).sum(-1);
}

/** [...batch, d] of a mean and a lower-triangular matrix, after looking at both. */
function triangularShape(mean: tf.Tensor, scale: tf.Tensor): number[] {
  const d = mean.shape.at(-1);
  if (d === undefined || scale.shape.at(-1) !== d || scale.shape.at(-2) !== d) {
    throw new RangeError(
      `MultivariateNormal: mean must be [...batch, d] and scale [...batch, d, d], but got [${mean.shape}] and [${scale.shape}]; use lowerTriangular for the scale.`,
    );
  }
  if (!isKnownTriangular(scale, d)) assertTriangular(scale, d);
  try {
    return tf.broadcast_util.assertAndGetBroadcastShape(mean.shape, scale.shape.slice(0, -1));
  } catch {
    throw new RangeError(
      `MultivariateNormal: mean and scale must have one batch, but got [${mean.shape}] and [${scale.shape}]; put new axes in front, or repeat one of them.`,
    );
  }
}

/** Whether a look at the numbers, where that holds up no gradient, finds them right: it takes less time than operators. */
function isKnownTriangular(scale: tf.Tensor, d: number): boolean {
  if (isRecorded()) return false;
  const numbers = scale.dataSync();
  for (let at = 0; at < numbers.length; at++) {
    const [value, i, j] = [numbers[at] as number, Math.floor(at / d) % d, at % d];
    if (!Number.isFinite(value) || (i === j && value < SMALLEST) || (j > i && value !== 0)) return false;
  }
  return true;
}

function assertTriangular(scale: tf.Tensor, d: number): void {
  assertFinite("MultivariateNormal", "scale", scale);
  const above = tf.range(0, d).expandDims(1).less(tf.range(0, d)).toFloat(); // [d, d], 1 where j > i
  assertEvery(
    "MultivariateNormal",
    "the diagonal of scale must be positive",
    "pass a Cholesky factor, not its logarithm",
    diagonal(scale),
    { least: SMALLEST },
  );
  assertEvery(
    "MultivariateNormal",
    "scale must be 0 above its diagonal",
    "pass a Cholesky factor, not a covariance",
    scale.mul(above),
    { least: 0, most: 0 },
  );
}

/** Its square is ∞ in float32, but it is not. */
const FARTHEST = 2e19;
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
