import * as tf from "@tensorflow/tfjs";
import { type Conditional, Normal } from "../../src/generative/distributions/index.ts";
import { LinearGaussian, type LinearGaussianOptions } from "../../src/generative/exact/index.ts";
import { ProbabilisticPCA } from "../../src/generative/models/index.ts";

/** A model whose posterior is diagonal, so that a diagonal encoder can be exact: W = diag(a). */
export function diagonalModel(a: readonly number[], noise: number) {
  const options: LinearGaussianOptions = {
    weights: a.map((scale, i) => a.map((_, j) => (i === j ? scale : 0))),
    offset: a.map(() => 0),
    noise,
  };
  return { model: new ProbabilisticPCA(options), exact: new LinearGaussian(options) };
}

/** q(z|x) as one given Normal, whatever x is: broadcast over the batch. */
export function constantEncoder(mean: readonly number[], std: readonly number[]): Conditional<"z", "x"> {
  return {
    given: x => new Normal<"z">(tf.tile(tf.tensor2d([[...mean]]), [x.shape[0] as number, 1]), tf.tensor1d([...std])),
  };
}

/** The exact posterior of a diagonal model as an encoder, computed in float64 datum by datum. */
export function exactEncoder(exact: LinearGaussian): Conditional<"z", "x"> {
  return {
    given: x => {
      const posteriors = (x.arraySync() as number[][]).map(row => exact.posterior(row));
      const std = posteriors.map(({ covariance }) => covariance.map((row, i) => Math.sqrt(row[i] as number)));
      return new Normal<"z">(
        posteriors.map(p => p.mean),
        std,
      );
    },
  };
}
