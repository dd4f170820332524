import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { gate } from "./gate.ts";
import { MaskedConvolution, oneByOne } from "./maskedConvolution.ts";
import { namedParts, type Parameters } from "./parameters.ts";

/** Features of the rows above a place (v), and of those and what is left of it (h). [batch, height, width, channels] */
export interface Stacks {
  v: tf.Tensor;
  h: tf.Tensor;
}

/**
 * `v' = v + gate(N_v ∗ relu v + short cut)`, `h' = h + gate(N_h ∗ relu h + L v' + short cut)`.
 *
 * The block of PixelCNN++: each stack goes through its own masked convolution, v also into h, and what an earlier
 * block at the same resolution held may come in by a short cut. Salimans et al., PixelCNN++, 2017, section 2.
 */
export class GatedResidual {
  readonly parameters: Parameters;
  private readonly parts;

  constructor(random: Random, channels: number, { shortCut = false }: { shortCut?: boolean } = {}) {
    const convolution = (size: [number, number], mask: "vertical B" | "horizontal B") =>
      new MaskedConvolution(random, { inputs: channels, outputs: 2 * channels, size, mask });
    this.parts = {
      vertical: convolution([3, 3], "vertical B"),
      horizontal: convolution([1, 3], "horizontal B"),
      link: oneByOne(random, channels, 2 * channels),
      ...(shortCut
        ? { cutV: oneByOne(random, channels, 2 * channels), cutH: oneByOne(random, channels, 2 * channels) }
        : {}),
    };
    this.parameters = namedParts(this.parts);
  }

  apply({ v, h }: Stacks, from?: Stacks): Stacks {
    const { vertical, horizontal, link, cutV, cutH } = this.parts;
    const forV = vertical.apply(v.relu());
    const newV = v.add(gate.apply(from && cutV ? forV.add(cutV.apply(from.v.relu())) : forV));
    const forH = horizontal.apply(h.relu()).add(link.apply(newV.relu()));
    const newH = h.add(gate.apply(from && cutH ? forH.add(cutH.apply(from.h.relu())) : forH));
    return { v: newV, h: newH };
  }
}
