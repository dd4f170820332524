import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import type { Parameters } from "../networks/index.ts";
import type { CausalModel } from "./causalModel.ts";
import { ConditionalPixelCNN, type GatedPixelCNNOptions } from "./gatedPixelCnn.ts";

export interface SuperResolutionOptions extends GatedPixelCNNOptions {
  /** How many pixels a side one of the small image stands for; must divide height and width. */
  factor: number;
}

/**
 * `p(x | y) = Π_i p(x_i | x_<i, y)` where y is a smaller image: what the missing detail may look like.
 *
 * Each pixel of y is repeated over the pixels that it stands for, and enters the gates there. With a model of the small
 * images, log p(x) = log p(y(x)) + log p(x | y(x)) is a bound on log p(x): some mass is on images that do not shrink
 * to y. After Dahl, Norouzi & Shlens, Pixel Recursive Super Resolution, 2017.
 */
export class SuperResolution implements Conditional<"x", "y"> {
  readonly parameters: Parameters;
  private readonly model: ConditionalPixelCNN;
  private readonly small: { height: number; width: number; factor: number };

  constructor(random: Random, { factor, ...options }: SuperResolutionOptions) {
    const [height, width] = [options.height / factor, options.width / factor];
    if (!Number.isInteger(height) || !Number.isInteger(width)) {
      throw new RangeError(
        `SuperResolution: factor must divide ${options.height} × ${options.width}, but got ${factor}; use a common divisor.`,
      );
    }
    this.small = { height, width, factor };
    this.model = new ConditionalPixelCNN(random, { ...options, context: 1 });
    this.parameters = this.model.parameters;
  }

  /** p(x|y). y: [h · w] or [batch, h · w], of the small image -> over x: [batch, height · width] */
  given(y: tf.Tensor): CausalModel {
    const { height, width, factor } = this.small;
    if (y.shape.at(-1) !== height * width || y.rank > 2) {
      throw new RangeError(
        `SuperResolution.given: y must be [batch, ${height * width}], but got shape [${y.shape}]; it is the small image.`,
      );
    }
    const rows = tf.stack(new Array(factor).fill(y.reshape([-1, height, 1, width])), 2); // [batch, h, factor, 1, w]
    const tall = rows.reshape([-1, height * factor, width, 1]);
    return this.model.given(
      tf.concat(new Array(factor).fill(tall), 3).reshape([-1, height * factor, width * factor, 1]),
    );
  }
}
