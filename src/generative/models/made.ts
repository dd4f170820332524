import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import {
  assertOrdering,
  MaskedPerceptron,
  type MaskedPerceptronOptions,
  type Parameters,
  placesOf,
} from "../networks/index.ts";
import { Autoregressive, type Stepwise } from "./autoregressive.ts";

export interface MADEOptions extends Omit<MaskedPerceptronOptions, "degrees" | "context"> {
  /** ordering[k] is the dimension that comes k-th. */
  ordering: readonly number[];
  /** How many dimensions of the ordering are drawn at a time: [1, 1, 2, 4] for eight of them. Default: one. */
  groups?: readonly number[];
}

/**
 * `logit p(x_i = 1 | x_<i) = NN(x ; W ⊙ M)_i`: an autoencoder whose masks M cut every path from x_i and what comes later.
 *
 * One pass gives all d conditionals. Input i has as its degree its place in the ordering, counted from 1; the
 * masks let output i see lower degrees only. Germain, Gregor, Murray & Larochelle, MADE: Masked Autoencoder for
 * Distribution Estimation, 2015, eq. 8–9.
 *
 * With `groups`, dimensions of a group have one degree and are independent given the groups before: as many passes
 * to sample as there are groups. Reed et al., Parallel Multiscale Autoregressive Density Estimation, 2017.
 *
 * @throws RangeError where the ordering is not a permutation, no layer is of type A, or groups do not add up
 * @example
 * const made = new MADE(new Random(1), { ordering: [1, 0, 2], hidden: [16] });
 * made.conditional(tf.zeros([5, 3])).shape // => [5, 3]
 */
export class MADE extends Autoregressive {
  readonly parameters: Parameters;
  private readonly network: MaskedPerceptron;

  constructor(random: Random, { ordering, groups, ...options }: MADEOptions) {
    super(ordering);
    this.network = new MaskedPerceptron(random, { ...options, degrees: degreesOf(ordering, groups, options.types) });
    this.parameters = this.network.parameters;
  }

  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    return this.network.apply(x);
  }

  /** Computes each hidden unit once, when the last bit that it sees is known. */
  override stepwise(count: number): Stepwise {
    return this.network.stepwise(this.ordering, count);
  }

  override needsPass(k: number): boolean {
    return rises(this.network.degrees, this.ordering, k);
  }
}

/**
 * `p(x | y) = Π_i p(x_i | x_<i, y)`: a MADE that also sees a condition y, such as a class as a one-hot vector.
 *
 * y has degree 0, so that every unit may see it. Germain et al., 2015; conditioning on a one-hot class as in
 * van den Oord et al., Conditional Image Generation with PixelCNN Decoders, 2016, section 2.3.
 */
export class ConditionalMADE implements Conditional<"x", "y"> {
  readonly parameters: Parameters;
  readonly ordering: readonly number[];
  readonly network: MaskedPerceptron;
  private readonly context: number;

  constructor(random: Random, { ordering, groups, context, ...options }: MADEOptions & { context: number }) {
    assertOrdering("ConditionalMADE", ordering);
    this.ordering = ordering;
    this.context = context;
    const degrees = degreesOf(ordering, groups, options.types);
    this.network = new MaskedPerceptron(random, { ...options, context, degrees });
    this.parameters = this.network.parameters;
  }

  /** p(x|y). y: [context], for every x the same, or [batch, context], a row for each. */
  given(y: tf.Tensor): Autoregressive {
    if (![1, 2].includes(y.rank) || y.shape.at(-1) !== this.context) {
      throw new RangeError(
        `ConditionalMADE.given: y must be [${this.context}] or [batch, ${this.context}], but got shape [${y.shape}]; a class is a one-hot vector.`,
      );
    }
    return new GivenMADE(this, y);
  }
}

/** p(x|y) for one y, or for a batch of them. */
class GivenMADE extends Autoregressive {
  readonly parameters: Parameters;

  constructor(
    private readonly model: ConditionalMADE,
    private readonly y: tf.Tensor,
  ) {
    super(model.ordering);
    this.parameters = model.parameters;
  }

  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    return this.model.network.apply(tf.concat([x, this.rows(x.shape[0] as number)], 1));
  }

  override stepwise(count: number): Stepwise {
    const y = tf.tidy(() => this.rows(count).arraySync() as number[][]);
    return this.model.network.stepwise(this.ordering, count, y);
  }

  override needsPass(k: number): boolean {
    return rises(this.model.network.degrees, this.ordering, k);
  }

  /** y for each x: [count, context] */
  private rows(count: number): tf.Tensor {
    if (this.y.rank === 1) return this.y.expandDims(0).tile([count, 1]);
    if (this.y.shape[0] === count) return this.y;
    throw new RangeError(
      `ConditionalMADE: y must have a row for each of ${count} x, but got ${this.y.shape[0]} rows; give one y for all of them, or one for each.`,
    );
  }
}

/** The group in which each dimension is drawn, counted from 1: without groups, its place in the ordering. */
function degreesOf(
  ordering: readonly number[],
  groups: readonly number[] = ordering.map(() => 1),
  types: readonly string[] = ["A"],
): number[] {
  if (!types.includes("A")) {
    throw new RangeError(
      `MADE: at least one layer must be of type A, but got [${types}]; every output would see its own input.`,
    );
  }
  const total = groups.reduce((sum, size) => sum + size, 0);
  if (total !== ordering.length || !groups.every(size => Number.isInteger(size) && size > 0)) {
    throw new RangeError(
      `MADE: groups must be positive integers with sum ${ordering.length}, but got [${groups}]; they count the dimensions drawn at a time.`,
    );
  }
  const degrees = groups.flatMap((size, group) => new Array<number>(size).fill(group + 1)); // by place
  return placesOf(ordering).map(place => degrees[place] as number);
}

/** Whether the k-th dimension of the ordering has another degree than the one before it. */
function rises(degrees: readonly number[], ordering: readonly number[], k: number): boolean {
  return k === 0 || degrees[ordering[k] as number] !== degrees[ordering[k - 1] as number];
}
