import * as tf from "@tensorflow/tfjs";
import { assertTensor, type Random } from "../../engine/index.ts";
import { Bernoulli, Categorical, type Distribution } from "../distributions/index.ts";
import { assertCategories, assertEvery, sampleShape } from "../distributions/check.ts";
import type { variable } from "../distributions/distribution.ts";
import type { Parameters } from "../networks/index.ts";
import { assertOrdering, placesOf } from "../networks/index.ts";

/** A pass through an ordering that remembers: each call costs one dimension, not all of them. */
export interface Stepwise {
  /**
   * `logit p(x_k = 1 | x_<k)` for the next dimension of the ordering, one for each sample: [count]. Where there are
   * K > 2 values, `log p(x_k = v | x_<k)` up to a constant, [count · K], the K of the first sample first.
   *
   * `previous` are the values of the dimension before it, [count]; none at the first call.
   */
  next(previous?: ArrayLike<number>): ArrayLike<number>;
}

export interface AncestralOptions {
  /** Values of the first dimensions of the ordering, which are kept: the rest is drawn from p(rest | prefix). */
  prefix?: ArrayLike<number>;
  /** Whether to remember what the values so far have computed. Default: true. Draws the same samples either way. */
  cached?: boolean;
}

/**
 * `log p(x) = Σ_k log p(x_o(k) | x_o(1), …, x_o(k−1))`: a distribution over {0, …, K − 1}^d by the chain rule, in an
 * ordering o; over bits, K = 2, unless a member says otherwise.
 *
 * Any such product is a distribution, whatever its conditionals are: each sums to 1 over its own value, so the
 * sum over all x folds up from the last dimension to the first. A member of the family says how the logits come
 * about, in `conditional`, and nothing else; it must let no logit see its own value or a later one.
 */
export abstract class Autoregressive implements Distribution<"x"> {
  declare readonly [variable]?: "x";
  abstract readonly parameters: Parameters;
  /** ordering[k] is the dimension that comes k-th. */
  readonly ordering: readonly number[];
  /** places[i] is when dimension i comes. */
  protected readonly places: readonly number[];

  constructor(ordering: readonly number[]) {
    assertOrdering(new.target.name, ordering);
    this.ordering = ordering;
    this.places = placesOf(ordering);
  }

  /** d, the length of x. */
  get dimensions(): number {
    return this.ordering.length;
  }

  /** K: each dimension is an integer from 0 to K − 1. */
  get categories(): number {
    return 2;
  }

  /**
   * `logit p(x_i = 1 | the dimensions before i)` for every i, in one pass. x: [batch, d] -> [batch, d]
   *
   * Where there are K > 2 values, `log p(x_i = v | …)` up to a constant for each v: [batch, d, K].
   */
  abstract conditional(x: tf.Tensor): tf.Tensor;

  /** Throws unless x is [batch, d]: the first thing that `conditional` does. */
  protected assertRows(x: tf.Tensor): void {
    assertTensor(`${this.constructor.name}.conditional`, "x", x);
    if (x.rank === 2 && x.shape[1] === this.dimensions) return;
    throw new RangeError(
      `${this.constructor.name}.conditional: x must be [batch, ${this.dimensions}], but got shape [${x.shape}]; reshape it to rows of ${this.dimensions}.`,
    );
  }

  /** p(x_i | the dimensions before i) of every i, as one distribution over the rows of x: what `logProb` adds up. */
  protected conditionals(x: tf.Tensor): Distribution<"x"> {
    const logits = this.conditional(x);
    return this.categories === 2 ? new Bernoulli<"x">(logits) : new Categorical<"x">(logits);
  }

