import * as tf from "@tensorflow/tfjs";
import { assertTensor, checkAtEveryCall, isTracing } from "../../engine/index.ts";

/**
 * `k(z) = argmin_k |z − e_k|²`: the number of the nearest vector of a codebook e, [K, d]. z: [..., d] -> [...]
 *
 * Not differentiable. Ties go to the lower number. Up to DIRECT differences in all, each distance is a sum of squared
 * differences, and right to float32. Above, it is |e|² − 2 z·e about the middle of the codebook: an offset that z and
 * all of e share costs nothing, and two codes are told apart where their squared distances to z differ by more than 1e-6 of the
 * squared size of the codebook about its middle. In any unit: squares are of what is at most about 1.
 *
 * @throws RangeError where shapes do not fit, or a number is NaN or infinite, in calls that may look at numbers
 */
export function nearestCode(z: tf.Tensor, vectors: tf.Tensor): tf.Tensor {
  assertTensor("nearestCode", "z", z);
  assertTensor("nearestCode", "vectors", vectors);
  const [K = 0, d = 0] = vectors.shape;
  if (vectors.rank !== 2 || K === 0 || z.shape.at(-1) !== d) {
    throw new RangeError(
      `nearestCode: z must be [..., d] and vectors [K, d], but got [${z.shape}] and [${vectors.shape}]; ` +
        "the last axes must agree.",
    );
  }
  assertAllFinite("z", z);
  assertAllFinite("vectors", vectors);
  return tf.tidy(() => {
    const rows = z.reshape([-1, d]) as tf.Tensor2D;
    const middle = vectors.div(K).sum(0, true);
    const [own, e] = [rows.sub(middle), vectors.sub(middle)] as [tf.Tensor2D, tf.Tensor2D];
    const unit = unitOf(own, e);
    const distances = z.size * K <= DIRECT ? directly(rows, vectors, unit) : byProducts(own.div(unit), e.div(unit)); // [rows, K]
    return distances.argMin(1).toFloat().reshape(z.shape.slice(0, -1));
  });
}

/** Throws unless every code is an integer from 0 to K − 1: beyond them, native code reads memory that is not theirs. */
export function assertCodes(what: string, codes: tf.Tensor, K: number): void {
  lookAt(codes, numbers => {
    for (let i = 0; i < numbers.length; i++) {
      const code = numbers[i] as number;
      if (code >= 0 && code < K && code === Math.floor(code)) continue;
      throw new RangeError(
        `${what}: codes must be integers from 0 to ${K - 1}, but got ${code}; take them from nearestCode.`,
      );
    }
  });
}

/** Looks at numbers where that does not hold up a gradient; a compiled call looks every time. */
function lookAt(values: tf.Tensor, check: (numbers: ArrayLike<number>) => void): void {
  if (tf.engine().state.gradientDepth > 0) return;
  if (isTracing()) checkAtEveryCall(values, check);
  else check(values.dataSync());
}

function assertAllFinite(name: string, values: tf.Tensor): void {
  lookAt(values, numbers => {
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i] as number;
      if (Number.isFinite(value)) continue;
      throw new RangeError(
        `nearestCode: ${name} must be ${Number.isNaN(value) ? "numbers" : "finite"}, but got ${value}; look for a code that nobody chose, or a network gone astray.`,
      );
    }
  });
}

/** The largest size of a number, so that in it as a unit squares neither overflow nor vanish all together. */
function unitOf(...parts: tf.Tensor[]): tf.Tensor {
  return parts.reduce<tf.Tensor>((most, part) => (part.size === 0 ? most : most.maximum(part.abs().max())), SMALLEST());
}

const SMALLEST = () => tf.scalar(2 ** -126);

/** Σ_i (z_i − e_ki)²/unit²: column by column where they are few, as a sum over a short axis takes most of the time. */
function directly(rows: tf.Tensor, vectors: tf.Tensor, unit: tf.Tensor): tf.Tensor {
  const d = rows.shape[1] as number;
  const e = vectors.transpose();
  if (d === 0 || d > FEW) return rows.transpose().expandDims(2).sub(e.expandDims(1)).div(unit).square().sum(0);
  const columns = tf.split(rows, d, 1);
  return tf.addN(tf.split(e, d, 0).map((row, i) => (columns[i] as tf.Tensor).sub(row).div(unit).square()));
}

/** |e_k|² − 2 z·e_k, less the |z|² that all k share, of what the mean of the codes was taken off. */
function byProducts(rows: tf.Tensor2D, e: tf.Tensor2D): tf.Tensor {
  const products = rows.matMul(e, false, true);
  return e.square().sum(1).sub(products.mul(2));
}

/** Differences, rows · K · d, that take no longer than the product. */
const DIRECT = 2 ** 16;
/** Columns, for which an operation each is cheap. */
const FEW = 8;

/**
 * `e_k` for every k in `codes`. [...] of 0 … K − 1, [K, d] -> [..., d]; differentiable in the vectors.
 *
 * @throws RangeError where a code is no integer from 0 to K − 1, in calls that may look at numbers, or vectors are not [K, d]
 */
export function lookUp(codes: tf.Tensor, vectors: tf.Tensor): tf.Tensor {
  assertTensor("lookUp", "codes", codes);
  assertTensor("lookUp", "vectors", vectors);
  if (vectors.rank !== 2) {
    throw new RangeError(`lookUp: vectors must be [K, d], but got shape [${vectors.shape}]; give each code a row.`);
  }
  const K = vectors.shape[0] as number;
  assertCodes("lookUp", codes, K);
  // Kept within them where numbers may not be looked at: a gather of more reads memory that is not theirs.
  const places = codes.reshape([-1]).clipByValue(0, Math.max(0, K - 1));
  const flat = tf.gather(vectors, places.toInt());
  return flat.reshape([...codes.shape, vectors.shape[1] as number]);
}

/**
 * `z + sg[e − z]`: e in value, z in gradient, as if the step from z to e were not there.
 *
 * The staircase z ↦ e has the derivative 0 wherever it has one, so whoever made z would learn nothing. Bengio, Léonard
 * & Courville, Estimating or Propagating Gradients Through Stochastic Neurons, 2013.
 */
export function straightThrough(z: tf.Tensor, e: tf.Tensor): tf.Tensor {
  assertTensor("straightThrough", "z", z);
  assertTensor("straightThrough", "e", e);
  if (!tf.util.arraysEqual(z.shape, e.shape)) {
    throw new RangeError(
      `straightThrough: z and e must have the same shape, but got [${z.shape}] and [${e.shape}]; e is lookUp(nearestCode(z, vectors), vectors).`,
    );
  }
  const passed = tf.customGrad((...inputs) => ({
    value: (inputs[1] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }));
  return passed(z, e);
}
