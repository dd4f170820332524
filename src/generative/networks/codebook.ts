import * as tf from "@tensorflow/tfjs";
import { assertRandom, assertTensor, type Random } from "../../engine/index.ts";
import { assertFields } from "../exact/check.ts";
import type { Parameters } from "./parameters.ts";
import { assertCodes, lookUp, nearestCode } from "./quantiser.ts";
import { assertBetween, assertSizes } from "./sizes.ts";

/** How often each code was chosen, [K], and the sum of the vectors that chose it, [K, d]. */
export interface Tally {
  counts: tf.Tensor;
  sums: tf.Tensor;
}

/**
 * `n_k = #{i : k_i = k}` and `m_k = Σ_(i : k_i = k) z_i`. z: [n, d], codes: [n] -> [K] and [K, d]
 *
 * @throws RangeError where there is not a code for each row of z, or one is no integer from 0 to K − 1
 */
export function tally(z: tf.Tensor, codes: tf.Tensor, K: number): Tally {
  assertTensor("tally", "z", z);
  assertTensor("tally", "codes", codes);
  assertSizes("tally", { K });
  if (z.rank !== 2 || codes.rank !== 1 || codes.shape[0] !== z.shape[0]) {
    throw new RangeError(
      `tally: z must be [n, d] and codes [n], but got [${z.shape}] and [${codes.shape}]; reshape both to one row a vector.`,
    );
  }
  assertCodes("tally", codes, K);
  const chosen = codes.expandDims(-1).equal(tf.range(0, K)).toFloat() as tf.Tensor2D; // [n, K]
  return { counts: chosen.sum(0), sums: chosen.matMul(z as tf.Tensor2D, true, false) };
}

/**
 * `N ← γ N + (1 − γ) n`, `M ← γ M + (1 − γ) m`, and the vectors are M / N: k-means that forgets.
 *
 * With γ = 0 each vector becomes the mean of those that chose it, a step of Lloyd's algorithm on the batch; one that
 * nobody chose is 0/0 then. van den Oord, Vinyals & Kavukcuoglu, 2017, eq. 6–8.
 */
export function movingTally(before: Tally, batch: Tally, decay: number): Tally {
  assertBetween("movingTally", "decay", [decay], { least: 0, most: 1, remedy: "0.99 remembers a hundred batches" });
  const mix = (old: tf.Tensor, now: tf.Tensor) => old.mul(decay).add(now.mul(1 - decay));
  return { counts: mix(before.counts, batch.counts), sums: mix(before.sums, batch.sums) };
}

/** Codes chosen less than `threshold` times a batch start again as one of the `candidates`, [K, d], with the count `fresh`. */
export function restartDead({ counts, sums }: Tally, candidates: tf.Tensor, threshold: number, fresh: number): Tally {
  const dead = counts.less(threshold).toFloat(); // [K]
  const kept = dead.mul(-1).add(1);
  const row = (mask: tf.Tensor) => mask.expandDims(1);
  return {
    counts: counts.mul(kept).add(dead.mul(fresh)),
    sums: sums.mul(row(kept)).add(candidates.mul(row(dead)).mul(fresh)),
  };
}

/**
 * `e_k = M_k / N_k`, k = 0 … K − 1: the vectors that a VQ-VAE rounds to, kept as moving counts and sums.
 *
 * They follow the vectors they are given by `update`; no gradient reaches them.
 */
export class Codebook {
  readonly parameters: Parameters;
  readonly counts: tf.Variable;
  readonly sums: tf.Variable;

  constructor(
    random: Random,
    readonly K: number,
    readonly dimension: number,
  ) {
    if (!Number.isInteger(K) || K < 2) {
      throw new RangeError(`Codebook: K must be an integer of at least 2, but got ${K}; one code says nothing.`);
    }
    assertSizes("Codebook", { dimension });
    assertRandom("Codebook", random);
    this.counts = tf.tidy(() => tf.variable(tf.ones([K])));
    this.sums = tf.tidy(() => tf.variable(random.normal([K, dimension])));
    this.parameters = { counts: this.counts, sums: this.sums };
  }

  /** e: [K, d] */
  get vectors(): tf.Tensor {
    return this.sums.div(this.counts.expandDims(1));
  }

  /** [..., d] -> [...] */
  nearest(z: tf.Tensor): tf.Tensor {
    return nearestCode(z, this.vectors);
  }

  /** [...] -> [..., d] */
  lookUp(codes: tf.Tensor): tf.Tensor {
    return lookUp(codes, this.vectors);
  }

  /**
   * Moves every vector towards the mean of the z that chose it, and dead ones to some z. z: [n, d], codes: [n]
   *
   * Dead are those that are chosen by less than `restartBelow` of the z a code would have if all had as many.
   */
  update(z: tf.Tensor, codes: tf.Tensor, random: Random, options: UpdateOptions): void {
    assertTensor("Codebook.update", "z", z);
    assertTensor("Codebook.update", "codes", codes);
    assertRandom("Codebook.update", random);
    assertFields("Codebook.update", "options", options, ["decay", "restartBelow"]);
    const { decay, restartBelow } = options;
    if (z.rank !== 2 || z.shape[1] !== this.dimension || codes.size !== z.shape[0]) {
      throw new RangeError(
        `Codebook.update: z must be [n, ${this.dimension}] and codes [n], but got [${z.shape}] and [${codes.shape}]; reshape both to one row a vector.`,
      );
    }
    const remedy = "1 restarts a code that fewer chose than if all had as many";
    assertBetween("Codebook.update", "restartBelow", [restartBelow], { least: 0, remedy });
    const n = z.shape[0] as number;
    const fair = n / this.K;
    const moved = movingTally(this, tally(z, codes, this.K), decay);
    const rows = random
      .uniform([this.K])
      .mul(n)
      .floor()
      .clipByValue(0, n - 1);
    const { counts, sums } = restartDead(moved, tf.gather(z, rows.toInt()), restartBelow * fair, fair);
    this.counts.assign(counts as tf.Tensor1D);
    this.sums.assign(sums as tf.Tensor2D);
  }
}

export interface UpdateOptions {
  /** γ */
  decay: number;
  restartBelow: number;
}
