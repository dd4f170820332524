import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Bernoulli, type Conditional, Normal } from "../distributions/index.ts";
import { Convolution, Dense, namedParts, type Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";
import { pixelLogits } from "./pixelLogits.ts";

export interface ConvolutionalVAEOptions {
  /** Height and width of an image, a multiple of 4. Default: 28. */
  side?: number;
  /** Channels at half of the side; twice as many at a quarter. Default: 16. */
  features?: number;
  /** Length of z. Default: 20. */
  latent?: number;
  /** Mean of each pixel over the training data, [side²]: the decoder starts near it. */
  pixelMeans?: ArrayLike<number>;
}

/**
 * `p(z) = N(0, I)`, `p(x|z) = Bernoulli(decoder(z))`, `q(z|x) = N(μ(x), diag σ²(x))`, by convolutions.
 *
 * The same model as the dense `VAE`, and the same objectives: only how the two functions are computed differs. x is
 * [...batch, side²], row by row, as dense layers have it. A weight serves every place of the image, so there are fewer
 * of them, and each takes part in more products. Kingma & Welling, Auto-Encoding Variational Bayes, 2014; strided
 * convolutions down as in Radford, Metz & Chintala, 2016, and channels rearranged into pixels on the way up as in Shi
 * et al., Real-Time Single Image and Video Super-Resolution, 2016.
 *
 * @throws RangeError where the side is not a multiple of 4, or another size no positive integer
 */
export class ConvolutionalVAE implements LatentVariableModel {
  readonly prior: Normal<"z">;
  readonly likelihood: ConvolutionalDecoder;
  readonly encoder: ConvolutionalEncoder;
  readonly parameters: Parameters;

  constructor(random: Random, options: ConvolutionalVAEOptions = {}) {
    const { pixelMeans, ...sizes } = { ...defaults, ...options };
    this.prior = new Normal<"z">(tf.zeros([sizes.latent]), tf.ones([sizes.latent]));
    this.encoder = new ConvolutionalEncoder(random, sizes);
    this.likelihood = new ConvolutionalDecoder(random, { ...sizes, ...(pixelMeans ? { pixelMeans } : {}) });
    this.parameters = namedParts({ encoder: this.encoder, decoder: this.likelihood });
  }
}

/** `q(z|x) = N(μ(x), diag σ²(x))`: two convolutions of stride 2, then a dense layer each for μ and log σ. */
export class ConvolutionalEncoder implements Conditional<"z", "x"> {
  readonly parameters: Parameters;
  private readonly side: number;
  private readonly half: Convolution;
  private readonly quarter: Convolution;
  private readonly mean: Dense;
  private readonly logStd: Dense;

  constructor(random: Random, { side, features, latent }: Sizes) {
    assertSide("ConvolutionalEncoder", { side, features, latent });
    const entries = 2 * features * (side / 4) ** 2;
    this.side = side;
    this.half = new Convolution(random, { inputs: 1, outputs: features, size: 4, stride: 2 });
    this.quarter = new Convolution(random, { inputs: features, outputs: 2 * features, size: 4, stride: 2 });
    this.mean = new Dense(random, entries, latent);
    this.logStd = new Dense(random, entries, latent);
    const { half, quarter, mean, logStd } = this;
    this.parameters = namedParts({ half, quarter, mean, logStd });
  }

  /** x: [...batch, side²] -> a Normal over z of shape [...batch, latent] */
  given(x: tf.Tensor): Normal<"z"> {
    const { side } = this;
    assertLast("ConvolutionalEncoder", "x", x, side ** 2);
    const image = x.reshape([-1, side, side, 1]);
    const h = this.quarter.apply(this.half.apply(image).relu()).relu(); // [rows, side / 4, side / 4, 2 features]
    const features = h.reshape([...x.shape.slice(0, -1), this.mean.inputs]);
    return new Normal<"z">(this.mean.apply(features), this.logStd.apply(features).exp());
  }
}

/**
 * `p(x|z) = ∏ Bernoulli(x_i; sigmoid(ℓ_i(z)))`: a dense layer, then twice a convolution of which four channels become
 * the four pixels of a block, and a bias for each pixel.
 */
export class ConvolutionalDecoder implements Conditional<"x", "z"> {
  readonly parameters: Parameters;
  private readonly sizes: Sizes;
  private readonly first: Dense;
  private readonly half: Convolution;
  private readonly whole: Convolution;
  private readonly bias: tf.Variable;

  constructor(random: Random, { pixelMeans, ...sizes }: Sizes & { pixelMeans?: ArrayLike<number> }) {
    assertSide("ConvolutionalDecoder", sizes);
    const { side, features, latent } = sizes;
    this.sizes = sizes;
    this.first = new Dense(random, latent, 2 * features * (side / 4) ** 2);
    this.half = new Convolution(random, { inputs: 2 * features, outputs: 4 * features, size: 3 });
    this.whole = new Convolution(random, { inputs: features, outputs: 4, size: 3 });
    const logits = pixelMeans && pixelLogits("ConvolutionalVAE", pixelMeans, side ** 2);
    this.bias = tf.tidy(() => tf.variable(logits ? tf.tensor1d(logits) : tf.zeros([side ** 2])));
    const { first, half, whole, bias } = this;
    this.parameters = namedParts({ first, half, whole, pixels: { parameters: { bias } } });
  }

  /** z: [...batch, latent] -> a Bernoulli over x of shape [...batch, side²] */
  given(z: tf.Tensor): Bernoulli<"x"> {
    const { side, features, latent } = this.sizes;
    assertLast("ConvolutionalDecoder", "z", z, latent);
    const small = this.first
      .apply(z.reshape([-1, latent]))
      .relu()
      .reshape([-1, side / 4, side / 4, 2 * features]);
    const middle = tf.depthToSpace(this.half.apply(small).relu() as tf.Tensor4D, 2); // [rows, side / 2, side / 2, features]
    const image = tf.depthToSpace(this.whole.apply(middle) as tf.Tensor4D, 2); // [rows, side, side, 1]
    return new Bernoulli<"x">(image.reshape([...z.shape.slice(0, -1), side ** 2]).add(this.bias));
  }
}

interface Sizes {
  side: number;
  features: number;
  latent: number;
}

const defaults = { side: 28, features: 16, latent: 20 } satisfies ConvolutionalVAEOptions;

function assertSide(what: string, sizes: Sizes): void {
  assertSizes(what, { ...sizes });
  if (sizes.side % 4 === 0) return;
  throw new RangeError(`${what}: side must be a multiple of 4, but got ${sizes.side}; MNIST has 28.`);
}

function assertLast(what: string, name: string, tensor: tf.Tensor, length: number): void {
  if (tensor.shape.at(-1) === length) return;
  throw new RangeError(
    `${what}: the last axis of ${name} must have ${length} entries, but got shape [${tensor.shape}]; give one row for each.`,
  );
}
