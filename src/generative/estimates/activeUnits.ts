import * as tf from "@tensorflow/tfjs";
import { compile } from "../../engine/index.ts";
import { assertList, assertMethods, told } from "../exact/check.ts";
import { type DataSet, ranges, rowsOf, sizeOf } from "./dataSet.ts";

/** An encoder whose q(z|x) tells its mean, as a `Normal` does. */
export interface MeanEncoder {
  given(x: tf.Tensor): { readonly mean: tf.Tensor };
}

/**
 * `A_u = Var_x(E_q(u|x)[u])` for each unit u of z: how much of its mean is about x, [latent].
 *
 * A unit that the decoder ignores has q(u|x) = p(u) for every x, hence A_u = 0. The variance is over the data, with n
 * in the denominator. Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, 2016, section 5.2.
 *
 * @throws RangeError for an empty data set, or a mean that is NaN or infinite
 */
export function unitActivity(encoder: MeanEncoder, data: DataSet): Float64Array {
  assertMethods("unitActivity", "encoder", encoder, ["given"]);
  const [count] = sizeOf("unitActivity", data);
  const meanOf = compile((x: tf.Tensor) => encoder.given(x).mean);
  const means = ranges(count, BATCH).flatMap(range =>
    tf.tidy(() => meanOf(rowsOf(data, range)).arraySync() as number[][]),
  );
  meanOf.dispose();
  const lost = means.findIndex(row => !row.every(Number.isFinite));
  if (lost >= 0) {
    throw new RangeError(
      `unitActivity: means must be finite, but got ${means[lost]?.find(m => !Number.isFinite(m))} for datum ${lost}; look at the encoder.`,
    );
  }
  return Float64Array.from(means[0] as number[], (_, unit) => variance(means.map(row => row[unit] as number)));
}

/**
 * The number of units with `A_u > threshold`; 0.01 is what the paper takes, far between the two kinds of units.
 *
 * @throws RangeError where an activity is negative or NaN, or the threshold is no number from 0 on
 */
export function activeUnits(activity: ArrayLike<number>, threshold = 0.01): number {
  assertList("activeUnits", "activity", activity);
  const isNone = (value: number) => typeof value !== "number" || !(value >= 0);
  if (isNone(threshold)) {
    throw new RangeError(`activeUnits: threshold must be 0 or more, but got ${told(threshold)}; 0.01 is usual.`);
  }
  let count = 0;
  for (let i = 0; i < activity.length; i++) {
    const value = activity[i] as number;
    if (isNone(value)) {
      throw new RangeError(
        `activeUnits: activity must be 0 or more, but got ${told(value)}; take it from unitActivity.`,
      );
    }
    if (value > threshold) count++;
  }
  return count;
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

const BATCH = 500;
