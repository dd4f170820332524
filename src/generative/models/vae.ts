import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Bernoulli, type Conditional, Normal } from "../distributions/index.ts";
import { Dense, namedParts, type Parameters, Perceptron } from "../networks/index.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";
import { pixelLogits } from "./pixelLogits.ts";

export interface VAEOptions {
  /** Length of x. */
  pixels?: number;
  /** Widths of the hidden layers of the encoder; the decoder has them in reverse. */
  hidden?: readonly number[];
  /** Length of z. */
  latent?: number;
  /** Mean of each pixel over the training data, [pixels]: the decoder starts by predicting it. */
  pixelMeans?: ArrayLike<number>;
}

/**
 * `p(z) = N(0, I)`, `p(x|z) = Bernoulli(decoder(z))`, `q(z|x) = N(μ(x), diag σ²(x))`.
 *
 * The variational autoencoder for binary images, by default 784-200-200-z with tanh units.
 * Kingma & Welling, Auto-Encoding Variational Bayes, 2014; the architecture of Burda, Grosse & Salakhutdinov,
 * Importance Weighted Autoencoders, 2016, section 5, where z has 50 dimensions.
 */
export class VAE implements LatentVariableModel {
  readonly prior: Normal<"z">;
  readonly likelihood: BernoulliDecoder;
  readonly encoder: NormalEncoder;
  readonly parameters: Parameters;

  constructor(random: Random, options: VAEOptions = {}) {
    const { pixels, hidden, latent, pixelMeans } = { ...defaults, ...options };
    this.prior = new Normal<"z">(tf.zeros([latent]), tf.ones([latent]));
    this.encoder = new NormalEncoder(random, [pixels, ...hidden], latent);
    this.likelihood = new BernoulliDecoder(random, [latent, ...[...hidden].reverse()], pixels, pixelMeans);
    this.parameters = namedParts({ encoder: this.encoder, decoder: this.likelihood });
  }
}

/** `q(z|x) = N(μ(x), diag σ²(x))`: the amortised posterior, one network for every x. */
export class NormalEncoder implements Conditional<"z", "x"> {
  readonly parameters: Parameters;
  private readonly body: Perceptron;
  private readonly mean: Dense;
  private readonly logStd: Dense;

  constructor(random: Random, sizes: readonly number[], latent: number) {
    const width = sizes.at(-1) as number;
    this.body = new Perceptron(random, sizes);
    this.mean = new Dense(random, width, latent);
    this.logStd = new Dense(random, width, latent);
    this.parameters = namedParts({ body: this.body, mean: this.mean, logStd: this.logStd });
  }

  /** x: [...batch, pixels] -> a Normal over z of shape [...batch, latent] */
  given(x: tf.Tensor): Normal<"z"> {
    const h = this.body.apply(x);
    return new Normal<"z">(this.mean.apply(h), this.logStd.apply(h).exp());
  }
}

/** `p(x|z) = ∏ Bernoulli(x_i; sigmoid(ℓ_i(z)))`: independent pixels once z is known. */
export class BernoulliDecoder implements Conditional<"x", "z"> {
  readonly parameters: Parameters;
  private readonly body: Perceptron;
  private readonly logits: Dense;

  constructor(random: Random, sizes: readonly number[], pixels: number, pixelMeans?: ArrayLike<number>) {
    this.body = new Perceptron(random, sizes);
    this.logits = new Dense(random, sizes.at(-1) as number, pixels);
    this.parameters = namedParts({ body: this.body, logits: this.logits });
    if (pixelMeans !== undefined) this.logits.bias.assign(tf.tensor1d(pixelLogits("VAE", pixelMeans, pixels)));
  }

  /** z: [...batch, latent] -> a Bernoulli over x of shape [...batch, pixels] */
  given(z: tf.Tensor): Bernoulli<"x"> {
    return new Bernoulli<"x">(this.logits.apply(this.body.apply(z)));
  }
}

const defaults = { pixels: 784, hidden: [200, 200], latent: 50 } satisfies VAEOptions;
