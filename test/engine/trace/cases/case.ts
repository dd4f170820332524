import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../../../src/engine/index.ts";

export type Tensor = tf.Tensor;

/** A function of tensors that runs a kernel, and tensors to try it on. */
export interface Use {
  // biome-ignore lint/suspicious/noExplicitAny: a function of two tensors is one of many, in spirit.
  f: (...inputs: any[]) => Tensor | Tensor[];
  inputs: Tensor[];
}

/** Uses of one tfjs kernel, one for each draw of shapes. */
export interface KernelCase {
  kernel: string;
  use: (shapes: Shapes) => Use;
  /** Whether the gradient with respect to the inputs in float32 is compared, too. */
  gradient: boolean;
}

/** What is special about the shapes. */
export const kinds = ["ordinary", "axes of length 1", "an empty axis"] as const;
export type Kind = (typeof kinds)[number];

/** Draws shapes and tensors. */
export class Shapes {
  constructor(
    private readonly random: Random,
    readonly kind: Kind,
  ) {}

  pick<Choice>(...choices: Choice[]): Choice {
    return choices[this.random.integer(choices.length)] as Choice;
  }

  /** A length of an axis that is not empty. */
  length(): number {
    return this.kind === "axes of length 1" ? this.pick(1, 1, 3) : this.pick(2, 3, 4, 5);
  }

  /** Lengths of as many axes; one of them is 0 where an empty axis is asked for. */
  shape(rank = this.pick(1, 2, 3)): number[] {
    const shape = Array.from({ length: rank }, () => this.length());
    return this.kind === "an empty axis" && rank > 0 ? shape.with(this.random.integer(rank), 0) : shape;
  }

  /** A shape with an empty axis at one of the given places only. */
  shapeEmptyAt(rank: number, ...places: number[]): number[] {
    const shape = Array.from({ length: rank }, () => this.length());
    return this.kind === "an empty axis" ? shape.with(this.pick(...places), 0) : shape;
  }

  /** Two shapes that broadcast: equal, or with axes of length 1, or without the first axes. */
  pair(): [number[], number[]] {
    const shape = this.shape();
    const narrow = (axes: number[]) => axes.map(length => (length !== 0 && this.random.integer(3) === 0 ? 1 : length));
    const other = narrow(shape).slice(this.pick(0, 0, 1));
    return this.pick([shape, other], [other, shape], [shape, shape], [narrow(shape), narrow(shape)]);
  }

  axis(shape: number[]): number {
    return this.random.integer(shape.length) - this.pick(0, shape.length);
  }

  /** Some axes that are not empty, or only such where `any`. */
  axes(shape: number[], any: "any" | "not empty" = "any"): number[] {
    const candidates = [...shape.keys()].filter(axis => any === "any" || shape[axis] !== 0);
    const chosen = candidates.filter(() => this.random.integer(2) === 0);
    return chosen.length > 0 ? chosen : candidates.slice(-1);
  }

  floats(shape: number[], from = -2, to = 2): Tensor {
    const size = tf.util.sizeFromShape(shape);
    return tf.tensor(
      Float32Array.from(this.random.uniformArray(size), u => from + (to - from) * u),
      shape,
    );
  }

  /** Whole numbers from 0 to `below`. */
  integers(shape: number[], below = 5): Tensor {
    const values = Array.from({ length: tf.util.sizeFromShape(shape) }, () => this.random.integer(Math.max(below, 1)));
    return tf.tensor(values, shape, "int32");
  }

  truth(shape: number[]): Tensor {
    return this.integers(shape, 2).cast("bool");
  }
}

export type Range = readonly [from: number, to: number];

/** A kernel whose gradient is compared, too. */
export const of = (kernel: string, use: KernelCase["use"]): KernelCase => ({ kernel, use, gradient: true });

/** A kernel that has no gradient, or none that says anything. */
export const forward = (kernel: string, use: KernelCase["use"]): KernelCase => ({ kernel, use, gradient: false });

/** A kernel by its name, for those that tfjs offers no public function for. */
export function run(kernel: string, inputs: tf.NamedTensorMap, attributes: object): Tensor {
  return tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as Tensor;
}
