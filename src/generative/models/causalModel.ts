import type * as tf from "@tensorflow/tfjs";
import { type CausalLayer, Memory } from "../networks/index.ts";
import { Autoregressive, type Stepwise } from "./autoregressive.ts";
import { fromRaster, toRaster } from "./raster.ts";

/**
 * `ℓ_o(k) = f(x_o(1), …, x_o(k−1))` by a network f that reads the dimensions as places of an image, in raster scan.
 *
 * Place k of the scan holds dimension o(k) of the ordering; a sequence is an image of one row. Values 0 … K − 1 are
 * read as numbers from −1 to 1, unless a member says otherwise.
 */
export abstract class CausalModel extends Autoregressive {
  /** [batch, height, width, 1, or what a value is read as] -> logits [batch, height, width, 1], or K in place of the last 1 */
  protected abstract readonly network: CausalLayer;

  constructor(
    ordering: readonly number[],
    readonly height: number,
    readonly width: number,
  ) {
    super(ordering);
    if (height * width !== ordering.length) {
      throw new RangeError(
        `${new.target.name}: height · width must be ${ordering.length}, the length of the ordering, but got ${height} · ${width}; ` +
          "give every place a dimension.",
      );
    }
  }

  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    const logits = this.network.apply(this.toImage(x)); // [batch, height, width, 1 or K]
    const each = fromRaster(logits, this.places); // [batch, d, 1 or K]
    return this.categories === 2 ? each.reshape([-1, this.dimensions]) : each;
  }

  /** Computes each feature of each place once. */
  override stepwise(count: number): Stepwise {
    const { height, width } = this;
    const places = { count, height, width };
    const step = this.network.stepwise(places);
    const image = new Memory(places);
    let k = 0;
    return {
      next: previous => {
        if (previous) image.set(...this.placeOf(k - 1), this.readValues(previous));
        return step(image.at, ...this.placeOf(k++));
      },
    };
  }

  /** What the network sees of the values, at their places. [batch, d] -> [batch, height, width, 1 or more] */
  private toImage(x: tf.Tensor): tf.Tensor {
    return this.read(toRaster(x, this.ordering, this));
  }

  /** [batch, height, width, 1] of values -> [batch, height, width, 1] of what the network sees of them. */
  protected read(values: tf.Tensor): tf.Tensor {
    return values.mul(2 / (this.categories - 1)).sub(1);
  }

  /** The same for one place of each sample, in plain numbers. */
  protected readValues(values: ArrayLike<number>): Float64Array {
    return Float64Array.from(values, value => (2 * value) / (this.categories - 1) - 1);
  }

  private placeOf(k: number): [row: number, column: number] {
    return [Math.floor(k / this.width), k % this.width];
  }
}
