import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import type { Bijection, Transformed } from "./bijection.ts";
import { Composition } from "./composition.ts";
import { perceptronConditioner } from "./conditioner.ts";
import { ActNorm } from "./glow.ts";
import { type CouplingOptions, Halves } from "./halves.ts";
import { halfMask, opposite } from "./masks.ts";
import { inverseMixtureLogit, mixtureLogit } from "./mixtureCdf.ts";
import type { MixtureParameters } from "./mixtureParameters.ts";

/**
 * `z_changed = e^a · logit F(x_changed; π, μ, s) + b`, where a, b and the mixture F depend on what stays.
 *
 * A coupling whose function of one variable is not a line: it can have several steep places, one a component. The
 * inverse is found by halving an interval. Ho et al., Flow++, 2019, section 3.2.1.
 *
 * Inverts every x, to the rounding of z over the slope: a is in (−1, 1), log s in (−3, 3), and means may lie anywhere.
 */
export class MixtureCoupling implements Bijection {
  readonly parameters: Parameters;
  private readonly halves: Halves;
  private readonly components: number;

  constructor(random: Random, { components = 4, ...options }: CouplingOptions & { components?: number }) {
    assertSizes("MixtureCoupling", { components });
    this.components = components;
    this.halves = new Halves("MixtureCoupling", random, options, 2 + 3 * components);
    // Means apart, so that the components do not start as one.
    const means = tf.tidy(() => tf.variable(random.normal([options.mask.length, components])));
    this.parameters = { ...this.halves.parameters, means };
  }

  forward(x: tf.Tensor): Transformed {
    const { logScale, shift, mixture } = this.given(x);
    const { z, logSlope } = mixtureLogit(x, mixture, "logistic"); // log dz/dx = a + log d logit F/dx
    return {
      z: this.halves.join(x, z.mul(logScale.exp()).add(shift)),
      logDet: this.halves.onlyChanged(logScale.add(logSlope)).sum(1),
    };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    const { logScale, shift, mixture } = this.given(z);
    const logit = z.sub(shift).mul(logScale.neg().exp());
    return this.halves.join(z, inverseMixtureLogit(logit, mixture, "logistic"));
  }

  /** What the coordinates that stay say of the others: [batch, d], the mixture [batch, d, components]. */
  private given(x: tf.Tensor): { logScale: tf.Tensor; shift: tf.Tensor; mixture: MixtureParameters } {
    const K = this.components;
    const [raw, shift, ...rest] = this.halves.given(x) as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
    const [logits, means, logScales] = [0, 1, 2].map(i => tf.stack(rest.slice(i * K, (i + 1) * K), -1)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const mixture = {
      logits,
      means: means.add(this.parameters.means as tf.Tensor),
      logScales: logScales.div(3).tanh().mul(3),
    };
    return { logScale: raw.tanh(), shift, mixture };
  }
}

/** Actnorms and mixture couplings with masks in turns. */
export function flowPlusPlus(
  random: Random,
  options: { d: number; couplings?: number; components?: number; hidden?: readonly number[] },
): Composition {
  const { d, couplings, components, hidden } = { couplings: 4, components: 4, hidden: [64, 64], ...options };
  assertSizes("flowPlusPlus", { couplings });
  const mask = halfMask(d);
  const layers = Array.from({ length: couplings }, (_, i) => [
    new ActNorm(d),
    new MixtureCoupling(random, {
      mask: i % 2 === 0 ? mask : opposite(mask),
      components,
      network: perceptronConditioner(hidden),
    }),
  ]);
  return new Composition(layers.flat());
}
