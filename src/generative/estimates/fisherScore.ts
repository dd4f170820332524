import * as tf from "@tensorflow/tfjs";

/** What has a score: a log-probability with trainable tensors in it. */
export interface Differentiable {
  parameters: Readonly<Record<string, tf.Variable>>;
  logProb(x: tf.Tensor): tf.Tensor;
}

/**
 * `s(x) = ∇_θ log p_θ(x)`: the Fisher score, the direction in which the parameters would have to move for x.
 *
 * One gradient a row of x, flattened over the parameters in their order: [n][P]. Its mean under the model is 0,
 * since Σ_x p_θ(x) = 1 for every θ. It describes x in a model without latent variables: Jaakkola & Haussler,
 * Exploiting Generative Models in Discriminative Classifiers, 1999.
 */
export function fisherScore(model: Differentiable, x: tf.Tensor2D): Float64Array[] {
  const variables = Object.values(model.parameters);
  return Array.from({ length: x.shape[0] }, (_, n) => {
    const gradients = tf.tidy(() => {
      const { grads } = tf.variableGrads(() => model.logProb(x.slice([n, 0], [1, -1])).asScalar(), variables);
      return variables.map(({ name }) => Array.from((grads[name] as tf.Tensor).dataSync()));
    });
    return Float64Array.from(gradients.flat());
  });
}

/**
 * `F = E[s(x) s(x)ᵀ] = Σ_n p_n s_n s_nᵀ`: the Fisher information, [P][P].
 *
 * With all 2^d scores and their probabilities it is exact, and equal to −E[∇² log p_θ(x)]. It is the metric that
 * makes s(x)ᵀ F⁻¹ s(y) a kernel which does not depend on how the model is parametrised.
 *
 * @throws RangeError where there is not one probability for each score, one is negative or NaN, or a score has another
 *   length or is NaN
 */
export function fisherInformation(scores: readonly ArrayLike<number>[], probabilities: ArrayLike<number>): number[][] {
  if (scores.length === 0 || scores.length !== probabilities.length) {
    throw new RangeError(
      `fisherInformation: there must be a probability for each score, but got ${probabilities.length} for ${scores.length}; for samples, 1/n each.`,
    );
  }
  const P = (scores[0] as ArrayLike<number>).length;
  const wrong = Array.from(probabilities).find(p => !(p >= 0 && p < Infinity));
  if (wrong !== undefined) {
    throw new RangeError(
      `fisherInformation: a probability must be 0 or more, but got ${wrong}; for samples, 1/n each.`,
    );
  }
  const other = scores.find(s => s.length !== P || Array.from(s).some(Number.isNaN));
  if (other) {
    const got = other.length === P ? "NaN" : `${P} and ${other.length} entries`;
    throw new RangeError(`fisherInformation: scores must be numbers, of one length, but got ${got}; use fisherScore.`);
  }
  const F = Array.from({ length: P }, () => new Array<number>(P).fill(0));
  scores.forEach((s, n) => {
    for (let a = 0; a < P; a++) {
      for (let b = 0; b < P; b++) {
        if (probabilities[n] === 0) continue; // what cannot occur has a score of ∞, which counts nothing
        const term = (probabilities[n] as number) * (s[a] as number) * (s[b] as number);
        (F[a] as number[])[b] = (F[a]?.[b] as number) + term;
      }
    }
  });
  return F;
}
