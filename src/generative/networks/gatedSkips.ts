import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { told } from "../exact/check.ts";
import { type CausalLayer, Memory, type Places, plus } from "./causal.ts";
import { CausalConvolution } from "./causalConvolution.ts";
import { gate, gateNumbers } from "./gate.ts";
import { oneByOne } from "./maskedConvolution.ts";
import { namedParts, type Parameters } from "./parameters.ts";

export interface GatedSkipsOptions {
  channels: number;
  /** Places that each kernel touches. */
  width: number;
  /** One block for each. */
  dilations: readonly number[];
}

/**
 * `z_l = tanh(W_f ∗ h_l) ⊙ σ(W_g ∗ h_l)`, `h_(l+1) = h_l + U_l z_l`, output `Σ_l V_l z_l`: the body of a WaveNet.
 *
 * Each block adds to what goes on (the residual path) and to what comes out (the skip path). van den Oord et al.,
 * WaveNet, 2016, eq. 2 and figure 4.
 */
export class GatedSkips implements CausalLayer {
  readonly parameters: Parameters;
  private readonly blocks;

  constructor(random: Random, { channels, width, dilations }: GatedSkipsOptions) {
    if (!Array.isArray(dilations) || dilations.length === 0) {
      throw new RangeError(
        `GatedSkips: dilations must have an entry for each block, but got ${told(dilations)}; as in [1, 2, 4].`,
      );
    }
    this.blocks = dilations.map((dilation, i) => ({
      convolution: new CausalConvolution(random, { inputs: channels, outputs: 2 * channels, width, dilation }),
      skip: oneByOne(random, channels, channels),
      // After the last block nothing goes on.
      ...(i < dilations.length - 1 ? { residual: oneByOne(random, channels, channels) } : {}),
    }));
    this.parameters = namedParts(
      Object.fromEntries(this.blocks.map((block, i) => [`block${i + 1}`, { parameters: namedParts(block) }])),
    );
  }

  apply(x: tf.Tensor): tf.Tensor {
    let h = x;
    const skips = this.blocks.map(({ convolution, residual, skip }) => {
      const z = gate.apply(convolution.apply(h));
      if (residual) h = h.add(residual.apply(z));
      return skip.apply(z);
    });
    return tf.addN(skips);
  }

  stepwise(places: Places): ReturnType<CausalLayer["stepwise"]> {
    const blocks = this.blocks.map(({ convolution, residual, skip }) => ({
      convolve: convolution.stepwise(places),
      residual: residual?.stepwise(places),
      skip: skip.stepwise(places),
      gated: new Memory(places),
      out: new Memory(places),
    }));
    return (input, row, column) => {
      let before = input;
      const skips = blocks.map(({ convolve, residual, skip, gated, out }) => {
        gated.set(row, column, gateNumbers(convolve(before, row, column), places.count));
        if (residual) {
          out.set(row, column, plus(before(row, column) as Float64Array, residual(gated.at, row, column)));
          before = out.at;
        }
        return skip(gated.at, row, column);
      });
      return skips.reduce(plus);
    };
  }
}
