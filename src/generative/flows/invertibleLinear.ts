import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertEvery, FINITE } from "../distributions/check.ts";
import { AffineFlow, luFactors, qrFactors, type Rows } from "../exact/index.ts";
import type { Parameters } from "../networks/index.ts";
import { assertSizes } from "../networks/sizes.ts";
import { assertRows, type Bijection, type Transformed, unitRow } from "./bijection.ts";

/**
 * `z = W (x − b)` with `W = P L (U + diag(s))`, so `log |det W| = Σ log |s_i|`: the affine flow, W = A⁻¹.
 *
 * P is a fixed permutation, L has 1s on its diagonal, U is zero on and below it, the signs of s stay as they start: W
 * cannot become singular, and its determinant costs d, not d³. With `channels` c < d, x is an image with c channels
 * and each pixel meets the same W: the invertible 1 × 1 convolution of Kingma & Dhariwal, Glow, 2018, section 3.2,
 * whose log-determinant counts the pixels: h · w · log |det W|. W starts as a random rotation.
 *
 * Inverts every x, to 1e-7 times the condition number of W. log |det W| is right for any unit of its rows and columns.
 *
 * @throws RangeError where channels do not divide d, W is not [channels][channels], finite and invertible, or a
 * parameter is no longer finite, in calls that may look at numbers
 */
export class InvertibleLinear implements Bijection {
  readonly parameters: Parameters;
  private readonly channels: number;
  private readonly P: tf.Tensor2D;
  private readonly signs: tf.Tensor1D;

  constructor(
    random: Random,
    private readonly d: number,
    options: { channels?: number; W?: Rows; b?: readonly number[] } = {},
  ) {
    const { channels = d, W = randomRotation(random, channels), b = new Array<number>(channels).fill(0) } = options;
    assertSizes("InvertibleLinear", { d, channels });
    if (d % channels !== 0) {
      throw new RangeError(
        `InvertibleLinear: channels must divide d = ${d}, but got ${channels}; d = height · width · channels.`,
      );
    }
    assertInvertible(W, channels);
    if (b.length !== channels || !b.every(Number.isFinite)) {
      const odd = b.find(value => !Number.isFinite(value));
      throw new RangeError(
        `InvertibleLinear: b must hold ${channels} finite numbers, but got ${odd ?? b.length}; one for each channel.`,
      );
    }
    this.channels = channels;
    const { places, L, U, s } = luFactors(W);
    this.P = tf.keep(tf.tensor2d(places.map(place => W.map((_, j) => (j === place ? 1 : 0)))));
    this.signs = tf.keep(tf.tensor1d(s.map(Math.sign)));
    this.parameters = tf.tidy(() => ({
      L: tf.variable(tf.tensor2d(L)),
      U: tf.variable(tf.tensor2d(U)),
      logS: tf.variable(tf.tensor1d(s.map(value => Math.log(Math.abs(value))))),
      b: tf.variable(tf.tensor1d([...b])),
    }));
  }

  /** `z = A⁻¹ (x − b)`: the flow of a multivariate normal N(b, A Aᵀ). */
  static from({ A, b }: Pick<AffineFlow, "A" | "b">, random: Random): InvertibleLinear {
    if (A.length !== b.length) {
      throw new RangeError(
        `InvertibleLinear.from: A must have as many rows as b has numbers, but got ${A.length} and ${b.length}; both are of one flow.`,
      );
    }
    const flow = new AffineFlow(
      A,
      b.map(() => 0),
    );
    const columns = b.map((_, j) => flow.forward(b.map((_, i) => (i === j ? 1 : 0))).z);
    const W = b.map((_, i) => columns.map(column => column[i] as number));
    return new InvertibleLinear(random, b.length, { W, b });
  }

  forward(x: tf.Tensor): Transformed {
    assertRows("InvertibleLinear", x, this.d);
    const { L, U } = this.factors();
    const pixels = x.reshape([-1, this.channels]).sub(this.parameters.b as tf.Tensor); // [batch · h · w, channels]
    const W = this.P.matMul(L).matMul(U);
    const z = pixels.matMul(W, false, true).reshape(x.shape);
    const logDet = (this.parameters.logS as tf.Tensor).sum().mul(this.d / this.channels);
    return { z, logDet: tf.fill([x.shape[0] as number], 1).mul(logDet) };
  }

