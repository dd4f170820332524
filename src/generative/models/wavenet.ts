import { inWords, type Random } from "../../engine/index.ts";
import {
  CausalConvolution,
  type CausalLayer,
  Chain,
  GatedSkips,
  oneByOne,
  type Parameters,
  PlaceBias,
  reluLayer,
} from "../networks/index.ts";
import { CausalModel } from "./causalModel.ts";

export interface WaveNetOptions {
  /** ordering[k] is the dimension that comes k-th. */
  ordering: readonly number[];
  channels: number;
  /** How many places each kernel touches. Default: 2. */
  width?: number;
  /** The dilation of each block. Default: 1, 2, 4, … until the first dimension is seen from the last. */
  dilations?: readonly number[];
  /** Whether the network is told which place it predicts, which a sequence of pixels needs. Default: no. */
  positions?: boolean;
}

/**
 * `logit p(x_k = 1 | x_<k) = WaveNet(x_1, …, x_(k−1))`: a sequence, through gated dilated causal convolutions.
 *
 * The first layer shifts by one; the blocks then see 1 + (width − 1) Σ dilations places back. van den Oord et al.,
 * WaveNet: A Generative Model for Raw Audio, 2016.
 *
 * @throws RangeError where the ordering is not a permutation, or there is no dilation
 * @example
 * const model = new WaveNet(new Random(1), { ordering: naturalOrdering(16), channels: 8 });
 * receptiveField(2, [1, 2, 4, 8]) // => 16
 */
export class WaveNet extends CausalModel {
  readonly parameters: Parameters;
  protected readonly network: CausalLayer;

  constructor(random: Random, { ordering, channels, width = 2, dilations, positions = false }: WaveNetOptions) {
    super(ordering, 1, ordering.length);
    if (dilations !== undefined && !(Array.isArray(dilations) && dilations.length > 0)) {
      throw new RangeError(
        `WaveNet: dilations must have an entry for each block, but got ${Array.isArray(dilations) ? "none" : inWords(dilations)}; leave them out for 1, 2, 4, ….`,
      );
    }
    this.network = new Chain({
      shift: new CausalConvolution(random, { inputs: 1, outputs: channels, width: 1, type: "A" }),
      ...(positions ? { position: new PlaceBias(random, 1, ordering.length, channels) } : {}),
      body: new GatedSkips(random, { channels, width, dilations: dilations ?? doubling(ordering.length, width) }),
      relu1: reluLayer,
      hidden: oneByOne(random, channels, channels),
      relu2: reluLayer,
      output: oneByOne(random, channels, 1),
    });
    this.parameters = this.network.parameters;
  }
}

/** `1 + (width − 1) Σ dilations`: how many places the last output of stacked causal convolutions sees. */
export function receptiveField(width: number, dilations: readonly number[]): number {
  return 1 + (width - 1) * dilations.reduce((sum, dilation) => sum + dilation, 0);
}

/** 1, 2, 4, … as far as it takes to see d places. */
function doubling(d: number, width: number): number[] {
  const dilations = [1];
  while (receptiveField(width, dilations) < d - 1) dilations.push(2 ** dilations.length);
  return dilations;
}
