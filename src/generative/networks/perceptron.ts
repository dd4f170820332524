import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertList, told } from "../exact/check.ts";
import { Dense } from "./dense.ts";
import { namedParts, type Parameters } from "./parameters.ts";

export type Activation = (x: Tensor) => Tensor;

/**
 * A multilayer perceptron: dense layers with an activation after each of them.
 *
 * `sizes` are the widths from input to last hidden layer: [784, 200, 200] makes two layers.
 * [...batch, sizes[0]] -> [...batch, sizes.at(-1)]
 */
export class Perceptron {
  readonly layers: readonly Dense[];
  readonly parameters: Parameters;
  private readonly activation: Activation;

  constructor(random: Random, sizes: readonly number[], activation: Activation = tanh) {
    assertList("Perceptron", "sizes", sizes);
    if (sizes.length < 2 || !sizes.every(size => Number.isInteger(size) && size > 0)) {
      throw new RangeError(
        `Perceptron: sizes must be two or more positive integers, but got [${sizes}]; as in [784, 200, 200].`,
      );
    }
    if (typeof activation !== "function") {
      throw new TypeError(
        `Perceptron: activation must be a function of tensors, but got ${told(activation)}; tanh and relu are two.`,
      );
    }
    this.activation = activation;
    this.layers = sizes.slice(1).map((outputs, i) => new Dense(random, sizes[i] as number, outputs));
    this.parameters = namedParts(Object.fromEntries(this.layers.map((layer, i) => [`hidden${i + 1}`, layer])));
  }

  apply(x: Tensor): Tensor {
    return this.layers.reduce((h, layer) => this.activation(layer.apply(h)), x);
  }
}

export const tanh: Activation = x => x.tanh();
export const relu: Activation = x => x.relu();
