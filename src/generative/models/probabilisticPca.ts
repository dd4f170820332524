import * as tf from "@tensorflow/tfjs";
import { type Conditional, Normal } from "../distributions/index.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";

/**
 * `z ~ N(0, I)`, `x|z ~ N(W z + b, s² I)`: probabilistic principal component analysis.
 *
 * The latent-variable model whose evidence and posterior are known: its exact twin is `LinearGaussian`, from the
 * same `weights` W ([d][latent]), `offset` b ([d]) and `noise` s. Tipping & Bishop, Probabilistic Principal
 * Component Analysis, 1999, eq. 1–2.
 */
export class ProbabilisticPCA implements LatentVariableModel {
  readonly prior: Normal<"z">;
  readonly likelihood: Conditional<"x", "z">;

  constructor({ weights, offset, noise }: { weights: number[][]; offset: number[]; noise: number }) {
    const latent = weights[0]?.length ?? 0;
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
