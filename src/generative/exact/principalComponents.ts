import { assertFields, assertList, isList, told } from "./check.ts";
import { centred } from "./centred.ts";
import type { LinearGaussianOptions } from "./linearGaussian.ts";
import { assertMatrix, assertVector, isVector, type Rows } from "./matrices.ts";
import { singularVectors } from "./singularValues.ts";

/** Where data lie and how they spread, largest spread first. */
export interface PrincipalComponents {
  /** [d] */
  mean: number[];
  /** λ_i, the variance along each axis, over n and not n − 1: [d]. */
  variances: number[];
  /** u_i, of length 1, in rows: [d][d]. The largest entry of each is positive. */
  axes: number[][];
}

/**
 * `S = (1/n) Σ (x − x̄)(x − x̄)ᵀ = Σ_i λ_i u_i u_iᵀ` with λ_1 ≥ λ_2 ≥ …: principal component analysis.
 *
 * No linear autoencoder with k latent dimensions has a smaller mean ‖x − x̂‖² than Σ_{i>k} λ_i, and those that have it
 * span u_1 … u_k. From the singular values of the centred data, not from S, each λ_i right to about 1e-13 of itself:
 * noise whose standard deviation is 1e-9 of the signal's has λ 1e-18 of λ_1, below the rounding of S. With n ≤ d the
 * last d − n + 1 are 0. Baldi & Hornik, Neural Networks and Principal Component Analysis, 1989.
 *
 * @throws RangeError for fewer than two rows, rows of different lengths, and numbers that are not finite
 * @example
 * principalComponents([[-1, 0], [1, 0]]).variances.map(v => v.toFixed(12)) // => ["1.000000000000", "0.000000000000"]
 */
export function principalComponents(rows: Rows): PrincipalComponents {
  assertList("principalComponents", "rows", rows);
  const n = rows.length;
  if (n < 2) throw new RangeError(`principalComponents: rows must be two or more, but got ${n}; add data.`);
  const { mean, columns } = centred("principalComponents", rows);
  const { values, right } = singularVectors(columns);
  return { mean, variances: values.map(value => value * (value / n)), axes: right.map(withSign) };
}

/** u or −u, which are the same axis: the one whose largest entry is positive. */
function withSign(axis: number[]): number[] {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map(value => 0 - value) : axis;
}

/**
 * `c_i = u_i · (x − x̄)`, the first k coordinates of x along the axes.
 *
 * @throws RangeError where x or an axis has another dimension or is not finite, or latent is not an integer from 0 to d
 */
export function project(components: PrincipalComponents, x: readonly number[], latent: number): number[] {
  if (!isProjection(components, x, latent)) refuseProjection(components, x, latent);
  const { mean, axes } = components;
  const coordinates: number[] = [];
  for (let k = 0; k < latent; k++) {
    const axis = axes[k] as number[];
    if (!isVector(axis, mean.length)) assertVector("project", `axis ${k}`, axis, mean.length);
    let sum = 0;
    for (let i = 0; i < mean.length; i++) sum += (axis[i] as number) * ((x[i] as number) - (mean[i] as number));
    coordinates.push(sum);
  }
  return coordinates;
}

/** Whether nothing is to be said of the arguments, but for the axes. */
function isProjection(components: PrincipalComponents, x: readonly number[], latent: number): boolean {
  const { mean, axes } = components ?? {};
  if (!isVector(mean, mean?.length) || !isVector(x, mean.length)) return false;
  return isList(axes) && Number.isInteger(latent) && latent >= 0 && latent <= axes.length;
}

function refuseProjection(components: PrincipalComponents, x: readonly number[], latent: number): void {
  assertFields("project", "components", components, ["mean", "axes"]);
  const { mean, axes } = components;
  assertList("project", "mean", mean);
  assertVector("project", "mean", mean, mean.length);
  assertList("project", "axes", axes);
  assertVector("project", "x", x, mean.length);
  throw new RangeError(
    `project: latent must be an integer from 0 to ${axes.length}, but got ${told(latent)}; it counts axes, the widest first.`,
  );
}

/**
 * `W = U (Λ − s² I)^½`, `s² = (1/(d − k)) Σ_{i>k} λ_i`: probabilistic PCA of largest likelihood, with k latent dimensions.
 *
 * Any rotation W R is as likely; this W has orthogonal columns, hence a diagonal posterior. Tipping & Bishop,
 * Probabilistic Principal Component Analysis, 1999, eq. 14 and 15.
 *
 * @throws RangeError where no dimension is left for the noise, or no noise in the dimensions that are left
 */
export function ppcaMle(components: PrincipalComponents, latent: number): LinearGaussianOptions {
  const { mean, variances, axes } = components ?? {};
  if (!(isVector(mean, mean?.length) && isVector(variances, mean.length) && isList(axes))) refuseModel(components);
  const d = mean.length;
  if (!Number.isInteger(latent) || latent < 1 || latent >= d) {
    throw new RangeError(
      `ppcaMle: latent must be an integer from 1 to ${d - 1}, but got ${told(latent)}; the noise is what the other dimensions hold.`,
    );
  }
  assertMatrix("ppcaMle", axes.slice(0, latent));
  let rest = 0;
  for (let i = latent; i < d; i++) rest += variances[i] as number;
  const noise2 = rest / (d - latent);
  const noise = Math.sqrt(noise2);
  if (!(noise > Number.EPSILON * Math.sqrt(variances[0] as number))) {
    throw new RangeError(
      `ppcaMle: the dimensions after ${latent} must have variance, but got ${noise2} of ${variances[0]}; data in a plane have no largest likelihood: take fewer latent dimensions or more data.`,
    );
  }
  const stds = variances.slice(0, latent).map(variance => Math.sqrt(Math.max(variance - noise2, 0)));
  const weights = mean.map(() => new Array<number>(latent));
  for (let k = 0; k < latent; k++) {
    const [axis, std] = [axes[k] as number[], stds[k] as number];
    for (let i = 0; i < d; i++) (weights[i] as number[])[k] = (axis[i] as number) * std;
  }
  return { weights, offset: mean, noise };
}

function refuseModel(components: PrincipalComponents): void {
  assertFields("ppcaMle", "components", components, ["mean", "variances", "axes"]);
  const { mean, variances, axes } = components;
  assertList("ppcaMle", "mean", mean);
  assertVector("ppcaMle", "mean", mean, mean.length);
  assertVector("ppcaMle", "variances", variances, mean.length);
  assertList("ppcaMle", "axes", axes);
}
