import { assertFields, assertFinite, assertPositive } from "../exact/check.ts";

/**
 * `η_t = η_end + ½ (η_start − η_end) (1 + cos(π t / T))`: from one learning rate down to another.
 *
 * Loshchilov & Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2017, eq. 5, for a single descent.
 *
 * @throws RangeError where a rate is not finite, or steps not positive
 * @example
 * cosine({ start: 1e-2, end: 0, steps: 100 })(0) // => 0.01
 */
export function cosine(options: { start: number; end: number; steps: number }): (step: number) => number {
  assertFields("cosine", "options", options, ["start", "end", "steps"]);
  const { start, end, steps } = options;
  assertFinite("cosine", "start", start);
  assertFinite("cosine", "end", end);
  assertPositive("cosine", "steps", steps, "it counts the updates of the descent");
  return step => end + 0.5 * (start - end) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));
}
