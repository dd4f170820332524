import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed } from "./bijection.ts";
import { type Conditioner, type MakeConditioner, perceptronConditioner } from "./conditioner.ts";
import { assertMask, type Mask } from "./masks.ts";

/** How a network's number becomes a scale that is not 0: where s crosses 0, z forgets x and log |det| is −∞. */
export type ScaleKind = "exp" | "softplus" | "sigmoid" | "unrestricted";

export interface CouplingOptions {
  mask: Mask;
  /** Default: a perceptron with two hidden layers of 64. */
  network?: MakeConditioner;
}

/**
 * `z_kept = x_kept`, `z_changed = s(x_kept) ⊙ x_changed + t(x_kept)`, `log |det J| = Σ_changed log |s_i|`.
 *
 * Half of the coordinates say how the other half is scaled and moved. J is triangular whatever s and t are, and the
 * inverse needs no inverse of the networks: x_changed = (z_changed − t(z_kept)) / s(z_kept). Dinh, Sohl-Dickstein &
 * Bengio, Density estimation using Real NVP, 2017, eq. 7–8.
 *
 * `scale` keeps s off 0: `"exp"`, the default, is e^(a tanh r) with a learned a; `"sigmoid"` is σ(r + 2), as in Glow's
 * code; `"unrestricted"`, s = 1 + r, is what the printed formula allows, and is invertible only until it crosses 0.
 */
export class AffineCoupling implements Bijection {
  readonly parameters: Parameters;
  private readonly network: Conditioner;
  private readonly kept: tf.Tensor1D;
  private readonly changed: tf.Tensor1D;
  private readonly scale: ScaleKind;
  private readonly d: number;

  constructor(random: Random, options: CouplingOptions & { scale?: ScaleKind }) {
    const { mask, network, scale } = { ...defaults, ...options };
    assertMask("AffineCoupling", mask);
    this.d = mask.length;
    this.scale = scale;
    this.network = network(random, mask.length, 2);
    this.kept = tf.keep(tf.tensor1d([...mask]));
    this.changed = tf.keep(tf.tensor1d(mask.map(kept => 1 - kept)));
    const factor = scale === "exp" ? { factor: tf.tidy(() => tf.variable(tf.ones([mask.length]))) } : {};
    this.parameters = { ...this.network.parameters, ...factor };
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("AffineCoupling", x, this.d);
    const { s, logS, t } = this.scaleAndShift(x);
    return { z: x.mul(s).add(t), logDet: logS.sum(1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("AffineCoupling", z, this.d);
    const { s, t } = this.scaleAndShift(z);
    return z.sub(t).div(s);
  }

  /** s and t, which are 1 and 0 for what stays; they are the same of x and of z. */
  private scaleAndShift(x: tf.Tensor): { s: tf.Tensor; logS: tf.Tensor; t: tf.Tensor } {
    const [raw, shift] = this.network.apply(x.mul(this.kept)) as [tf.Tensor, tf.Tensor];
    const t = shift.mul(this.changed);
    if (this.scale === "unrestricted") {
      const s = raw.mul(this.changed).add(1);
      return { s, logS: s.abs().log(), t };
    }
    const logS = this.logScale(raw).mul(this.changed);
    return { s: logS.exp(), logS, t };
  }

  private logScale(raw: tf.Tensor): tf.Tensor {
    if (this.scale === "exp") return raw.tanh().mul(this.parameters.factor as tf.Tensor);
    if (this.scale === "sigmoid") return raw.add(2).neg().softplus().neg();
    return raw.add(SOFTPLUS_OF_THIS_IS_1).softplus().log();
  }
}

const SOFTPLUS_OF_THIS_IS_1 = Math.log(Math.E - 1);
const defaults = { network: perceptronConditioner([64, 64]), scale: "exp" } as const;
