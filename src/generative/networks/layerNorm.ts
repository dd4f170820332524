import * as tf from "@tensorflow/tfjs";
import type { CausalLayer, Places } from "./causal.ts";
import type { Parameters } from "./parameters.ts";
import { assertSizes } from "./sizes.ts";

/**
 * `y = γ (x − mean x) / √(var x + ε) + β`, over the channels of each place by itself.
 *
 * Ba, Kiros & Hinton, Layer Normalization, 2016. Unlike batch normalisation it looks at no other place, so it is causal.
 */
export class LayerNorm implements CausalLayer {
  readonly parameters: Parameters;
  private readonly gain: tf.Variable;
  private readonly bias: tf.Variable;

  constructor(channels: number) {
    assertSizes("LayerNorm", { channels });
    this.gain = tf.tidy(() => tf.variable(tf.ones([channels])));
    this.bias = tf.tidy(() => tf.variable(tf.zeros([channels])));
    this.parameters = { gain: this.gain, bias: this.bias };
  }

  apply(x: tf.Tensor): tf.Tensor {
    const centred = x.sub(x.mean(-1, true));
    const variance = centred.square().mean(-1, true);
    return centred.mul(variance.add(EPSILON).rsqrt()).mul(this.gain).add(this.bias);
  }

  stepwise({ count }: Places): ReturnType<CausalLayer["stepwise"]> {
    const [gain, bias] = [this.gain.dataSync(), this.bias.dataSync()];
    const channels = gain.length;
    return (input, row, column) => {
      const x = input(row, column) as Float64Array;
      const y = new Float64Array(x.length);
      for (let n = 0; n < count; n++) {
        const own = x.subarray(n * channels, (n + 1) * channels);
        const mean = own.reduce((sum, value) => sum + value, 0) / channels;
        const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
        const scale = 1 / Math.sqrt(variance + EPSILON);
        own.forEach((value, i) => {
          y[n * channels + i] = (value - mean) * scale * (gain[i] as number) + (bias[i] as number);
        });
      }
      return y;
    };
  }
}

const EPSILON = 1e-5;
