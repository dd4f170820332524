import * as tf from "@tensorflow/tfjs";
import type { ImageSet } from "../data/index.ts";
import { assertRows, type Bijection, type Transformed } from "../flows/bijection.ts";
import type { Parameters } from "../networks/index.ts";

/**
 * `z_i = logit F_i(x_i)`, where F_i is the distribution function of pixel i as it was counted, linear in each of its
 * 256 cells.
 *
 * x: grey levels with noise, [batch, d] in [0, 256). Most of the mass of a pixel is in its darkest cell; after its own
 * distribution function each is a logistic variable, and what is left to learn is how pixels hang together. Both tails
 * are kept apart, so that 1 − F has its digits. Every level counts `extra` images more than it has.
 */
export class PixelCDF implements Bijection {
  readonly parameters: Parameters = {};
  private readonly d: number;
  /** For level g of pixel i at 256 i + g: P(x < g), P(g ≤ x < g + 1), P(x ≥ g + 1). */
  private readonly tables: { below: Float32Array; cell: Float32Array; above: Float32Array };

  constructor(images: ImageSet, { extra = 0.1 } = {}) {
    this.d = images.dimension;
    const counts = new Float64Array(256 * this.d).fill(extra);
    images.pixels.forEach((grey, at) => {
      const index = 256 * (at % this.d) + grey;
      counts[index] = (counts[index] as number) + 1;
    });
    const total = images.count + 256 * extra;
    const [below, cell, above] = [0, 1, 2].map(() => new Float32Array(counts.length)) as Three;
    for (let i = 0; i < this.d; i++) {
      let sum = 0;
      for (let g = 0; g < 256; g++) {
        below[256 * i + g] = sum / total;
        sum += counts[256 * i + g] as number;
      }
      let rest = 0;
      for (let g = 255; g >= 0; g--) {
        above[256 * i + g] = rest / total;
        rest += counts[256 * i + g] as number;
      }
    }
    counts.forEach((count, at) => {
      cell[at] = count / total;
    });
    this.tables = { below, cell, above };
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("PixelCDF", x, this.d);
    const level = x.floor().clipByValue(0, 255);
    const at = level.add(tf.range(0, this.d).mul(256)).toInt();
    const [below, cell, above] = [this.tables.below, this.tables.cell, this.tables.above].map(table =>
      tf.gather(tf.tensor1d(table), at),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const within = x.sub(level).clipByValue(EDGE, 1 - EDGE);
    const lower = below.add(cell.mul(within)); //            F
    const upper = above.add(cell.mul(tf.sub(1, within))); // 1 − F
    const z = lower.log().sub(upper.log());
    return { z, logDet: cell.log().sub(lower.log()).sub(upper.log()).sum(1) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("PixelCDF", z, this.d);
    const { below, cell, above } = this.tables;
    const values = Float32Array.from(z.dataSync(), (value, at) => {
      const first = 256 * (at % this.d);
      const [lower, upper] = [1 / (1 + Math.exp(-value)), 1 / (1 + Math.exp(value))];
      // The highest level that begins below; told by the smaller tail, which has its digits.
      let [from, to] = [0, 255];
      while (from < to) {
        const middle = (from + to + 1) >> 1;
        const begins = first + middle;
        const isBelow = lower < 0.5 ? (below[begins] as number) <= lower : (above[begins - 1] as number) >= upper;
        if (isBelow) from = middle;
        else to = middle - 1;
      }
      const place = first + from;
      const share =
        lower < 0.5 ? lower - (below[place] as number) : (cell[place] as number) - (upper - (above[place] as number));
      return from + Math.min(Math.max(share / (cell[place] as number), 0), 1);
    });
    return tf.tensor(values, z.shape);
  }
}

/** Noise of exactly 0 is a millionth inside its cell, for at F = 0 there is no z. */
const EDGE = 2 ** -20;

type Three = [Float32Array, Float32Array, Float32Array];
