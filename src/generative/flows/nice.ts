import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { Composition } from "./composition.ts";
import { perceptronConditioner } from "./conditioner.ts";
import { type CouplingOptions, Halves } from "./halves.ts";
import { halfMask, opposite } from "./masks.ts";

/**
 * `z_kept = x_kept`, `z_changed = x_changed + t(x_kept)`, `det J = 1`: a coupling that only moves.
 *
 * It keeps volumes, so a stack of these alone cannot change the height of a density. Dinh, Krueger & Bengio, NICE:
 * Non-linear Independent Components Estimation, 2015, eq. 5–8.
 *
 * Inverts every x, to 6e-8 (|x| + |t|).
 */
export class AdditiveCoupling implements Bijection {
  readonly parameters: Parameters;
  private readonly halves: Halves;

  constructor(random: Random, options: CouplingOptions) {
    this.halves = new Halves("AdditiveCoupling", random, options, 1);
    this.parameters = this.halves.parameters;
  }

  forward(x: tf.Tensor): Transformed {
    return { z: x.add(this.shift(x)), logDet: tf.zeros([x.shape[0] as number]) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    return z.sub(this.shift(z));
  }

  private shift(x: tf.Tensor): tf.Tensor {
    return this.halves.onlyChanged(this.halves.given(x)[0] as tf.Tensor);
  }
}

/**
 * `z_i = e^(a_i) x_i`, `log |det J| = Σ a_i`: the scaling that NICE ends with (section 3.3), the same for every x.
 *
 * Inverts while |a| ≤ 87, to 2e-7 of x.
 */
export class DiagonalScaling implements Bijection {
  readonly parameters: Parameters;

  constructor(private readonly d: number) {
    assertSizes("DiagonalScaling", { d });
    this.parameters = { logScale: tf.tidy(() => tf.variable(tf.zeros([d]))) };
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("DiagonalScaling", x, this.d);
    const logScale = this.parameters.logScale as tf.Tensor;
    return { z: x.mul(logScale.exp()), logDet: tf.fill([x.shape[0] as number], 1).mul(logScale.sum()) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("DiagonalScaling", z, this.d);
    return z.mul((this.parameters.logScale as tf.Tensor).neg().exp());
  }
}

/**
 * Additive couplings with masks in turns, then a diagonal scaling.
 *
 * `start` is how far beside the identity the couplings begin; see `perceptronConditioner`. Default: 0.
 */
export function nice(
  random: Random,
  options: { d: number; couplings?: number; hidden?: readonly number[]; start?: number },
): Composition {
  const { d, couplings, hidden, start } = { couplings: 6, hidden: [64, 64], start: 0, ...options };
  assertSizes("nice", { couplings });
  const mask = halfMask(d);
  const layers = Array.from(
    { length: couplings },
    (_, i) =>
      new AdditiveCoupling(random, {
        mask: i % 2 === 0 ? mask : opposite(mask),
        network: perceptronConditioner(hidden, { start }),
      }),
  );
  return new Composition([...layers, new DiagonalScaling(d)]);
}
