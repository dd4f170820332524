import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import type { Reparameterised } from "../distributions/index.ts";
import { assertFields, assertMethods } from "../exact/check.ts";
import { assertExpectation } from "../exact/quadrature.ts";
import type { VectorQuadrature } from "../exact/index.ts";
import type { LatentVariableModel } from "../models/index.ts";

/** An encoder whose q(z|x) is a function of standard normal noise. */
export interface ReparameterisedEncoder {
  given(x: tf.Tensor): Reparameterised<"z">;
}

/**
 * `ELBO(x) = E_ε [log p(x, z) − log q(z|x)]` with z = T(ε), the expectation by quadrature: in nats, [batch].
 *
 * The exact twin of `elbo` for a z of one or two dimensions: no draws, hence no noise, and the same gradient on
 * average. `rule` is over ε ~ N(0, I), as `productRule(gaussHermite(n), d)` makes it; n nodes an axis are exact where
 * log p(x, z) − log q(z|x) is a polynomial in ε of degree 2n − 1.
 *
 * @throws RangeError where the rule has not one weight a point, or its weights do not sum to 1
 */
export function exactElbo(
  model: LatentVariableModel,
  encoder: ReparameterisedEncoder,
  x: tf.Tensor,
  rule: VectorQuadrature,
): tf.Tensor {
  assertFields("exactElbo", "model", model, ["prior", "likelihood"]);
  assertMethods("exactElbo", "encoder", encoder, ["given"]);
  assertTensor("exactElbo", "x", x);
  assertExpectation("exactElbo", rule);
  const { points, logWeights } = rule;
  const posterior = encoder.given(x);
  const nodes = tf.tensor2d(points as number[][]).expandDims(1); //                        [n, 1, latent]
  const weights = tf.tensor2d(logWeights.map(Math.exp), [logWeights.length, 1]); //        [n, 1]
  const z = posterior.transform(nodes); //                                                 [n, batch, latent]
  const joint = model.likelihood.given(z).logProb(x).add(model.prior.logProb(z)); //       [n, batch]
  const terms = joint.sub(posterior.logProb(z));
  const infinite = terms.isInf(); // −∞ stays so under a weight that float32 rounds to 0
  const weighted = tf.where(infinite, tf.zerosLike(terms), terms).mul(weights);
  return tf.where(infinite, terms, weighted).sum(0);
}
