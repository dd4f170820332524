import * as tf from "@tensorflow/tfjs";
import { inWords, type Random } from "../../engine/index.ts";
import {
  assertCategories,
  assertDefined,
  assertEventShape,
  parameterShape,
  sampleShape,
  type TensorLike,
  toTensor,
} from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";
import { drawCategories } from "./drawCategories.ts";
import { logSoftmax } from "./logSumExp.ts";
import { isKnownWithin } from "./numbers.ts";

export interface LogisticMixtureParameters {
  /** Weights up to a constant: π = softmax. [...batch, d, M] */
  logits: TensorLike;
  /** In units of the values, 0 … K − 1. */
  means: TensorLike;
  /** log s of the widths, in the same units. */
  logScales: TensorLike;
}

/**
 * `P(x) = Σ_m π_m [σ((x + ½ − μ_m)/s_m) − σ((x − ½ − μ_m)/s_m)]` on 0 … K − 1, summed in logarithms over the last axis.
 *
 * With the edge cases: below 0 the lower σ is 0, above K − 1 the upper one is 1, so that the tails belong to the two
 * end values and the sum telescopes to 1. Salimans, Karpathy, Chen & Kingma, PixelCNN++, 2017, eq. 2. In nats;
 * computed without differences of nearly equal numbers, so that it stays finite far out. A logistic narrower than
 * s = e^−80 counts as one of that scale, which gives one value everything; a component may have the weight 0.
 *
 * @throws RangeError where K < 2, the parameters do not broadcast, x is not an integer from 0 to K − 1, or a mean or
 *   log-scale is not finite
 * @example
 * const one = { logits: [[0]], means: [[10]], logScales: [[3]] }; // a variable, a component
 * new DiscretizedLogisticMixture<"x">(256, one).logProb(tf.tensor([0])).arraySync().toFixed(3) // => "-0.957"
 */
