import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { Composition } from "./composition.ts";
import { type Conditioner, type MakeConditioner, perceptronConditioner } from "./conditioner.ts";
import { logSigmoidDerivative } from "./elementwise.ts";
import { ActNorm } from "./glow.ts";
import { assertMask, halfMask, type Mask, opposite } from "./masks.ts";
import { mixtureCdf, type MixtureParameters } from "./mixtureCdf.ts";
import { solveIncreasing } from "./solve.ts";

/**
 * `z_changed = e^a · logit F(x_changed; π, μ, s) + b`, where a, b and the mixture F depend on what stays.
 *
 * A coupling whose function of one variable is not a line: it can have several steep places, one a component. The
 * inverse is found by halving an interval. Ho et al., Flow++, 2019, section 3.2.1.
 */
export class MixtureCoupling implements Bijection {
  readonly parameters: Parameters;
  private readonly network: Conditioner;
  private readonly kept: tf.Tensor1D;
  private readonly changed: tf.Tensor1D;
  private readonly d: number;
  private readonly components: number;

  constructor(random: Random, options: { mask: Mask; components?: number; network?: MakeConditioner }) {
    const { mask, components, network } = { components: 4, network: perceptronConditioner([64, 64]), ...options };
    assertMask("MixtureCoupling", mask);
    this.d = mask.length;
    this.components = components;
    this.network = network(random, mask.length, 2 + 3 * components);
    this.kept = tf.keep(tf.tensor1d([...mask]));
    this.changed = tf.keep(tf.tensor1d(mask.map(kept => 1 - kept)));
    // Means apart, so that the components do not start as one.
    const means = tf.tidy(() => tf.variable(random.normal([mask.length, components])));
    this.parameters = { ...this.network.parameters, means };
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("MixtureCoupling", x, this.d);
    const { logScale, shift, mixture } = this.given(x);
    const { z, logSlope } = curve(x, logScale, shift, mixture);
    return {
      z: x.mul(this.kept).add(z.mul(this.changed)),
      logDet: logSlope.mul(this.changed).sum(1),
    };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("MixtureCoupling", z, this.d);
    const { logScale, shift, mixture } = this.given(z);
    const x = solveIncreasing(z, x => {
      const { z: value, logSlope } = curve(x, logScale, shift, mixture);
      return { value, logSlope };
    });
    return z.mul(this.kept).add(x.mul(this.changed));
  }

  /** What the coordinates that stay say of the others: [batch, d], the mixture [batch, d, components]. */
  private given(x: tf.Tensor): { logScale: tf.Tensor; shift: tf.Tensor; mixture: MixtureParameters } {
    const K = this.components;
    const [raw, shift, ...rest] = this.network.apply(x.mul(this.kept)) as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
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

/** z = e^a logit F(x) + b, and log dz/dx = a + log F′ − log σ′(logit F). */
function curve(x: tf.Tensor, logScale: tf.Tensor, shift: tf.Tensor, mixture: MixtureParameters) {
  const { logit, logDensity } = mixtureCdf(x, mixture, "logistic");
  return {
    z: logit.mul(logScale.exp()).add(shift),
    logSlope: logScale.add(logDensity).sub(logSigmoidDerivative(logit)),
  };
}

/** Actnorms and mixture couplings with masks in turns. */
export function flowPlusPlus(
  random: Random,
  options: { d: number; couplings?: number; components?: number; hidden?: readonly number[] },
): Composition {
  const { d, couplings, components, hidden } = { couplings: 4, components: 4, hidden: [64, 64], ...options };
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
