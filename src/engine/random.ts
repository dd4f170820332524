import * as tf from "@tensorflow/tfjs";
import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/**
 * A stream of random numbers that starts from a seed and is passed where it is needed.
 *
 * Numbers are drawn in JavaScript (xoroshiro128+), so the same seed gives the same numbers on every
 * tensor backend. Drawing advances the stream; `split` makes an independent one. No draw leaves
 * anything hidden behind, so `state` is all there is to save.
 *
 * @example
 * const random = new Random(1);
 * const noise = random.normal([2, 3]); // a [2, 3] tensor of N(0, 1) draws
 * noise.shape // => [2, 3]
 */
export class Random {
  private generator: ReturnType<typeof xoroshiro128plusFromState>;

  /** @param seed an integer from 0 to 2³² − 1 */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`Random: seed must be an integer from 0 to 4294967295, but got ${seed}; use new Random(1).`);
    }
    // xoroshiro is linear: states made of neighbouring seeds would stay correlated for ever. Mersenne's seeding is not.
    const scramble = mersenne(seed);
    this.generator = xoroshiro128plusFromState([0, 1, 2, 3].map(() => scramble.next()));
  }

  /** A stream that goes on from a saved `state`. */
  static fromState(state: readonly number[]): Random {
    if (state.length !== 4 || !state.every(Number.isInteger)) {
      throw new RangeError(`Random: state must be four integers, but got [${state}]; use the state of another Random.`);
    }
    const random = new Random(0);
    random.state = state;
    return random;
  }

  /** The whole state of the stream: four 32-bit integers. */
  get state(): readonly number[] {
    return this.generator.getState();
  }

  set state(state: readonly number[]) {
    this.generator = xoroshiro128plusFromState(state);
  }

  /** An independent stream, begun from 128 bits drawn from this one. */
  split(): Random {
    return Random.fromState([0, 1, 2, 3].map(() => this.generator.next()));
  }

  /**
   * The stream number `index` of those that belong to the present state; this one does not advance.
   *
   * What a computation needs that may begin anywhere: `random.child(step)` is the same however step was reached.
   */
  child(index: number): Random {
    if (!Number.isInteger(index) || index < 0 || index > 0xffffffff) {
      throw new RangeError(
        `Random.child: index must be an integer from 0 to 4294967295, but got ${index}; as in child(step).`,
      );
    }
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const first = mersenne((a ^ c) + Math.imul(index, 0x9e3779b1));
    const second = mersenne(b ^ d ^ Math.imul(index, 0x85ebca6b));
    return Random.fromState([first.next(), first.next(), second.next(), second.next()]);
  }

  /** ε ~ N(0, 1), independent, as a float32 tensor of the given shape. */
  normal(shape: readonly number[]): tf.Tensor {
    return tf.tensor(Float32Array.from(this.normalArray(size(shape))), [...shape], "float32");
  }

  /** u ~ U[0, 1), independent, as a float32 tensor of the given shape. */
  uniform(shape: readonly number[]): tf.Tensor {
    return tf.tensor(Float32Array.from(this.uniformArray(size(shape)), belowOne), [...shape], "float32");
  }

  /** x ~ Bernoulli(p), elementwise: 0 or 1 in float32, of the shape of `probabilities`. */
  bernoulli(probabilities: tf.Tensor): tf.Tensor {
    const p = probabilities.dataSync();
    const x = Float32Array.from(p, value => (uniformFloat64(this.generator) < value ? 1 : 0));
    return tf.tensor(x, probabilities.shape, "float32");
  }

  /** n draws of N(0, 1) in float64. */
  normalArray(n: number): Float64Array {
    // A fresh sampler each time: it keeps the second half of each pair of draws to itself.
    const draw = randomNormal.source(() => uniformFloat64(this.generator))(0, 1);
    return fill(n, draw);
  }

  /** n draws of U[0, 1) in float64. */
  uniformArray(n: number): Float64Array {
    return fill(n, () => uniformFloat64(this.generator));
  }

  /** A uniform integer from 0 to n − 1. */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1) {
      throw new RangeError(`Random.integer: n must be a positive integer, but got ${n}; it is the number of outcomes.`);
    }
    return uniformInt(this.generator, 0, n - 1);
  }

  /** A uniformly random ordering of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swap;
    }
    return order;
  }
}

/** Rounding a float64 just below 1 to float32 would give 1, which U[0, 1) does not contain. */
function belowOne(u: number): number {
  return Math.min(u, 1 - 2 ** -24);
}

function fill(n: number, draw: () => number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = draw();
  return values;
}

function size(shape: readonly number[]): number {
  if (!shape.every(n => Number.isInteger(n) && n >= 0)) {
    throw new RangeError(
      `Random: shape must be non-negative integers, but got [${shape}]; name each axis, as in [batch, 2].`,
    );
  }
  return shape.reduce((product, n) => product * n, 1);
}
