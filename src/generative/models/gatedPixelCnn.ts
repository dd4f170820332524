import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import { type CausalLayer, GatedStacks, naturalOrdering, type Parameters } from "../networks/index.ts";
import { CausalModel } from "./causalModel.ts";

export interface GatedPixelCNNOptions {
  height: number;
  width: number;
  channels: number;
  /** Gated layers after the first one. */
  layers: number;
  /** Side of the kernels, odd. Default: 3. */
  size?: number;
  /** ordering[k] is the dimension at place k of the raster scan. Default: the natural one. */
  ordering?: readonly number[];
}

/**
 * `logit p(x_i = 1 | x_<i)` by two stacks: one sees the rows above, the other those and what is left in its own row.
 *
 * Together they see all that comes before: there is no blind spot. van den Oord et al., Conditional Image Generation
 * with PixelCNN Decoders, 2016, section 2.2.
 */
export class GatedPixelCNN extends CausalModel {
  readonly parameters: Parameters;
  protected readonly network: CausalLayer;

  constructor(random: Random, { height, width, ordering, ...options }: GatedPixelCNNOptions) {
    super(ordering ?? naturalOrdering(height * width), height, width);
    this.network = new GatedStacks(random, { ...options, context: 0 });
    this.parameters = this.network.parameters;
  }
}

/**
 * `p(x | y) = Π_i p(x_i | x_<i, y)`, where y enters every gate: `tanh(W_f ∗ x + V_f y) ⊙ σ(W_g ∗ x + V_g y)`.
 *
 * y is one vector for the whole image, such as a class as a one-hot vector, or a map of a vector for each place, such
 * as a smaller image. van den Oord et al., 2016, section 2.3, eq. 3 to 5.
 */
export class ConditionalPixelCNN implements Conditional<"x", "y"> {
  readonly parameters: Parameters;
  readonly network: GatedStacks;
  readonly size: { height: number; width: number; ordering: readonly number[] };
  private readonly context: number;

  constructor(random: Random, options: GatedPixelCNNOptions & { context: number }) {
    const { height, width, ordering, ...others } = options;
    this.size = { height, width, ordering: ordering ?? naturalOrdering(height * width) };
    this.network = new GatedStacks(random, others);
    this.parameters = this.network.parameters;
    this.context = options.context;
  }

  /** p(x|y). y: [context], or a row for each x, [batch, context], or a map for each, [batch, height, width, context] */
  given(y: tf.Tensor): CausalModel {
    if (![1, 2, 4].includes(y.rank) || y.shape.at(-1) !== this.context) {
      throw new RangeError(
        `ConditionalPixelCNN.given: y must be [${this.context}], [batch, ${this.context}] or [batch, height, width, ${this.context}], ` +
          `but got shape [${y.shape}]; a class is a one-hot vector.`,
      );
    }
    const maps = y.rank === 4 ? y : y.reshape([-1, 1, 1, this.context]);
    return new GivenPixelCNN(this, maps);
  }
}

/** p(x|y) for one y, or for a batch of them. */
class GivenPixelCNN extends CausalModel {
  readonly parameters: Parameters;
  protected readonly network: CausalLayer;

  constructor({ network, parameters, size }: ConditionalPixelCNN, y: tf.Tensor) {
    super(size.ordering, size.height, size.width);
    this.parameters = parameters;
    this.network = {
      parameters,
      apply: x => network.apply(x, y),
      stepwise: places => network.stepwise(places, y),
    };
  }
}
