import * as tf from "@tensorflow/tfjs";
import { assertTensor, checkAtEveryCall, isTracing } from "../../engine/index.ts";

/**
 * `k(z) = argmin_k |z − e_k|²`: the number of the nearest vector of a codebook e, [K, d]. z: [..., d] -> [...]
 *
 * Not differentiable. Ties go to the lower number. Up to DIRECT differences in all, each distance is a sum of squared
 * differences, and right to float32. Above, it is |e|² − 2 z·e about the middle of the codebook: an offset that z and
 * all of e share costs nothing, and two codes are told apart where their squared distances to z differ by more than 1e-6 of the
 * squared size of the codebook about its middle. In any unit.
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
  const shape = z.shape.slice(0, -1);
  const known = [finite("z", z), finite("vectors", vectors)] as const;
  if (z.size * K <= DIRECT && !isTracing()) {
    const [numbers, e] = [known[0] ?? z.dataSync(), known[1] ?? vectors.dataSync()];
    const codes = nearestByDifferences(numbers, e, K, tf.util.sizeFromShape(shape));
    return tf.tensor(codes, shape, "float32");
  }
  return tf.tidy(() => {
    const rows = z.reshape([-1, d]) as tf.Tensor2D;
    return distancesOf(rows, vectors, known).argMin(1).toFloat().reshape(shape);
  });
}

function distancesOf(rows: tf.Tensor2D, vectors: tf.Tensor, [z, e]: readonly (Numbers | undefined)[]): tf.Tensor {
  const [K, d] = vectors.shape as [number, number];
  if (rows.size * K <= DIRECT) return directDistances(rows, vectors);
  const ordinary = z && e && areOrdinary(Math.max(largestOf(z), largestOf(e)), e, K, d);
  return ordinary ? plainProducts(rows, vectors) : centredProducts(rows, vectors);
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

type Numbers = ArrayLike<number>;

/** The numbers, none in a compiled call and inside a gradient. Throws where one is NaN or infinite. */
function finite(name: string, values: tf.Tensor): Numbers | undefined {
  let known: Numbers | undefined;
  const eager = !isTracing();
  lookAt(values, numbers => {
    if (!allFinite(numbers)) throw notFinite(name, Array.from(numbers).find(v => !Number.isFinite(v)) as number);
    if (eager) known = numbers;
  });
  return known;
}

/** In four sums, as each has to wait for its own last addition only: 0 · x is NaN for no other x. */
function allFinite(numbers: Numbers): boolean {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < numbers.length; i += 4) {
    s0 += 0 * (numbers[i] as number);
    s1 += 0 * (numbers[i + 1] as number);
    s2 += 0 * (numbers[i + 2] as number);
    s3 += 0 * (numbers[i + 3] as number);
  }
  for (; i < numbers.length; i++) s0 += 0 * (numbers[i] as number);
  return s0 + s1 + s2 + s3 === 0;
}

/** |z_i| of the largest. */
function largestOf(numbers: Numbers): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i] as number));
  return largest;
}

function notFinite(name: string, value: number): RangeError {
  return new RangeError(
    `nearestCode: ${name} must be ${Number.isNaN(value) ? "numbers" : "finite"}, but got ${value}; look for a code that nobody chose, or a network gone astray.`,
  );
}

/** argmin_k Σ_i (z_i − e_ki)² for each row of z, in float64: the first of several. */
function nearestByDifferences(z: Numbers, e: Numbers, K: number, rows: number): Float32Array {
  const d = e.length / K;
  const codes = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let least = Infinity;
    for (let k = 0, at = 0; k < K; k++) {
      let square = 0;
      for (let i = row * d, end = i + d; i < end; i++, at++) {
        const difference = (z[i] as number) - (e[at] as number);
        square += difference * difference;
      }
      if (square >= least) continue;
      least = square;
      codes[row] = k;
    }
  }
  return codes;
}

/** Σ_i (z_i − e_ki)²/u², with the largest difference u as their unit; column by column where they are few: [rows, K]. */
function directDistances(rows: tf.Tensor, vectors: tf.Tensor): tf.Tensor {
  const [d, e] = [rows.shape[1] as number, vectors.transpose()];
  if (d === 0 || rows.shape[0] === 0) return tf.zeros([rows.shape[0], vectors.shape[0] as number]);
  if (d > FEW) {
    const differences = rows.transpose().expandDims(2).sub(e.expandDims(1)); // [d, rows, K]
    return differences.div(differences.abs().max().maximum(SMALLEST)).square().sum(0);
  }
  const columns = tf.split(rows, d, 1);
  const differences = tf.split(e, d, 0).map((row, i) => (columns[i] as tf.Tensor).sub(row));
  const sizes = differences.map(each => each.abs()).reduce((most, each) => most.maximum(each));
  const unit = sizes.max().maximum(SMALLEST);
  return tf.addN(differences.map(each => each.div(unit).square()));
}

/** |e_k|² − 2 z·e_k, less the |z|² that all k share, of numbers that are known to be ordinary: [rows, K]. */
function plainProducts(rows: tf.Tensor2D, vectors: tf.Tensor): tf.Tensor {
  return vectors
    .square()
    .sum(1)
    .sub(rows.matMul(vectors.mul(2) as tf.Tensor2D, false, true));
}

/**
 * Half of the same of what the middle of the codebook was taken off, over u^(3/2): ½ √u |e_k/u|² − z·(e_k/u)/√u, where u is
 * the size of the codebook. So the two are of size √u, which has room for all that float32 tells apart.
 */
function centredProducts(rows: tf.Tensor2D, vectors: tf.Tensor): tf.Tensor {
  const middle = vectors.div(vectors.shape[0] as number).sum(0, true);
  const [own, e] = [rows.sub(middle) as tf.Tensor2D, vectors.sub(middle)];
  const size = e.abs().max().maximum(SMALLEST);
  const [unit, root] = [e.div(size), size.sqrt()];
  return unit
    .square()
    .sum(1)
    .mul(root.mul(0.5))
    .sub(own.matMul(unit.div(root) as tf.Tensor2D, false, true));
}

/** Whether squares are far from the ends of float32, and z and all e no further from 0 than twice the codebook's size. */
function areOrdinary(largest: number, numbers: Numbers, K: number, d: number): boolean {
  let spread = 0;
  for (let i = 0; i < d; i++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = i; at < K * d; at += d) {
      low = Math.min(low, numbers[at] as number);
      high = Math.max(high, numbers[at] as number);
    }
    spread = Math.max(spread, (high - low) / 2);
  }
  return largest <= 2 * spread && spread > ORDINARY[0] && spread < ORDINARY[1];
}

const SMALLEST = 2 ** -126;
/** Sizes of codebooks whose squares, and what is 1e-6 of them, are far from the ends of float32. */
const ORDINARY = [1e-14, 1e16] as const;
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
