import * as tf from "@tensorflow/tfjs";
import { dormandPrince, type RungeKutta } from "../exact/index.ts";
import { assertBetween, assertSizes } from "../networks/sizes.ts";

/** `d(state)/dt`, for several tensors at once. */
export type TensorField = (t: number, state: readonly tf.Tensor[]) => tf.Tensor[];

/** State at `to` from that at `from`, by equal steps of an explicit Runge–Kutta method; backwards where to < from. */
export function integrateTensors(
  field: TensorField,
  state: readonly tf.Tensor[],
  { from, to, steps, method }: { from: number; to: number; steps: number; method: RungeKutta },
): tf.Tensor[] {
  assertSizes("integrateTensors", { steps });
  assertBetween("integrateTensors", "from and to", [from, to], { remedy: "they are times" });
  const h = (to - from) / steps;
  let current = [...state];
  for (let n = 0; n < steps; n++) {
    current = moved(current, slopesOf(field, from + n * h, current, h, method), method.weights, h);
  }
  return current;
}

/**
 * The same by steps as long as the tolerance allows: those of Dormand & Prince, whose two orders tell their error.
 *
 * The largest error of a step, in units of tolerance · (1 + |state|), decides whether it is taken and how long the
 * next one is. Reads numbers, so it is not for compiled steps; `evaluations` counts calls of the field.
 */
export function integrateAdaptively(
  field: TensorField,
  state: readonly tf.Tensor[],
  { from, to, tolerance }: { from: number; to: number; tolerance: number },
): { state: tf.Tensor[]; evaluations: number } {
  const differences = dormandPrince.weights.map((w, k) => w - (dormandPrince.lower[k] as number));
  assertBetween("integrateAdaptively", "from, to and tolerance", [from, to, tolerance], {
    remedy: "take 0, 1 and 1e-5",
  });
  let [t, h, evaluations] = [from, (to - from) / 10, 0];
  let current = [...state];
  while ((to - t) * Math.sign(h) > 1e-9 * Math.abs(to - from)) {
    if (Math.abs(h) < 1e-3 * Math.abs(to - from)) {
      throw new RangeError(
        `integrateAdaptively: the tolerance must be within reach of float32, but got ${tolerance}; use 1e-5.`,
      );
    }
    if ((t + h - to) * Math.sign(h) > 0) h = to - t;
    const slopes = slopesOf(field, t, current, h, dormandPrince);
    evaluations += slopes.length;
    const next = moved(current, slopes, dormandPrince.weights, h);
    const error = errorOf(moved(current.map(tf.zerosLike), slopes, differences, h), next, tolerance);
    if (error <= 1) {
      t += h;
      current = next;
    }
    h *= Math.min(5, Math.max(0.2, 0.9 * error ** (-1 / dormandPrince.order)));
  }
  return { state: current, evaluations };
}

function errorOf(errors: tf.Tensor[], state: tf.Tensor[], tolerance: number): number {
  const largest = errors.map((error, i) =>
    error
      .abs()
      .div((state[i] as tf.Tensor).abs().add(1))
      .max()
      .div(tolerance),
  );
  return Math.max(1e-10, ...largest.map(value => value.dataSync()[0] as number));
}

function slopesOf(
  field: TensorField,
  t: number,
  state: readonly tf.Tensor[],
  h: number,
  method: RungeKutta,
): tf.Tensor[][] {
  const slopes: tf.Tensor[][] = [];
  for (const [i, node] of method.nodes.entries()) {
    slopes.push(field(t + node * h, moved(state, slopes, method.stages[i] as number[], h)));
  }
  return slopes;
}

/** state + h Σ_k w_k slope_k */
function moved(
  state: readonly tf.Tensor[],
  slopes: readonly tf.Tensor[][],
  weights: readonly number[],
  h: number,
): tf.Tensor[] {
  return slopes.reduce<tf.Tensor[]>(
    (sums, slope, k) => {
      const w = weights[k] ?? 0;
      return w === 0 ? sums : sums.map((sum, i) => sum.add((slope[i] as tf.Tensor).mul(h * w)));
    },
    [...state],
  );
}