export class DiscretizedLogisticMixture<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  private readonly logits: tf.Tensor;
  private readonly means: tf.Tensor;
  private readonly logScales: tf.Tensor;
  /** [...batch, d] */
  readonly shape: readonly number[];

  constructor(
    readonly categories: number,
    parameters: LogisticMixtureParameters,
  ) {
    const family = "DiscretizedLogisticMixture";
    if (!Number.isInteger(categories) || categories < 2) {
      throw new RangeError(
        `DiscretizedLogisticMixture: K must be an integer of at least 2, but got ${inWords(categories)}; bytes have 256 values.`,
      );
    }
    this.logits = toTensor(parameters?.logits, family, "logits");
    this.means = toTensor(parameters?.means, family, "means");
    this.logScales = toTensor(parameters?.logScales, family, "logScales");
    const { logits: l, means: m, logScales: s } = this;
    this.shape = parameterShape(family, { logits: l, means: m, logScales: s }).slice(0, -1);
    if (this.shape.length === 0) {
      throw new RangeError(
        "DiscretizedLogisticMixture: parameters must be [...batch, d, M], but got one axis; one variable is [[ℓ_1, ℓ_2, …]].",
      );
    }
  }

  /** log P(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("DiscretizedLogisticMixture", x, this.shape);
    assertCategories("DiscretizedLogisticMixture", x, this.categories, "round or rescale first");
    const rule = "means and logScales must be finite, logits numbers, and a weight positive";
    return assertDefined("DiscretizedLogisticMixture.logProb", rule, this.each(x.expandDims(-1)).sum(-1));
  }

  /** log P(x = v) of every value v: [...batch, d, K] */
  logProbabilities(): tf.Tensor {
    const fixed = this.fixed();
    const columns = Array.from({ length: this.categories }, (_, v) => this.each(tf.fill([...this.shape, 1], v), fixed));
    return tf.stack(columns, -1);
  }

  /** The numbers of the values drawn: a component, then a logistic, rounded, and clipped to the ends. */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("DiscretizedLogisticMixture", this.shape, samples, random);
    return tf.tidy(() => {
      const M = this.logits.shape.at(-1) as number;
      const full = [...this.shape, M];
      const chosen = drawCategories(
        "DiscretizedLogisticMixture",
        random,
        this.logits.broadcastTo(full).softmax(),
        shape,
      );
      const places = chosen.dataSync();
      const pick = (values: tf.Tensor) => {
        const all = values.broadcastTo(full).dataSync();
        const picked = Float32Array.from(places, (m, i) => all[(i * M + m) % all.length] as number);
        return tf.tensor(picked, shape, "float32");
      };
      const u = random.uniform(shape).clipByValue(1e-7, 1 - 1e-7);
      const noise = u.log().sub(u.mul(-1).add(1).log()); // logistic
      const y = pick(this.means).add(pick(this.logScales).exp().mul(noise));
      return y.round().clipByValue(0, this.categories - 1);
    });
  }

  /** log Σ_m π_m P_m(x), x: [...batch, d, 1] -> [...batch, d] */
  private each(x: tf.Tensor, { inverse, logWidth, logWeights, numbers }: Fixed = this.fixed()): tf.Tensor {
    const within = (y: tf.Tensor) => (numbers ? y.clipByValue(-FARTHEST, FARTHEST) : y);
    const above = within(x.add(0.5).sub(this.means).mul(inverse)); // a
    const below = within(x.sub(0.5).sub(this.means).mul(inverse)); // b
    // σ(a) − σ(b) = σ(a) σ(−b) (1 − e^−w) with w = a − b = 1/s
    const logUpper = above.neg().softplus().neg(); // log σ(a)
    const logLower = below.softplus().neg(); // log (1 − σ(b))
    const inner = logUpper.add(logLower).add(logWidth);
    const first = x.equal(0).toFloat();
    const last = x.equal(this.categories - 1).toFloat();
    const middle = first.add(last).mul(-1).add(1);
    const bins = first.mul(logUpper).add(last.mul(logLower)).add(middle.mul(inner));
    const logProb = logWeights.add(bins).logSumExp(-1);
    return numbers ? logProb.add(numbers) : logProb;
  }

  private fixed(): Fixed {
    const logWeights = logSoftmax(this.logits);
    if (isKnownWithin(this.logScales, -ORDINARY, ORDINARY) && isKnownWithin(this.means, -1e9, 1e9)) {
      const inverse = this.logScales.neg().exp();
      const logWidth = inverse.mul(0.5).tanh().log().add(inverse.neg().softplus());
      return { inverse, logWidth, logWeights };
    }
    const inverse = this.logScales.clipByValue(SMALLEST_LOG_SCALE, -SMALLEST_LOG_SCALE).neg().exp();
    // 1 − e^−w = tanh(w/2) (1 + e^−w); beyond log s = 17 it is w to float32, and its logarithm −log s, also where w is
    // below its range.
    const narrow = this.logScales.clipByValue(SMALLEST_LOG_SCALE, WIDE_LOG_SCALE).neg().exp();
    const logNarrow = narrow.mul(0.5).tanh().log().add(narrow.neg().softplus());
    return {
      inverse,
      logWidth: logNarrow.sub(this.logScales.sub(WIDE_LOG_SCALE).relu()),
      logWeights,
      // What clipping swallows on some backends: NaN and ∞ among the parameters.
      numbers: this.means.add(this.logScales).sum(-1).mul(0),
    };
  }
}

/** What is the same for every x: 1/s, log (1 − e^(−1/s)) and log π, [..., d, M], and 0 or NaN, [..., d]. */
interface Fixed {
  inverse: tf.Tensor;
  logWidth: tf.Tensor;
  logWeights: tf.Tensor;
  /** Left out where means and scales are known for numbers that need no clipping. */
  numbers?: tf.Tensor;
}

/** Of log s and −log s, at which nothing leaves float32. */
const ORDINARY = 17;

const SMALLEST_LOG_SCALE = -80;
const WIDE_LOG_SCALE = 17;
/** Far enough for a bin to have no mass, and its sums are finite. */
const FARTHEST = 1e37;
