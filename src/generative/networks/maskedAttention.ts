import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type CausalLayer, Memory, type Places } from "./causal.ts";
import { oneByOne } from "./maskedConvolution.ts";
import { namedParts, type Parameters } from "./parameters.ts";

export interface MaskedAttentionOptions {
  channels: number;
  /** Default: 1; must divide the channels. */
  heads?: number;
}

/**
 * `y_t = Σ_(s ≤ t) softmax_s(q_t · k_s / √c) v_s`: every place looks at all places up to its own, however far.
 *
 * q, k and v are linear in x, as is what goes out. The number of parameters knows nothing of the number of places n;
 * the table of weights has n² entries. Vaswani et al., Attention Is All You Need, 2017, eq. 1, with the mask of
 * section 3.2.3.
 */
export class MaskedAttention implements CausalLayer {
  readonly parameters: Parameters;
  private readonly project: ReturnType<typeof oneByOne>;
  private readonly output: ReturnType<typeof oneByOne>;
  private readonly heads: number;

  constructor(random: Random, { channels, heads = 1 }: MaskedAttentionOptions) {
    if (!Number.isInteger(heads) || heads < 1 || channels % heads !== 0) {
      throw new RangeError(`MaskedAttention: heads must divide ${channels} channels, but got ${heads}; use a divisor.`);
    }
    this.heads = heads;
    this.project = oneByOne(random, channels, 3 * channels);
    this.output = oneByOne(random, channels, channels);
    this.parameters = namedParts({ project: this.project, output: this.output });
  }

  apply(x: tf.Tensor): tf.Tensor {
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const n = height * width;
    const split = (part: tf.Tensor) =>
      part.reshape([batch, n, this.heads, channels / this.heads]).transpose([0, 2, 1, 3]); // [batch, heads, n, c]
    const [q, k, v] = tf.split(this.project.apply(x), 3, 3).map(split) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const scores = q.matMul(k.transpose([0, 1, 3, 2])).div(Math.sqrt(channels / this.heads));
    const weights = scores.add(hidden(n)).softmax(); // [batch, heads, n, n]
    const mixed = weights.matMul(v).transpose([0, 2, 1, 3]).reshape([batch, height, width, channels]);
    return this.output.apply(mixed);
  }

  /** Keeps the keys and values of the places so far: one row of the table of weights a step. */
  stepwise(places: Places): ReturnType<CausalLayer["stepwise"]> {
    const [project, output] = [this.project.stepwise(places), this.output.stepwise(places)];
    const past: Float64Array[] = []; // q, k, v of each place, [count · 3 · channels]
    const memory = new Memory(places);
    return (input, row, column) => {
      past.push(project(input, row, column));
      memory.set(row, column, attend(past, places.count, this.heads));
      return output(memory.at, row, column);
    };
  }
}

/** −10⁹ where s > t, so that the weight is 0 exactly. [n, n] */
function hidden(n: number): tf.Tensor {
  const values = Float32Array.from({ length: n * n }, (_, at) => (at % n > Math.floor(at / n) ? -1e9 : 0));
  return tf.tensor2d(values, [n, n]);
}

/** The mixture of values that the last place takes, for every sample and head. */
function attend(past: readonly Float64Array[], count: number, heads: number): Float64Array {
  const own = past.at(-1) as Float64Array;
  const channels = own.length / count / 3;
  const c = channels / heads;
  const mixed = new Float64Array(count * channels);
  for (let head = 0; head < count * heads; head++) {
    const [n, h] = [Math.floor(head / heads), head % heads];
    const [q, k, v] = [0, 1, 2].map(part => (3 * n + part) * channels + h * c) as [number, number, number];
    const dot = (place: Float64Array) => {
      let sum = 0;
      for (let i = 0; i < c; i++) sum += (own[q + i] as number) * (place[k + i] as number);
      return sum / Math.sqrt(c);
    };
    const scores = past.map(dot);
    const largest = Math.max(...scores);
    const weights = scores.map(score => Math.exp(score - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    past.forEach((place, s) => {
      const weight = (weights[s] as number) / total;
      for (let i = 0; i < c; i++) {
        const at = n * channels + h * c + i;
        mixed[at] = (mixed[at] as number) + weight * (place[v + i] as number);
      }
    });
  }
  return mixed;
}
