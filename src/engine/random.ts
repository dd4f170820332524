import * as tf from "@tensorflow/tfjs";
import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { type DrawKind, drawRecorder } from "./draws.ts";
import { fillNormal } from "./polar.ts";

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
    const derived = drawRecorder<Random>()?.derive(this, "split");
    if (derived !== undefined) return derived;
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
    const derived = drawRecorder<Random>()?.derive(this, { child: index });
    if (derived !== undefined) return derived;
    const [a = 0, b = 0, c = 0, d = 0] = this.state;
    const first = mersenne((a ^ c) + Math.imul(index, 0x9e3779b1));
    const second = mersenne(b ^ d ^ Math.imul(index, 0x85ebca6b));
    return Random.fromState([first.next(), first.next(), second.next(), second.next()]);
  }

  /** ε ~ N(0, 1), independent, as a float32 tensor of the given shape. */
  normal(shape: readonly number[]): tf.Tensor {
    return this.draw("normal", shape);
  }

  /** u ~ U[0, 1), independent, as a float32 tensor of the given shape. */
  uniform(shape: readonly number[]): tf.Tensor {
    return this.draw("uniform", shape);
  }

  /** x ~ Bernoulli(p), elementwise: 0 or 1 in float32, of the shape of `probabilities`. Not differentiable. */
  bernoulli(probabilities: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const u = this.draw("threshold", probabilities.shape);
      const below = tf.customGrad(p => ({
        value: tf.less(u, p as tf.Tensor).cast("float32"),
        gradFunc: () => tf.zeros([...u.shape]),
      }));
      return below(probabilities);
    });
  }

  /** Fills float32 entries as `normal`, `uniform` and `bernoulli` draw them. */
  fill(kind: DrawKind, values: Float32Array): void {
    if (kind === "normal") {
      this.state = fillNormal(this.state, values);
      return;
    }
    const round = rounding[kind];
    for (let i = 0; i < values.length; i++) values[i] = round(uniformFloat64(this.generator));
  }

  /** n draws of N(0, 1) in float64. */
  normalArray(n: number): Float64Array {
    drawRecorder()?.refuse("normalArray");
    // A fresh sampler each time: it keeps the second half of each pair of draws to itself.
    return filled(n, randomNormal.source(() => uniformFloat64(this.generator))(0, 1));
  }

  /** n draws of U[0, 1) in float64. */
  uniformArray(n: number): Float64Array {
    drawRecorder()?.refuse("uniformArray");
    return filled(n, () => uniformFloat64(this.generator));
  }

  /** A uniform integer from 0 to n − 1. */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1) {
      throw new RangeError(`Random.integer: n must be a positive integer, but got ${n}; it is the number of outcomes.`);
    }
    drawRecorder()?.refuse("integer");
    return uniformInt(this.generator, 0, n - 1);
  }

  /** A uniformly random ordering of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Int32Array {
    drawRecorder()?.refuse("permutation");
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swap;
    }
    return order;
  }

  private draw(kind: DrawKind, shape: readonly number[]): tf.Tensor {
    const values = new Float32Array(size(shape));
    const recorded = drawRecorder<Random>()?.draw(this, kind, shape);
    if (recorded !== undefined) return recorded;
    this.fill(kind, values);
    return tf.tensor(values, [...shape], "float32");
  }
}

/** n draws, in a loop: Float64Array.from takes several times as long, and dynamic binarisation draws 15,000 a batch. */
function filled(n: number, draw: () => number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = draw();
  return values;
}

const rounding: Readonly<Record<Exclude<DrawKind, "normal">, (draw: number) => number>> = {
  // A float64 just below 1 is rounded to 1 in float32, which U[0, 1) does not contain.
  uniform: u => Math.min(u, 1 - 2 ** -24),
  threshold: floatBelow,
};

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The largest float32 that is at most u ≥ 0. */
function floatBelow(u: number): number {
  float[0] = u;
  if ((float[0] as number) > u) bits[0] = (bits[0] as number) - 1;
  return float[0] as number;
}

function size(shape: readonly number[]): number {
  if (!shape.every(n => Number.isInteger(n) && n >= 0)) {
    throw new RangeError(
      `Random: shape must be non-negative integers, but got [${shape}]; name each axis, as in [batch, 2].`,
    );
  }
  return shape.reduce((product, n) => product * n, 1);
}
