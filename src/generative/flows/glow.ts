import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { Composition } from "./composition.ts";
import { type MakeConditioner, perceptronConditioner } from "./conditioner.ts";
import { AffineCoupling } from "./coupling.ts";
import { InvertibleLinear } from "./invertibleLinear.ts";
import { channelMask, type Volume } from "./masks.ts";

/**
 * `z_c = e^(a_c) (x_c + b_c)`, `log |det J| = h · w · Σ a_c`: a scale and a shift for each channel.
 *
 * `initialise` sets them from data, once, so that every channel has mean 0 and standard deviation 1; from then on
 * they are trained like other parameters. Kingma & Dhariwal, Glow, 2018, section 3.1.
 */
export class ActNorm implements Bijection {
  readonly parameters: Parameters;

  constructor(
    private readonly d: number,
    /** Default: each coordinate its own. */
    private readonly channels = d,
  ) {
    this.parameters = tf.tidy(() => ({
      logScale: tf.variable(tf.zeros([channels])),
      shift: tf.variable(tf.zeros([channels])),
    }));
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("ActNorm", x, this.d);
    const { logScale, shift } = this.parameters as Record<string, tf.Tensor>;
    const pixels = x.reshape([-1, this.channels]).add(shift as tf.Tensor);
    const logDet = (logScale as tf.Tensor).sum().mul(this.d / this.channels);
    return {
      z: pixels.mul((logScale as tf.Tensor).exp()).reshape(x.shape),
      logDet: tf.fill([x.shape[0] as number], 1).mul(logDet),
    };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    const { logScale, shift } = this.parameters as Record<string, tf.Tensor>;
    const pixels = z.reshape([-1, this.channels]).mul((logScale as tf.Tensor).neg().exp());
    return pixels.sub(shift as tf.Tensor).reshape(z.shape);
  }

  /** From a batch of what comes in: mean 0 and standard deviation 1 in each channel of what goes out. */
  initialise(x: tf.Tensor): void {
    tf.tidy(() => {
      const { mean, variance } = tf.moments(x.reshape([-1, this.channels]), 0);
      this.parameters.shift?.assign(mean.neg());
      this.parameters.logScale?.assign(variance.add(1e-6).log().mul(-0.5));
    });
  }
}

/**
 * Steps of actnorm, an invertible 1 × 1 convolution, and an affine coupling of half of the channels. Glow, 2018, figure 2.
 *
 * Over a plain vector of d coordinates, each is a channel: volume { height: 1, width: 1, channels: d }.
 */
export function glow(
  random: Random,
  options: { volume: Volume; steps?: number; network?: MakeConditioner },
): Composition {
  const { volume, steps, network } = { steps: 6, network: perceptronConditioner([64, 64]), ...options };
  const { height, width, channels } = volume;
  const d = height * width * channels;
  const step = () => [
    new ActNorm(d, channels),
    new InvertibleLinear(random, d, { channels }),
    new AffineCoupling(random, { mask: channelMask(volume), network }),
  ];
  return new Composition(Array.from({ length: steps }, step).flat());
}

/** Sets the actnorms of a composition one after another, each from the batch as the layers before it leave it. */
export function initialiseFromData({ layers }: Composition, x: tf.Tensor): void {
  tf.tidy(() => {
    let h = x;
    for (const layer of layers) {
      if (layer instanceof ActNorm) layer.initialise(h);
      h = layer.forward(h).z;
    }
  });
}
