import { bisection } from "./bisection.ts";
import type { Density1d } from "./densities1d.ts";

/**
 * An invertible function x → z of one variable, with the logarithm of the factor by which it stretches: log |dz/dx|.
 *
 * The float64 twin of a `Bijection` over tensors, for oracles that are exact to 1e-10.
 */
export interface Flow1d {
  forward(x: number): { z: number; logDet: number };
  inverse(z: number): number;
}

/** `z = F(x)`, so that `dz/dx = p(x)`: the flow that takes p to the uniform density on (0, 1). Inverse by bisection. */
export function cdfFlow(density: Density1d): Flow1d {
  return {
    forward: x => ({ z: density.cdf(x), logDet: density.logProb(x) }),
    inverse: z => bisection(density.cdf, z),
  };
}

/**
 * `z = (x − b) / a`, and so `x = a z + b`, with scale a of either sign, but not 0, and shift b.
 *
 * `forward` goes from the data to the latents, here as in every flow: a and b are the scale and the place of the
 * *data* that it makes of a standard base, and not the a and b of `z = a x + b`.
 */
export function affineFlow1d({ scale, shift }: { scale: number; shift: number }): Flow1d {
  if (scale === 0) throw new RangeError("affineFlow1d: scale must not be 0, but got 0; every x would have the same z.");
  return {
    forward: x => ({ z: (x - shift) / scale, logDet: -Math.log(Math.abs(scale)) }),
    inverse: z => scale * z + shift,
  };
}

/** `z = 1 / (1 + e^−x)`: from the real line to (0, 1), and nowhere else. */
export const sigmoidFlow: Flow1d = {
  forward: x => ({ z: 1 / (1 + Math.exp(-x)), logDet: -Math.abs(x) - 2 * Math.log1p(Math.exp(-Math.abs(x))) }),
  inverse: z => Math.log(z) - Math.log1p(-z),
};

/** `z = tanh x`: from the real line to (−1, 1); log dz/dx = log(1 − tanh² x) = 2 (log 2 − |x| − log(1 + e^−2|x|)). */
export const tanhFlow: Flow1d = {
  forward: x => ({
    z: Math.tanh(x),
    logDet: 2 * (Math.LN2 - Math.abs(x) - Math.log1p(Math.exp(-2 * Math.abs(x)))),
  }),
  inverse: Math.atanh,
};

/** `z = f_k(… f_1(x))`, `log |dz/dx| = Σ_i log |df_i/df_i−1|`: a flow after a flow is a flow. */
export function composeFlows1d(...flows: readonly Flow1d[]): Flow1d {
  return {
    forward: x =>
      flows.reduce(
        (before, flow) => {
          const { z, logDet } = flow.forward(before.z);
          return { z, logDet: before.logDet + logDet };
        },
        { z: x, logDet: 0 },
      ),
    inverse: z => flows.reduceRight((value, flow) => flow.inverse(value), z),
  };
}

/** The flow from z to x. */
export function inverseFlow1d(flow: Flow1d): Flow1d {
  return {
    forward: z => {
      const x = flow.inverse(z);
      return { z: x, logDet: -flow.forward(x).logDet };
    },
    inverse: x => flow.forward(x).z,
  };
}

/**
 * `log p(x) = log p_z(f(x)) + log |df/dx|`, in nats: what a flow and a base density come to.
 *
 * A density only if f reaches all of where p_z lives: a sigmoid before N(0, 1) leaves out all but Φ(1) − Φ(0) = 0.3413
 * of it.
 */
export function flowLogProb(flow: Flow1d, base: Density1d, x: number): number {
  const { z, logDet } = flow.forward(x);
  return base.logProb(z) + logDet;
}
