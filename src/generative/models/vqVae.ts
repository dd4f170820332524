import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Bernoulli, type Conditional } from "../distributions/index.ts";
import { Codebook, Convolution, namedParts, type Parameters } from "../networks/index.ts";

export interface VQVAEOptions {
  /** Multiples of 4. Default: 28. */
  height?: number;
  width?: number;
  /** K, vectors of the codebook. Default: 64. */
  codes?: number;
  /** d, the length of each. Default: 16. */
  dimension?: number;
  /** Channels at the lowest resolution; half as many at the next. A multiple of 4. Default: 32. */
  features?: number;
  /** Mean of each pixel over the training data: the decoder starts near their average. */
  pixelMeans?: ArrayLike<number>;
}

/**
 * `z = encoder(x)`, `k_i = argmin_k |z_i − e_k|`, `p(x|k) = Bernoulli(decoder(e_k1, e_k2, …))`: binary images as a
 * grid of codes, a quarter as high and as wide.
 *
 * The posterior is a point, the grid of nearest codes, so `log p(x) ≥ log p(x|k) + log p(k)` for any prior over
 * grids, such as a PixelCNN that is trained afterwards. van den Oord, Vinyals & Kavukcuoglu, Neural Discrete
 * Representation Learning, 2017; strided convolutions down, convolutions with rearranged channels up.
 *
 * @throws RangeError where height, width or features is not a multiple of 4
 */
export class VQVAE {
  readonly parameters: Parameters;
  readonly codebook: Codebook;
  /** The grid of codes: its height and width. */
  readonly grid: { height: number; width: number };
  /** p(x|k). k: [batch, places] of 0 … K − 1 */
  readonly likelihood: Conditional<"x", "k">;
  private readonly down: readonly Convolution[];
  private readonly up: readonly Convolution[];

  constructor(random: Random, options: VQVAEOptions = {}) {
    const { height, width, codes, dimension, features, pixelMeans } = { ...defaults, ...options };
    if ([height, width, features].some(size => size % 4 !== 0 || size <= 0)) {
      throw new RangeError(
        `VQVAE: height, width and features must be multiples of 4, but got ${height}, ${width}, ${features}; the grid is a quarter as wide.`,
      );
    }
    this.grid = { height: height / 4, width: width / 4 };
    this.codebook = new Codebook(random, codes, dimension);
    const layer = (inputs: number, outputs: number, size: number, stride: 1 | 2 = 1) =>
      new Convolution(random, { inputs, outputs, size, stride });
    this.down = [
      layer(1, features / 2, 4, 2),
      layer(features / 2, features, 4, 2),
      layer(features, features, 3),
      layer(features, dimension, 1),
    ];
    // Four times the channels, a quarter of which go to each of four places.
    this.up = [
      layer(dimension, features, 3),
      layer(features, 2 * features, 3),
      layer(features / 2, features, 3),
      layer(features / 4, 1, 3),
    ];
    if (pixelMeans !== undefined) this.startAt(pixelMeans);
    this.likelihood = { given: k => this.decode(this.codebook.lookUp(k)) };
    const named = (parts: readonly Convolution[]) => ({
      parameters: namedParts(Object.fromEntries(parts.map((part, i) => [`layer${i + 1}`, part]))),
    });
    this.parameters = namedParts({ encoder: named(this.down), codebook: this.codebook, decoder: named(this.up) });
  }

  /** z, before it is rounded to the codebook. x: [batch, height · width] -> [batch, places, d] */
  encode(x: tf.Tensor): tf.Tensor {
    const { height, width } = this.grid;
    const image = x
      .mul(2)
      .sub(1)
      .reshape([-1, 4 * height, 4 * width, 1]);
    const [first, second, third, last] = this.down as [Convolution, Convolution, Convolution, Convolution];
    const h = second.apply(first.apply(image).relu()).relu();
    const z = last.apply(third.apply(h).relu().add(h));
    return z.reshape([-1, height * width, this.codebook.dimension]);
  }

  /** The numbers of the nearest codes. x: [batch, height · width] -> [batch, places] */
  codes(x: tf.Tensor): tf.Tensor {
    return tf.tidy(() => this.codebook.nearest(this.encode(x)));
  }

  /** p(x | e_k1, e_k2, …). [batch, places, d] -> over x of shape [batch, height · width] */
  decode(vectors: tf.Tensor): Bernoulli<"x"> {
    const { height, width } = this.grid;
    const [first, second, third, last] = this.up as [Convolution, Convolution, Convolution, Convolution];
    let h = first.apply(vectors.reshape([-1, height, width, this.codebook.dimension])).relu();
    h = tf.depthToSpace(second.apply(h).relu() as tf.Tensor4D, 2);
    h = tf.depthToSpace(third.apply(h).relu() as tf.Tensor4D, 2);
    return new Bernoulli<"x">(last.apply(h).reshape([-1, 16 * height * width]));
  }

  private startAt(pixelMeans: ArrayLike<number>): void {
    const mean = Array.from(pixelMeans).reduce((sum, m) => sum + m, 0) / pixelMeans.length;
    tf.tidy(() => (this.up.at(-1) as Convolution).bias.assign(tf.tensor1d([Math.log(mean / (1 - mean))])));
  }
}

const defaults = { height: 28, width: 28, codes: 64, dimension: 16, features: 32 } satisfies VQVAEOptions;
