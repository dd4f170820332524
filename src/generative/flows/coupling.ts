import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import type { Parameters } from "../networks/index.ts";
import type { Bijection, Transformed } from "./bijection.ts";
import { type CouplingOptions, Halves } from "./halves.ts";
import { logSoftplus } from "./logSoftplus.ts";

/** How a network's number becomes a scale that is not 0: where s crosses 0, z forgets x and log |det| is −∞. */
export type ScaleKind = "exp" | "softplus" | "sigmoid" | "unrestricted";

/**
 * `z_kept = x_kept`, `z_changed = s(x_kept) ⊙ x_changed + t(x_kept)`, `log |det J| = Σ_changed log |s_i|`.
 *
 * Half of the coordinates say how the other half is scaled and moved. J is triangular whatever s and t are, and the
 * inverse needs no inverse of the networks: x_changed = (z_changed − t(z_kept)) / s(z_kept). Dinh, Sohl-Dickstein &
 * Bengio, Density estimation using Real NVP, 2017, eq. 7–8.
 *
 * `scale` keeps s off 0: `"exp"`, the default, is e^(a tanh r) with a learned a; `"sigmoid"` is σ(r + 2), as in Glow's
 * code; `"unrestricted"`, s = 1 + r, is what the printed formula allows, and is invertible only until it crosses 0.
 *
 * Inverts while |log s| ≤ 87, to 6e-8 (|x| + |t|/s). Where the network goes beyond, z is made with e^±87, and
 * log |det J| is that of the formula. What the network says of coordinates that stay is not looked at.
 */
export class AffineCoupling implements Bijection {
  readonly parameters: Parameters;
  private readonly halves: Halves;
  private readonly scale: ScaleKind;

  constructor(random: Random, { scale = "exp", ...options }: CouplingOptions & { scale?: ScaleKind }) {
    assertChoice("AffineCoupling", "scale", scale, scaleKinds);
    this.scale = scale;
    this.halves = new Halves("AffineCoupling", random, options, 2);
    const factor = scale === "exp" ? { factor: tf.tidy(() => tf.variable(tf.ones([options.mask.length]))) } : {};
    this.parameters = { ...this.halves.parameters, ...factor };
  }

  forward(x: tf.Tensor): Transformed {
    const { s, logS, t } = this.scaleAndShift(x);
    return { z: x.mul(s).add(t), logDet: logS.sum(1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    const { s, t } = this.scaleAndShift(z);
    return z.sub(t).div(s);
  }

  /** s and t, which are 1 and 0 for what stays; they are the same of x and of z. */
  private scaleAndShift(x: tf.Tensor): { s: tf.Tensor; logS: tf.Tensor; t: tf.Tensor } {
    const [raw, shift] = this.halves.given(x) as [tf.Tensor, tf.Tensor];
    const t = this.halves.onlyChanged(shift);
    if (this.scale === "unrestricted") {
      const s = this.halves.onlyChanged(raw).add(1);
      return { s, logS: s.abs().log(), t };
    }
    const logS = this.halves.onlyChanged(this.logScale(raw));
    return { s: logS.clipByValue(-LARGEST_LOG, LARGEST_LOG).exp(), logS, t };
  }

  private logScale(raw: tf.Tensor): tf.Tensor {
    if (this.scale === "exp") return raw.tanh().mul(this.parameters.factor as tf.Tensor);
    if (this.scale === "sigmoid") return raw.add(2).neg().softplus().neg();
    return logSoftplus(raw.add(SOFTPLUS_OF_THIS_IS_1));
  }
}

const scaleKinds: readonly ScaleKind[] = ["exp", "softplus", "sigmoid", "unrestricted"];

/** e^±87 is a float32 with all of its digits. */
const LARGEST_LOG = 87;

const SOFTPLUS_OF_THIS_IS_1 = Math.log(Math.E - 1);
