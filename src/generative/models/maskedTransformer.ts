import type { Random } from "../../engine/index.ts";
import {
  CausalConvolution,
  type CausalLayer,
  Chain,
  LayerNorm,
  MaskedAttention,
  oneByOne,
  type Parameters,
  PlaceBias,
  Residual,
  reluLayer,
} from "../networks/index.ts";
import { assertAtLeast } from "../networks/sizes.ts";
import { CausalModel } from "./causalModel.ts";

export interface MaskedTransformerOptions {
  /** ordering[k] is the dimension that comes k-th: any at all. */
  ordering: readonly number[];
  channels: number;
  blocks: number;
  /** Default: 1. */
  heads?: number;
  /** Places that a causal convolution before each attention touches; 0 for attention alone. Default: 0. */
  convolution?: number;
}

/**
 * `logit p(x_o(k) = 1 | x_o(1), …, x_o(k−1))` by masked self-attention, in any ordering o.
 *
 * The value that came before and what place is to be predicted go in; a block is attention and then a network of two
 * layers at each place, each on the normalised input and added to it. With `convolution` neighbours in the ordering
 * are mixed first, as in PixelSNAIL. Vaswani et al., Attention Is All You Need, 2017; for images: Parmar et al., Image
 * Transformer, 2018; with convolutions: Chen et al., PixelSNAIL, 2018.
 *
 * @throws RangeError where the ordering is not a permutation, or the heads do not divide the channels
 */
export class MaskedTransformer extends CausalModel {
  readonly parameters: Parameters;
  protected readonly network: CausalLayer;

  constructor(random: Random, { ordering, channels, blocks, heads = 1, convolution = 0 }: MaskedTransformerOptions) {
    super(ordering, 1, ordering.length);
    assertAtLeast("MaskedTransformer", 0, { blocks, convolution });
    const local = () =>
      new Residual(new CausalConvolution(random, { inputs: channels, outputs: channels, width: convolution }));
    const attention = () =>
      new Residual(
        new Chain({ norm: new LayerNorm(channels), attention: new MaskedAttention(random, { channels, heads }) }),
      );
    const perceptron = () =>
      new Residual(
        new Chain({
          norm: new LayerNorm(channels),
          hidden: oneByOne(random, channels, 2 * channels),
          relu: reluLayer,
          output: oneByOne(random, 2 * channels, channels),
        }),
      );
    const block = (i: number) => ({
      ...(convolution > 0 ? { [`local${i}`]: local() } : {}),
      [`attention${i}`]: attention(),
      [`perceptron${i}`]: perceptron(),
    });
    this.network = new Chain({
      shift: new CausalConvolution(random, { inputs: 1, outputs: channels, width: 1, type: "A" }),
      position: new PlaceBias(random, 1, ordering.length, channels, 1), // keys must tell places apart from the start
      ...Object.assign({}, ...Array.from({ length: blocks }, (_, i) => block(i + 1))),
      norm: new LayerNorm(channels),
      output: oneByOne(random, channels, 1),
    });
    this.parameters = this.network.parameters;
  }
}
