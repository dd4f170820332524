import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { GatedResidual, type Stacks } from "./gatedResidual.ts";
import { MaskedConvolution, oneByOne } from "./maskedConvolution.ts";
import { namedParts, type Parameters } from "./parameters.ts";

/**
 * Down to half the resolution and up again, with short cuts past it: far context for a quarter of the work.
 *
 * A coarse place takes the features of the first of its four fine ones, which know only what comes before all four,
 * so that it may tell each of them: the order of the pixels is kept. What the coarse grid loses comes back by the
 * short cuts. Salimans et al., PixelCNN++, 2017, sections 2.3 and 2.4, with one halving, and up by repeating.
 * [batch, height, width, 1] -> [batch, height, width, outputs]
 */
export class ShortCuts {
  readonly parameters: Parameters;
  private readonly parts;

  constructor(random: Random, channels: number, outputs: number) {
    const first = (size: [number, number], mask: "vertical A" | "horizontal A") =>
      new MaskedConvolution(random, { inputs: 1, outputs: channels, size, mask });
    const down = (size: [number, number], mask: "vertical B" | "horizontal B") =>
      new MaskedConvolution(random, { inputs: channels, outputs: channels, size, mask });
    this.parts = {
      firstV: first([3, 3], "vertical A"),
      firstH: first([1, 3], "horizontal A"),
      fine: new GatedResidual(random, channels),
      downV: down([3, 3], "vertical B"),
      downH: down([1, 3], "horizontal B"),
      coarse1: new GatedResidual(random, channels),
      coarse2: new GatedResidual(random, channels),
      again: new GatedResidual(random, channels, { shortCut: true }),
      output: oneByOne(random, channels, outputs),
    };
    this.parameters = namedParts(this.parts);
  }

  apply(x: tf.Tensor): tf.Tensor {
    const { firstV, firstH, fine, downV, downH, coarse1, coarse2, again, output } = this.parts;
    const v = firstV.apply(x);
    const before = fine.apply({ v, h: firstH.apply(x).add(v) });
    const down = { v: downV.apply(before.v, 2), h: downH.apply(before.h, 2) };
    const coarse = coarse2.apply(coarse1.apply(down));
    const [, height, width] = x.shape as [number, number, number];
    const up: Stacks = { v: repeated(coarse.v, height, width), h: repeated(coarse.h, height, width) };
    return output.apply(again.apply(up, before).h.relu());
  }
}

/** Every place four times, cut to height × width. */
function repeated(x: tf.Tensor, height: number, width: number): tf.Tensor {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number];
  const tall = tf.stack([x, x], 2).reshape([batch, 2 * rows, columns, channels]);
  const large = tf.stack([tall, tall], 3).reshape([batch, 2 * rows, 2 * columns, channels]);
  return large.slice([0, 0, 0, 0], [-1, height, width, -1]);
}
