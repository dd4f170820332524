import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Bernoulli, type Distribution } from "../distributions/index.ts";
import { sampleShape } from "../distributions/check.ts";
import type { variable } from "../distributions/distribution.ts";
import { logSumExp } from "../distributions/logSumExp.ts";
import { Dense, namedParts, naturalOrdering, type Parameters } from "../networks/index.ts";
import { ConditionalMADE, MADE } from "./made.ts";

export interface HierarchicalOptions {
  /** d, the length of x. */
  dimensions: number;
  /** m, the bits of the code; at most 12. */
  code: number;
  /** Units of the two autoregressive networks. */
  hidden: number;
}

/**
 * `p(x) = Σ_z p(z) p(x|z) ≥ p(z(x)) p(x|z(x))`: first a short code z, then the image given the code, both autoregressive.
 *
 * What the code is about is decided beforehand: the encoder z(x) is trained with an *auxiliary* decoder, which has to
 * predict all pixels from z at once, without seeing its neighbours, so that z holds what is large. The autoregressive
 * decoder would ignore z, being good at all that is near. After De Fauw, Dieleman & Simonyan, Hierarchical
 * Autoregressive Image Models with Auxiliary Decoders, 2019. Codes are bits here, so few that all can be summed over.
 */
export class Hierarchical implements Distribution<"x"> {
  declare readonly [variable]?: "x";
  readonly parameters: Parameters;
  /** Encoder and auxiliary decoder: what `auxiliaryLogProb` trains. */
  readonly codeParameters: Parameters;
  readonly prior: MADE;
  readonly decoder: ConditionalMADE;
  private readonly encoder: Dense;
  private readonly auxiliary: Dense;

  constructor(
    random: Random,
    readonly options: HierarchicalOptions,
  ) {
    const { dimensions, code, hidden } = options;
    if (!Number.isInteger(code) || code < 1 || code > 12) {
      throw new RangeError(
        `Hierarchical: code must be an integer from 1 to 12, but got ${code}; all 2^m codes are summed over.`,
      );
    }
    this.encoder = new Dense(random, dimensions, code);
    this.auxiliary = new Dense(random, code, dimensions);
    this.prior = new MADE(random, { ordering: naturalOrdering(code), hidden: [hidden] });
    this.decoder = new ConditionalMADE(random, {
      ordering: naturalOrdering(dimensions),
      hidden: [hidden],
      context: code,
    });
    this.codeParameters = namedParts({ encoder: this.encoder, auxiliary: this.auxiliary });
    this.parameters = namedParts({ prior: this.prior, decoder: this.decoder });
  }

  /** z(x), bits. [batch, d] -> [batch, m]. Gradients pass the step as if it were the identity: straight through. */
  code(x: tf.Tensor): tf.Tensor {
    const step = tf.customGrad(a => ({
      value: (a as tf.Tensor).greater(0).toFloat(),
      gradFunc: dy => dy,
    }));
    return step(this.encoder.apply(x.mul(2).sub(1)));
  }

  /** log of the probability of x by the auxiliary decoder, every pixel from z(x) alone. [batch, d] -> [batch] */
  auxiliaryLogProb(x: tf.Tensor): tf.Tensor {
    return new Bernoulli<"x">(this.auxiliary.apply(this.code(x))).logProb(x);
  }

  /** `log p(z(x)) + log p(x | z(x))`, what training maximises: at most log p(x). [batch, d] -> [batch] */
  bound(x: tf.Tensor): tf.Tensor {
    const z = this.code(x);
    return this.prior.logProb(z).add(this.decoder.given(z).logProb(x));
  }

  /** log p(x) in nats, the sum over all 2^m codes. [batch, d] -> [batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    const m = this.options.code;
    const each = Array.from({ length: 2 ** m }, (_, index) => {
      const z = tf.tensor1d(Array.from({ length: m }, (_, i) => Math.floor(index / 2 ** i) % 2));
      return this.decoder.given(z).logProb(x).add(this.prior.logProb(z));
    });
    return logSumExp(tf.stack(each), 0);
  }

  /** A code, then an image for it. [d], or [samples, d]. */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Hierarchical", [this.options.dimensions], samples, random);
    const z = this.prior.sample(random, samples ?? 1);
    return this.decoder
      .given(z)
      .sample(random, samples ?? 1)
      .reshape(shape);
  }
}
