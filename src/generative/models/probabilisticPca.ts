import * as tf from "@tensorflow/tfjs";
import { type Conditional, Normal } from "../distributions/index.ts";
import { assertBetween } from "../networks/sizes.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";

/**
 * `z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)`: probabilistic principal component analysis.
 *
 * The latent-variable model whose evidence and posterior are known: its exact twin is `LinearGaussian`, from the
 * same `weights` W ([d][latent]), `offset` b ([d]) and `noise` s. Tipping & Bishop, Probabilistic Principal
 * Component Analysis, 1999, eq. 1–2.
 *
 * @throws RangeError where shapes disagree, a number is not finite, or the noise is not positive
 */
export class ProbabilisticPCA implements LatentVariableModel {
  readonly prior: Normal<"z">;
  readonly likelihood: Conditional<"x", "z">;

  constructor({ weights, offset, noise }: { weights: number[][]; offset: number[]; noise: number }) {
    const latent = weights[0]?.length ?? 0;
    if (latent === 0 || weights.length !== offset.length || weights.some(row => row.length !== latent)) {
      const lengths = [...new Set(weights.map(row => row.length))];
      throw new RangeError(
        `ProbabilisticPCA: weights must be [${offset.length}][latent], as offset has ${offset.length}, but got ${weights.length} rows of ${lengths}; one row for each x.`,
      );
    }
    const remedy = "look for NaN in what computed it";
    assertBetween("ProbabilisticPCA", "weights", weights.flat(), { remedy });
    assertBetween("ProbabilisticPCA", "offset", offset, { remedy });
    if (!(noise > 0 && Number.isFinite(noise))) {
      throw new RangeError(
        `ProbabilisticPCA: noise must be positive and finite, but got ${noise}; it is a standard deviation.`,
      );
    }
    const W = tf.tensor2d(weights, undefined, "float32"); // [d, latent]
    const b = tf.tensor1d(offset, "float32"); //             [d]
    this.prior = new Normal<"z">(tf.zeros([latent]), tf.ones([latent]));
    this.likelihood = {
      given: z => {
        const rows = z.reshape([-1, latent]); //             [rows, latent]
        const mean = rows.matMul(W, false, true).add(b); //  [rows, d]
        return new Normal<"x">(mean.reshape([...z.shape.slice(0, -1), offset.length]), noise);
      },
    };
  }
}
