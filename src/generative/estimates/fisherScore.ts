import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertFields, assertList, assertMethods, isList, told } from "../exact/check.ts";
import { assertProbabilities } from "../exact/entropy.ts";

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
  assertMethods("fisherScore", "model", model, ["logProb"]);
  assertFields("fisherScore", "model", model, ["parameters"]);
  assertTensor("fisherScore", "x", x);
  if (x.rank !== 2) {
    throw new RangeError(`fisherScore: x must be [n, d], but got shape [${x.shape}]; reshape one datum to [1, d].`);
  }
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
 * @throws RangeError where there is not one probability for each score, one is negative or NaN, they do not sum to 1 within
 *   1e-5, or a score has another length or is NaN
 */
export function fisherInformation(scores: readonly ArrayLike<number>[], probabilities: ArrayLike<number>): number[][] {
  assertList("fisherInformation", "scores", scores);
  assertList("fisherInformation", "probabilities", probabilities);
  if (scores.length === 0 || scores.length !== probabilities.length) {
    throw new RangeError(
      `fisherInformation: there must be a probability for each score, but got ${probabilities.length} for ${scores.length}; for samples, 1/n each.`,
    );
  }
  for (const [n, s] of scores.entries()) if (!isList(s)) assertList("fisherInformation", `score ${n}`, s);
  const P = (scores[0] as ArrayLike<number>).length;
  // As loose as the sum over a model's log-probabilities in float32.
  assertProbabilities("fisherInformation", probabilities, 1e-5);
  const other = scores.find(s => s.length !== P || hasNone(s));
  if (other) {
    const got = other.length === P ? told(Array.from(other).find(isNone)) : `${P} and ${other.length} entries`;
    throw new RangeError(`fisherInformation: scores must be numbers, of one length, but got ${got}; use fisherScore.`);
  }
  const F = Array.from({ length: P }, () => new Array<number>(P).fill(0));
  scores.forEach((s, n) => {
    if (probabilities[n] === 0) return; // what cannot occur has a score of ∞, which counts nothing
    for (let a = 0; a < P; a++) {
      for (let b = 0; b < P; b++) {
        const term = (probabilities[n] as number) * (s[a] as number) * (s[b] as number);
        (F[a] as number[])[b] = (F[a]?.[b] as number) + term;
      }
    }
  });
  return F;
}

const isNone = (value: unknown) => typeof value !== "number" || Number.isNaN(value);

function hasNone(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (isNone(values[i])) return true;
  return false;
}
