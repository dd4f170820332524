import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertRows } from "./bijection.ts";
import { type Conditioner, type MakeConditioner, perceptronConditioner } from "./conditioner.ts";
import { assertMask, type Mask } from "./masks.ts";

export interface CouplingOptions {
  mask: Mask;
  /** Default: a perceptron with two hidden layers of 64. */
  network?: MakeConditioner;
}

/** What every coupling is made of: coordinates that stay, others that change, and a network from the first to the second. */
export class Halves {
  readonly parameters: Parameters;
  private readonly network: Conditioner;
  private readonly kept: tf.Tensor1D;
  private readonly changed: tf.Tensor1D;

  /** `parts`: how many numbers the network gives for each coordinate; `what`: the coupling, for messages. */
  constructor(
    private readonly what: string,
    random: Random,
    { mask, network = perceptronConditioner([64, 64]) }: CouplingOptions,
    parts: number,
  ) {
    assertMask(what, mask);
    this.network = network(random, mask.length, parts);
    this.parameters = this.network.parameters;
    this.kept = tf.keep(tf.tensor1d([...mask]));
    this.changed = tf.keep(tf.tensor1d(mask.map(kept => 1 - kept)));
  }

  /** What the coordinates that stay say of the others: `parts` tensors, the same of x and of z. [batch, d] -> [batch, d] */
  given(x: tf.Tensor): tf.Tensor[] {
    assertRows(this.what, x, this.kept.size);
    return this.network.apply(x.mul(this.kept));
  }

  /** y where coordinates change, 0 where they stay: y must be finite there, too, for ∞ · 0 is no number. */
  onlyChanged(y: tf.Tensor): tf.Tensor {
    return y.mul(this.changed);
  }

  /** x where coordinates stay, y where they change. */
  join(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
    return x.mul(this.kept).add(this.onlyChanged(y));
  }
}
