import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertChoice } from "../exact/check.ts";
import { MaskedDense, type MaskType } from "./maskedDense.ts";
import { namedParts, type Parameters } from "./parameters.ts";
import { assertSizes } from "./sizes.ts";
import { unitByUnit } from "./unitByUnit.ts";

export interface MaskedPerceptronOptions {
  /** Degrees of the inputs, also of the outputs: 1, 2, … in some order. Inputs of one degree are known together. */
  degrees: readonly number[];
  /** Widths of the hidden layers. */
  hidden: readonly number[];
  /** The type of each layer, hidden ones first. Default: B for every layer but the last, which is A. */
  types?: readonly MaskType[];
  /** Degrees of hidden units: spread evenly over those that are of use, or drawn among them. Default: `"even"`. */
  hiddenDegrees?: "even" | "random";
  /** Inputs that every unit may see, after the others; they have degree 0. Default: 0. */
  context?: number;
  /** Default: `"relu"`. */
  activation?: keyof typeof activations;
}

/**
 * A multilayer perceptron from d inputs to d outputs in which output i sees only inputs of lower degree.
 *
 * Whether it does depends on `types`: one layer of type A, anywhere, is needed; without one, an output sees the
 * input of its own degree, and with two it no longer sees the one just before. Germain et al., MADE, 2015,
 * section 4; the types are named after the masks of van den Oord et al., Pixel Recurrent Neural Networks, 2016.
 */
export class MaskedPerceptron {
  readonly parameters: Parameters;
  readonly layers: readonly MaskedDense[];
  readonly degrees: readonly number[];
  private readonly activation: keyof typeof activations;

  constructor(random: Random, options: MaskedPerceptronOptions) {
    const { degrees, hidden, hiddenDegrees, context, activation } = { ...defaults, ...options };
    assertSizes("MaskedPerceptron", Object.fromEntries(hidden.map((width, layer) => [`hidden[${layer}]`, width])));
    assertChoice("MaskedPerceptron", "hiddenDegrees", hiddenDegrees, ["even", "random"]);
    assertChoice("MaskedPerceptron", "activation", activation, ["relu", "tanh"]);
    const types = options.types ?? [...hidden.map(() => "B" as const), "A" as const];
    if (types.length !== hidden.length + 1) {
      throw new RangeError(
        `MaskedPerceptron: there must be a type for each of ${hidden.length + 1} layers, but got [${types}]; the last is that of the output.`,
      );
    }
    this.activation = activation;
    this.degrees = degrees;
    const last = Math.max(...degrees);
    const widths = [...hidden, degrees.length];
    let before = [...degrees, ...new Array<number>(context).fill(0)];
    this.layers = widths.map((width, layer) => {
      // After a layer of type A a unit sees what is below its degree, so 1 would see nothing; before one, units of
      // the last degree are seen by none.
      const lowest = types.slice(0, layer + 1).includes("A") ? 2 : 1;
      const highest = types.slice(layer + 1).includes("A") ? last - 1 : last;
      const choice = hiddenDegrees === "random" ? random : undefined;
      const own = layer === hidden.length ? degrees : spread(width, lowest, highest, choice);
      const made = new MaskedDense(random, before, own, types[layer] as MaskType);
      before = [...own];
      return made;
    });
    this.parameters = namedParts(Object.fromEntries(this.layers.map((layer, i) => [`layer${i + 1}`, layer])));
  }

  /** x: [batch, d + context] -> [batch, d] */
  apply(x: tf.Tensor): tf.Tensor {
    const last = this.layers.length - 1;
    return this.layers.reduce((h, layer, i) => {
      const y = layer.apply(h);
      return i === last ? y : activations[this.activation].tensor(y);
    }, x);
  }

  /** The outputs in an ordering along which degrees do not fall, every unit computed once; see `unitByUnit`. */
  stepwise(ordering: readonly number[], count: number, context: readonly ArrayLike<number>[] = []) {
    const layers = this.layers.map(layer => layer.numbers());
    return unitByUnit(layers, ordering, activations[this.activation].number, count, context);
  }
}

const activations = {
  relu: { tensor: (x: tf.Tensor): tf.Tensor => x.relu(), number: (x: number) => Math.max(x, 0) },
  tanh: { tensor: (x: tf.Tensor): tf.Tensor => x.tanh(), number: Math.tanh },
};

const defaults = { hiddenDegrees: "even", context: 0, activation: "relu" } as const;

/** Degrees lowest … highest for `width` units: the same number of each, or drawn. One degree where there is no choice. */
function spread(width: number, lowest: number, highest: number, random?: Random): number[] {
  const choices = Math.max(1, highest - lowest + 1);
  return Array.from({ length: width }, (_, unit) =>
    random ? lowest + random.integer(choices) : lowest + Math.floor((unit * choices) / width),
  );
}
