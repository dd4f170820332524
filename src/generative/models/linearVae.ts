import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type Conditional, Normal } from "../distributions/index.ts";
import { Dense, namedParts, type Parameters } from "../networks/index.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";

/**
 * `p(z) = N(0, I)`, `p(x|z) = N(W z + b, s² I)`, `q(z|x) = N(V x + c, diag d²)`: a VAE without a hidden layer.
 *
 * Its ELBO has the maximum of probabilistic PCA's likelihood as its own, and no others: `ppcaMle` is the exact twin.
 * s and d are learned. Lucas, Tucker, Grosse & Norouzi, Don't Blame the ELBO!, 2019.
 */
export class LinearVAE implements LatentVariableModel {
  readonly prior: Normal<"z">;
  readonly likelihood: Conditional<"x", "z">;
  readonly encoder: { given(x: tf.Tensor): Normal<"z"> };
  readonly parameters: Parameters;
  private readonly decoder: Dense;
  private readonly logNoise: tf.Variable;

  constructor(random: Random, { pixels, latent }: { pixels: number; latent: number }) {
    this.prior = new Normal<"z">(tf.zeros([latent]), tf.ones([latent]));
    const mean = new Dense(random, pixels, latent);
    this.decoder = new Dense(random, latent, pixels);
    const logStd = tf.tidy(() => tf.variable(tf.zeros([latent])));
    this.logNoise = tf.tidy(() => tf.variable(tf.zeros([1])));
    this.encoder = { given: x => new Normal<"z">(mean.apply(x), logStd.exp()) };
    this.likelihood = { given: z => new Normal<"x">(this.decoder.apply(z), this.logNoise.exp()) };
    this.parameters = namedParts({
      mean,
      decoder: this.decoder,
      widths: { parameters: { logStd, logNoise: this.logNoise } },
    });
  }

  /** W: [d][latent], b and s, as `LinearGaussian` takes them. */
  get options(): { weights: number[][]; offset: number[]; noise: number } {
    return tf.tidy(() => ({
      weights: this.decoder.kernel.transpose().arraySync() as number[][],
      offset: Array.from(this.decoder.bias.dataSync()),
      noise: this.logNoise.exp().dataSync()[0] as number,
    }));
  }
}
