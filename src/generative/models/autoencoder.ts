import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Dense, namedParts, type Parameters, Perceptron, relu } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";

export interface AutoencoderOptions {
  /** Length of x. */
  pixels: number;
  /** Widths of the hidden layers of the encoder; the decoder has them in reverse. None: both are linear. */
  hidden?: readonly number[];
  /** Length of the code z. */
  latent: number;
}

/**
 * `z = f(x)`, `x̂ = g(z)`: two networks, trained to make ‖x − x̂‖² small.
 *
 * No probabilities: nothing says which z may be decoded. With no hidden layer both are affine, and the best they can
 * do is PCA. Hinton & Salakhutdinov, Reducing the Dimensionality of Data with Neural Networks, 2006.
 */
export class Autoencoder {
  readonly parameters: Parameters;
  private readonly encoder: Layers;
  private readonly decoder: Layers;

  constructor(random: Random, { pixels, hidden = [], latent }: AutoencoderOptions) {
    this.encoder = new Layers(random, [pixels, ...hidden], latent);
    this.decoder = new Layers(random, [latent, ...[...hidden].reverse()], pixels);
    this.parameters = namedParts({ encoder: this.encoder, decoder: this.decoder });
  }

  /** [...batch, pixels] -> [...batch, latent] */
  encode(x: tf.Tensor): tf.Tensor {
    return this.encoder.apply(x);
  }

  /** [...batch, latent] -> [...batch, pixels] */
  decode(z: tf.Tensor): tf.Tensor {
    return this.decoder.apply(z);
  }
}

/**
 * The same with convolutions: two of stride 2 down to the code, two transposed ones back up.
 *
 * x: [batch, height · width], as dense layers have it. A pixel knows its neighbours, so that far fewer weights do.
 */
export class ConvolutionalAutoencoder {
  readonly parameters: Parameters;
  private readonly toCode: Dense;
  private readonly fromCode: Dense;
  private readonly filters: Parameters;
  private readonly sizes: readonly [number, number, number];

  constructor(random: Random, { side, features, latent }: { side: number; features: number; latent: number }) {
    assertSizes("ConvolutionalAutoencoder", { side, features, latent });
    const half = Math.ceil(side / 2);
    const quarter = Math.ceil(half / 2);
    this.sizes = [side, half, quarter];
    const filter = (from: number, to: number) =>
      tf.tidy(() => tf.variable(random.normal([3, 3, from, to]).mul(1 / Math.sqrt(9 * Math.min(from, to)))));
    this.filters = {
      down1: filter(1, features),
      down2: filter(features, 2 * features),
      up1: filter(features, 2 * features),
      up2: filter(1, features),
    };
    this.toCode = new Dense(random, quarter ** 2 * 2 * features, latent);
    this.fromCode = new Dense(random, latent, quarter ** 2 * 2 * features);
    this.parameters = namedParts({
      filters: { parameters: this.filters },
      toCode: this.toCode,
      fromCode: this.fromCode,
    });
  }

  /** [batch, side²] -> [batch, latent] */
  encode(x: tf.Tensor): tf.Tensor {
    const [side] = this.sizes;
    const h1 = tf
      .conv2d(x.reshape([-1, side, side, 1]) as tf.Tensor4D, this.filter("down1"), 2, "same")
      .relu() as tf.Tensor4D;
    const h2 = tf.conv2d(h1, this.filter("down2"), 2, "same").relu() as tf.Tensor4D;
    return this.toCode.apply(h2.reshape([x.shape[0] as number, this.toCode.inputs]));
  }

  /** [batch, latent] -> [batch, side²] */
  decode(z: tf.Tensor): tf.Tensor {
    const [side, half, quarter] = this.sizes;
    const batch = z.shape[0] as number;
    const features = this.fromCode.outputs / quarter ** 2 / 2;
    const h2 = this.fromCode
      .apply(z)
      .relu()
      .reshape([batch, quarter, quarter, 2 * features]) as tf.Tensor4D;
    const h1 = tf
      .conv2dTranspose(h2, this.filter("up1"), [batch, half, half, features], 2, "same")
      .relu() as tf.Tensor4D;
    const x = tf.conv2dTranspose(h1, this.filter("up2"), [batch, side, side, 1], 2, "same");
    return x.reshape([batch, side * side]);
  }

  private filter(name: string): tf.Tensor4D {
    return this.filters[name] as unknown as tf.Tensor4D;
  }
}

/** Hidden layers with relu, then an affine one. */
class Layers {
  readonly parameters: Parameters;
  private readonly body: Perceptron | undefined;
  private readonly last: Dense;

  constructor(random: Random, sizes: readonly number[], outputs: number) {
    this.body = sizes.length > 1 ? new Perceptron(random, sizes, relu) : undefined;
    this.last = new Dense(random, sizes.at(-1) as number, outputs);
    this.parameters = namedParts({ ...(this.body ? { body: this.body } : {}), last: this.last });
  }

  apply(x: tf.Tensor): tf.Tensor {
    return this.last.apply(this.body ? this.body.apply(x) : x);
  }
}