  inverse(z: tf.Tensor): tf.Tensor {
    assertRows("InvertibleLinear", z, this.d);
    const { L, U } = this.factors();
    // W⁻¹ = U⁻¹ L⁻¹ Pᵀ; a lower-triangular matrix is inverted as the transpose of an upper one.
    const inverse = invertUpper(U).matMul(invertUpper(L.transpose()).transpose()).matMul(this.P, false, true);
    const pixels = z.reshape([-1, this.channels]).matMul(inverse, false, true);
    return pixels.add(this.parameters.b as tf.Tensor).reshape(z.shape);
  }

  private factors(): { L: tf.Tensor; U: tf.Tensor } {
    const { L, U, logS } = this.parameters as Record<"L" | "U" | "logS", tf.Variable>;
    for (const [name, values] of Object.entries({ L, U, logS })) {
      const remedy = "W has become singular or is NaN: take a smaller learning rate";
      assertEvery("InvertibleLinear", `${name} must be finite`, remedy, values, FINITE);
    }
    const c = this.channels;
    const lower = triangle(c, (i, j) => j < i);
    const upper = triangle(c, (i, j) => j > i);
    const unit = triangle(c, (i, j) => i === j);
    const s = logS.exp().mul(this.signs);
    return { L: L.mul(lower).add(unit), U: U.mul(upper).add(unit.mul(s)) };
  }
}

/** U⁻¹ of an upper-triangular U by substitution: `x_j = (e_j − Σ_k<j x_k u_kj) / u_jj`, all rows at once. */
function invertUpper(U: tf.Tensor): tf.Tensor {
  const d = U.shape[0] as number;
  const columns: tf.Tensor[] = [];
  for (let j = 0; j < d; j++) {
    const unit = unitRow(j, d).reshape([d, 1]);
    const rest = columns.length === 0 ? unit : unit.sub(tf.concat(columns, 1).matMul(U.slice([0, j], [j, 1])));
    columns.push(rest.div(U.slice([j, j], [1, 1])));
  }
  return tf.concat(columns, 1);
}

function triangle(n: number, inside: (i: number, j: number) => boolean): tf.Tensor2D {
  return tf.tensor2d(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (inside(i, j) ? 1 : 0))));
}

/** Throws unless W is square, finite, and has an inverse in float64 whatever the units of its rows and columns are. */
function assertInvertible(W: Rows, n: number): void {
  const wrong = W.length === n ? W.find(row => row.length !== n) : W;
  if (wrong !== undefined) {
    throw new RangeError(
      `InvertibleLinear: W must be [${n}][${n}], but got ${wrong === W ? "rows" : "a row"}: ${wrong.length}; its size is the number of channels.`,
    );
  }
  const odd = W.flat().find(value => !Number.isFinite(Math.fround(value)));
  if (odd !== undefined) {
    throw new RangeError(`InvertibleLinear: W must be finite, but got ${odd}; look for NaN in what computed it.`);
  }
  const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs)) || 1;
  const rows = W.map(row => row.map(value => value / largest(row)));
  const columns = W.map((_, j) => largest(rows.map(row => row[j] as number)));
  const { s } = luFactors(rows.map(row => row.map((value, j) => value / (columns[j] as number))));
  const pivot = Math.min(...s.map(Math.abs));
  if (pivot > n * Number.EPSILON) return;
  throw new RangeError(
    `InvertibleLinear: W must be invertible, but got a pivot of ${pivot} beside entries of 1; look for a row that the others make up.`,
  );
}

/** Q of the QR decomposition of a Gaussian matrix, with R's diagonal positive. */
function randomRotation(random: Random, n: number): number[][] {
  const values = Array.from(random.normalArray(n * n));
  const rows = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
  return qrFactors(rows).Q;
}
