import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { Composition } from "./composition.ts";
import { convolutionConditioner, perceptronConditioner } from "./conditioner.ts";
import { AffineCoupling } from "./coupling.ts";
import { channelMask, checkerboardMask, halfMask, type Mask, opposite, sizeOf, type Volume } from "./masks.ts";

/** Affine couplings over d coordinates whose masks take turns, so that every coordinate is changed. */
export function realNVP(
  random: Random,
  options: { d: number; couplings?: number; hidden?: readonly number[] },
): Composition {
  const { d, couplings, hidden } = { couplings: 6, hidden: [64, 64], ...options };
  assertSizes("realNVP", { couplings });
  return inTurns(random, couplings, halfMask(d), perceptronConditioner(hidden));
}

/**
 * `[h, w, c] -> [h/2, w/2, 4c]`: every 2 × 2 block of pixels becomes four times the channels. A permutation, which inverts
 * every x exactly.
 *
 * Dinh, Sohl-Dickstein & Bengio, RealNVP, 2017, section 3.6.
 */
export class Squeeze implements Bijection {
  readonly parameters: Parameters = {};

  constructor(private readonly volume: Volume) {
    const { height, width, channels } = volume;
    assertSizes("Squeeze", { height, width, channels });
    if (height % 2 !== 0 || width % 2 !== 0) {
      throw new RangeError(`Squeeze: height and width must be even, but got ${height} × ${width}; pad the image.`);
    }
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("Squeeze", x, sizeOf(this.volume));
    const { height: h, width: w, channels: c } = this.volume;
    const blocks = x.reshape([-1, h / 2, 2, w / 2, 2, c]); //           [batch, h/2, 2, w/2, 2, c]
    const z = blocks.transpose([0, 1, 3, 2, 4, 5]).reshape(x.shape); // [batch, h/2 · w/2 · 4c]
    return { z, logDet: tf.zeros([x.shape[0] as number]) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("Squeeze", z, sizeOf(this.volume));
    const { height: h, width: w, channels: c } = this.volume;
    const blocks = z.reshape([-1, h / 2, w / 2, 2, 2, c]);
    return blocks.transpose([0, 1, 3, 2, 4, 5]).reshape(z.shape);
  }

  /** The volume of what comes out. */
  static of({ height, width, channels }: Volume): Volume {
    return { height: height / 2, width: width / 2, channels: 4 * channels };
  }
}

/**
 * `z = (x_first, f(x_second))`, the channels halved: the first half is done, and only the second goes on.
 *
 * So the deeper layers work on fewer numbers. Inverts what f inverts. RealNVP, 2017, eq. 15–16.
 */
export class FactorOut implements Bijection {
  readonly parameters: Parameters;

  constructor(
    private readonly volume: Volume,
    private readonly rest: Bijection,
  ) {
    assertSizes("FactorOut", { ...volume });
    if (volume.channels % 2 !== 0) {
      throw new RangeError(
        `FactorOut: channels must be even, but got ${volume.channels}; a Squeeze before it makes four of one.`,
      );
    }
    this.parameters = rest.parameters;
  }

  forward(x: tf.Tensor, random?: Random): Transformed {
    assertRows("FactorOut", x, sizeOf(this.volume));
    const { height, width, channels } = this.volume;
    const halves = tf.split(x.reshape([-1, height, width, channels]), 2, 3);
    const [done, on] = halves.map(half => half.reshape([x.shape[0] as number, -1])) as [tf.Tensor, tf.Tensor];
    const { z, logDet } = this.rest.forward(on, random);
    return { z: tf.concat([done, z], 1), logDet };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("FactorOut", z, sizeOf(this.volume));
    const { height, width, channels } = this.volume;
    const [done, on] = tf.split(z, 2, 1) as [tf.Tensor, tf.Tensor];
    const halves = [done, this.rest.inverse(on)].map(half => half.reshape([-1, height, width, channels / 2]));
    return tf.concat(halves, 3).reshape(z.shape);
  }
}

/**
 * Multi-scale RealNVP: checkerboard couplings, squeeze, channel couplings, half of the channels done; then again.
 *
 * Images of that volume, as vectors. The last scale has four checkerboard couplings. RealNVP, 2017, section 3.6.
 */
export function multiScaleRealNVP(
  random: Random,
  options: { volume: Volume; scales: number; features?: number; blocks?: number; couplings?: number },
): Composition {
  const { volume, scales, ...network } = { features: 32, blocks: 2, couplings: 3, ...options };
  const couplings = (count: number, of: Volume, mask: Mask) =>
    inTurns(random, count, mask, convolutionConditioner(of, network));
  assertSizes("multiScaleRealNVP", { scales, couplings: network.couplings });
  if (scales === 1) return couplings(network.couplings + 1, volume, checkerboardMask(volume));
  const squeezed = Squeeze.of(volume);
  const rest = { ...squeezed, channels: squeezed.channels / 2 };
  return new Composition([
    couplings(network.couplings, volume, checkerboardMask(volume)),
    new Squeeze(volume),
    couplings(network.couplings, squeezed, channelMask(squeezed)),
    new FactorOut(squeezed, multiScaleRealNVP(random, { volume: rest, scales: scales - 1, ...network })),
  ]);
}

function inTurns(
  random: Random,
  count: number,
  mask: Mask,
  network: ConstructorParameters<typeof AffineCoupling>[1]["network"] & {},
): Composition {
  return new Composition(
    Array.from(
      { length: count },
      (_, i) => new AffineCoupling(random, { mask: i % 2 === 0 ? mask : opposite(mask), network }),
    ),
  );
}
