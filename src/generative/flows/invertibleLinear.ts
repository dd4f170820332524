import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { AffineFlow, luFactors, qrFactors, type Rows } from "../exact/index.ts";
import type { Parameters } from "../networks/index.ts";
import { type Bijection, assertRows, type Transformed, unitRow } from "./bijection.ts";

/**
 * `z = W (x − b)` with `W = P L (U + diag(s))`, so `log |det W| = Σ log |s_i|`: the affine flow, W = A⁻¹.
 *
 * P is a fixed permutation, L has 1s on its diagonal, U is zero on and below it, the signs of s stay as they start: W
 * cannot become singular, and its determinant costs d, not d³. With `channels` c < d, x is an image with c channels
 * and each pixel meets the same W: the invertible 1 × 1 convolution of Kingma & Dhariwal, Glow, 2018, section 3.2,
 * whose log-determinant counts the pixels: h · w · log |det W|. W starts as a random rotation.
 *
 * @throws RangeError where channels do not divide d
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
    if (d % channels !== 0) {
      throw new RangeError(
        `InvertibleLinear: channels must divide d = ${d}, but got ${channels}; d = height · width · channels.`,
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
    const { L, U, logS } = this.parameters as Record<string, tf.Tensor>;
    const c = this.channels;
    const lower = triangle(c, (i, j) => j < i);
    const upper = triangle(c, (i, j) => j > i);
    const unit = triangle(c, (i, j) => i === j);
    const s = (logS as tf.Tensor).exp().mul(this.signs);
    return { L: (L as tf.Tensor).mul(lower).add(unit), U: (U as tf.Tensor).mul(upper).add(unit.mul(s)) };
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

/** Q of the QR decomposition of a Gaussian matrix. */
function randomRotation(random: Random, n: number): number[][] {
  const values = Array.from(random.normalArray(n * n));
  const rows = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
  return qrFactors(rows).Q;
}
