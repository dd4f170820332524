import type * as tf from "@tensorflow/tfjs";
import { namedParts, type Parameters } from "./parameters.ts";

/** The places of a batch of images; a sequence is an image of one row. */
export interface Places {
  count: number;
  height: number;
  width: number;
}

/** The features at one place: `features(row, column)` is [count · channels], sample by sample; undefined outside. */
export type FeaturesAt = (row: number, column: number) => Float64Array | undefined;

/**
 * A layer of which the output at a place depends on its input at that place and at earlier ones only.
 *
 * Whatever is made of such layers is causal. `apply` computes all places at once, from tensors; `stepwise` one
 * place at a time, from plain numbers, and computes no place twice: what makes sampling affordable.
 */
export interface CausalLayer {
  readonly parameters: Parameters;
  /** [batch, height, width, inputs] -> [batch, height, width, outputs] */
  apply(x: tf.Tensor): tf.Tensor;
  /** The output at a place, given the input at it and all before. To be asked for once for each place, in order. */
  stepwise(places: Places): (input: FeaturesAt, row: number, column: number) => Float64Array;
}

/** `f_n(… f_2(f_1(x)))` */
export class Chain implements CausalLayer {
  readonly parameters: Parameters;

  constructor(readonly layers: Readonly<Record<string, CausalLayer>>) {
    this.parameters = namedParts({ ...layers });
  }

  apply(x: tf.Tensor): tf.Tensor {
    return Object.values(this.layers).reduce((h, layer) => layer.apply(h), x);
  }

  stepwise(places: Places): ReturnType<CausalLayer["stepwise"]> {
    const steps = Object.values(this.layers).map(layer => ({
      step: layer.stepwise(places),
      memory: new Memory(places),
    }));
    return (input, row, column) => {
      let before = input;
      for (const { step, memory } of steps) {
        memory.set(row, column, step(before, row, column));
        before = memory.at;
      }
      return before(row, column) as Float64Array;
    };
  }
}

/** `x + f(x)`: gradients reach the first layer of a deep stack undiminished. */
export class Residual implements CausalLayer {
  readonly parameters: Parameters;

  constructor(private readonly layer: CausalLayer) {
    this.parameters = layer.parameters;
  }

  apply(x: tf.Tensor): tf.Tensor {
    return x.add(this.layer.apply(x));
  }

  stepwise(places: Places): ReturnType<CausalLayer["stepwise"]> {
    const step = this.layer.stepwise(places);
    return (input, row, column) => plus(input(row, column) as Float64Array, step(input, row, column));
  }
}

/** `max(x, 0)` at every place. */
export const reluLayer: CausalLayer = {
  parameters: {},
  apply: x => x.relu(),
  stepwise: () => (input, row, column) => (input(row, column) as Float64Array).map(x => Math.max(x, 0)),
};

/** a + b, entry by entry. */
export function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number));
}

/** What is known of each place so far. */
export class Memory {
  private readonly known: (Float64Array | undefined)[];
  readonly at: FeaturesAt;

  constructor({ height, width }: Places) {
    this.known = new Array(height * width);
    this.at = (row, column) =>
      row < 0 || row >= height || column < 0 || column >= width ? undefined : this.known[row * width + column];
    this.set = (row, column, features) => {
      this.known[row * width + column] = features;
    };
  }

  readonly set: (row: number, column: number, features: Float64Array) => void;
}
