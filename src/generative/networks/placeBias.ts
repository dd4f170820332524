import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type CausalLayer, type Places, plus } from "./causal.ts";
import type { Parameters } from "./parameters.ts";

/**
 * `y_rc = x_rc + P_rc`: tells a network that shares its weights between places where it is.
 *
 * P is learned, a vector for each place that starts with the given standard deviation: it costs height · width · channels parameters, which is more than O(1).
 */
export class PlaceBias implements CausalLayer {
  readonly parameters: Parameters;
  private readonly places: tf.Variable;

  constructor(random: Random, height: number, width: number, channels: number, std = 0.1) {
    this.places = tf.tidy(() => tf.variable(random.normal([1, height, width, channels]).mul(std)));
    this.parameters = { places: this.places };
  }

  apply(x: tf.Tensor): tf.Tensor {
    return x.add(this.places);
  }

  stepwise({ count, width }: Places): ReturnType<CausalLayer["stepwise"]> {
    const values = this.places.dataSync();
    const channels = this.places.shape[3] as number;
    return (input, row, column) => {
      const from = (row * width + column) * channels;
      const own = Float64Array.from({ length: count * channels }, (_, i) => values[from + (i % channels)] as number);
      return plus(input(row, column) as Float64Array, own);
    };
  }
}