  /** log p(x) in nats, in one pass. x: [...batch, d] of integers from 0 to K − 1 -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    const d = this.dimensions;
    const what = this.constructor.name;
    assertTensor(`${what}.logProb`, "x", x);
    if (x.shape.at(-1) !== d) {
      throw new RangeError(
        `${what}.logProb: the last axis of x must have ${d} entries, but got shape [${x.shape}]; reshape x to [...batch, ${d}].`,
      );
    }
    assertValues(what, x, this.categories);
    return tf.tidy(() => {
      const rows = x.reshape([-1, d]); // [rows, d]
      return this.conditionals(rows).logProb(rows).reshape(x.shape.slice(0, -1));
    });
  }

  /**
   * `x_o(k) ~ p(x_o(k) | x_o(1), …, x_o(k−1))` for k = 1 … d: ancestral sampling, one dimension after another.
   *
   * One draw, [d]; with `samples`, that many, [samples, d].
   *
   * @throws RangeError where the prefix is longer than x or holds what is no value, or a logit is NaN
   */
  sample(random: Random, samples?: number, { prefix = [], cached = true }: AncestralOptions = {}): tf.Tensor {
    const shape = sampleShape(this.constructor.name, [this.dimensions], samples, random);
    const count = samples ?? 1;
    assertPrefix(this, prefix);
    const steps = cached ? this.stepwise(count) : recompute(this, count);
    const x = new Float32Array(count * this.dimensions);
    let previous: Float32Array | undefined;
    for (const [k, i] of this.ordering.entries()) {
      const logits = steps.next(previous);
      assertLogits(this, i, logits);
      const uniform = random.uniformArray(count);
      const given = prefix[k];
      previous = Float32Array.from(uniform, (u, n) => given ?? drawn(logits, n, this.categories, u));
      for (let n = 0; n < count; n++) x[n * this.dimensions + i] = previous[n] as number;
    }
    return tf.tensor(x, shape);
  }

  /** Whether the k-th dimension sees more than the one before it. Where not, one pass gives the logits of both. */
  needsPass(_k: number): boolean {
    return true;
  }

  /** The conditionals one after another. A model that can reuse what it computed overrides this; d whole passes here. */
  stepwise(count: number): Stepwise {
    return recompute(this, count);
  }
}

/** The conditionals one after another by whole passes: right for every model, and slow. */
function recompute(model: Autoregressive, count: number): Stepwise {
  const { ordering, dimensions: d, categories: K } = model;
  const width = K === 2 ? 1 : K; // logits a dimension
  const x = new Float32Array(count * d);
  let logits: ArrayLike<number> = [];
  let k = 0;
  return {
    next(previous) {
      const before = ordering[k - 1];
      if (before !== undefined) for (let n = 0; n < count; n++) x[n * d + before] = previous?.[n] as number;
      if (model.needsPass(k)) logits = tf.tidy(() => model.conditional(tf.tensor2d(x, [count, d])).dataSync());
      const i = ordering[k++] as number;
      return Float32Array.from({ length: count * width }, (_, at) => {
        const n = Math.floor(at / width);
        return logits[(n * d + i) * width + (at % width)] as number;
      });
    },
  };
}

/** The value of sample n where its share of [0, 1) contains u: of a bit, 1 comes first. */
function drawn(logits: ArrayLike<number>, n: number, K: number, u: number): number {
  if (K === 2) return u < sigmoid(logits[n] as number) ? 1 : 0;
  const p = probabilitiesOf(Array.from({ length: K }, (_, v) => logits[n * K + v] as number));
  let left = u;
  let value = 0;
  while (value < K - 1 && left >= (p[value] as number)) left -= p[value++] as number;
  return value;
}

/** p_v = e^ℓ_v / Σ_w e^ℓ_w */
export function probabilitiesOf(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const weights = logits.map(logit => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map(weight => weight / total);
}

/** 1 / (1 + e^−ℓ) */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** A prefix that is too long, or NaN, would be kept without a word: no draw ever looks at it. */
function assertPrefix(model: Autoregressive, prefix: ArrayLike<number>): void {
  const { dimensions: d, categories: K } = model;
  if (prefix.length > d) {
    throw new RangeError(
      `${model.constructor.name}.sample: prefix must have at most ${d} values, but got ${prefix.length}; it is the first dimensions of x.`,
    );
  }
  const wrong = Array.from(prefix).findIndex(value => !Number.isInteger(value) || value < 0 || value >= K);
  if (wrong < 0) return;
  throw new RangeError(
    `${model.constructor.name}.sample: prefix must hold integers from 0 to ${K - 1}, but got ${prefix[wrong]} at ${wrong}; take them from an x of the data.`,
  );
}

/** Every comparison with NaN is false, so that weights of NaN would draw zeros. */
function assertLogits(model: Autoregressive, i: number, logits: ArrayLike<number>): void {
  for (let n = 0; n < logits.length; n++) {
    if (!Number.isNaN(logits[n])) continue;
    throw new RangeError(
      `${model.constructor.name}.sample: logits must be numbers, but got NaN for dimension ${i}; look for NaN in the parameters.`,
    );
  }
}

function assertValues(what: string, x: tf.Tensor, K: number): void {
  if (K > 2) assertCategories(what, x, K, "round or rescale first");
  else
    assertEvery(`${what}.logProb`, "x must be 0 or 1", "binarise grey pixels first", x, {
      least: 0,
      most: 1,
      integers: true,
    });
}
