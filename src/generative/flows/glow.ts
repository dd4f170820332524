import * as tf from "@tensorflow/tfjs";
import { type Random, viewOf } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { assertRows, type Bijection, type Transformed } from "./bijection.ts";
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
 *
 * Inverts while |a| ≤ 87, to 1e-7 (|x| + |b|).
 *
 * @throws RangeError where channels do not divide d
 */
export class ActNorm implements Bijection {
  readonly parameters: Parameters;

  constructor(
    private readonly d: number,
    /** Default: each coordinate its own. */
    private readonly channels = d,
  ) {
    assertSizes("ActNorm", { d, channels });
    if (d % channels !== 0) {
      throw new RangeError(
        `ActNorm: channels must divide d = ${d}, but got ${channels}; d = height · width · channels.`,
      );
    }
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
    assertRows("ActNorm", z, this.d);
    const { logScale, shift } = this.parameters as Record<string, tf.Tensor>;
    const pixels = z.reshape([-1, this.channels]).mul((logScale as tf.Tensor).neg().exp());
    return pixels.sub(shift as tf.Tensor).reshape(z.shape);
  }

  /**
   * From a batch of what comes in: mean 0 and standard deviation 1 in each channel of what goes out, in any unit.
   *
   * x: [batch, d]. What float32 keeps of the variation beside the mean decides how exactly.
   *
   * @throws RangeError where a channel does not vary, or holds a number that is not finite
   */
  initialise(x: tf.Tensor): void {
    assertRows("ActNorm.initialise", x, this.d);
    assertSizes("ActNorm.initialise", { rows: x.shape[0] as number });
    const { means, variances } = momentsOf(viewOf(x), this.channels);
    tf.tidy(() => {
      this.parameters.shift?.assign(tf.tensor1d(means.map(mean => -mean)));
      this.parameters.logScale?.assign(tf.tensor1d(variances.map(variance => -0.5 * Math.log(variance))));
    });
  }
}

/**
 * The mean and the variance of each channel, in float64, where no square of a float32 number vanishes or overflows.
 *
 * @throws RangeError where a channel does not vary, or holds a number that is not finite
 */
function momentsOf(values: ArrayLike<number>, channels: number): { means: number[]; variances: number[] } {
  const means = new Array<number>(channels).fill(0);
  const variances = new Array<number>(channels).fill(0);
  const share = channels / values.length;
  for (let i = 0; i < values.length; i += channels) {
    for (let c = 0; c < channels; c++) means[c] = (means[c] as number) + (values[i + c] as number);
  }
  for (let c = 0; c < channels; c++) means[c] = (means[c] as number) * share;
  for (let i = 0; i < values.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const difference = (values[i + c] as number) - (means[c] as number);
      variances[c] = (variances[c] as number) + difference * difference * share;
    }
  }
  for (let c = 0; c < channels; c++) assertVaries(values, channels, c, variances[c] as number);
  return { means, variances };
}

function assertVaries(values: ArrayLike<number>, channels: number, channel: number, variance: number): void {
  const first = values[channel] as number;
  let isConstant = true;
  for (let i = channel; i < values.length && isConstant; i += channels) isConstant = values[i] === first;
  if (!isConstant && Number.isFinite(variance)) return;
  const what = isConstant && Number.isFinite(first) ? `${first} throughout` : "numbers that are not finite";
  throw new RangeError(
    `ActNorm.initialise: every channel must vary and be finite, but got ${what} in channel ${channel}; leave it out, add noise, or look for NaN.`,
  );
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
  assertSizes("glow", { height, width, channels, steps });
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
