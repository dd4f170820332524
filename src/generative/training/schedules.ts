/**
 * `η_t = η_end + ½ (η_start − η_end) (1 + cos(π t / T))`: from one learning rate down to another.
 *
 * Loshchilov & Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2017, eq. 5, for a single descent.
 *
 * @example
 * cosine({ start: 1e-2, end: 0, steps: 100 })(0) // => 0.01
 */
export function cosine({ start, end, steps }: { start: number; end: number; steps: number }): (step: number) => number {
  return step => end + 0.5 * (start - end) * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));
}
