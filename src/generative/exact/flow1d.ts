import { type Between, insideNumber, isFarFromEnds, moved, share, toNumber } from "./between.ts";
import { bisection } from "./bisection.ts";
import { assertFields, assertMethods, point, told } from "./check.ts";
import { type Density1d, standardLogistic } from "./densities1d.ts";

/**
 * An invertible function x → z of one variable, with the logarithm of the factor by which it stretches: log |dz/dx|.
 *
 * The float64 twin of a `Bijection` over tensors, for oracles that are exact to 1e-10. NaN of NaN.
 */
export interface Flow1d {
  forward(x: number): { z: number; logDet: number };
  inverse(z: number): number;
  /** The same where x or z lies so close to an end that no float64 number tells it from the end. For compositions. */
  readonly fine?: FineFlow1d;
}

/** A flow whose values may be given by the logarithms of their distances from two ends. */
export interface FineFlow1d {
  forward(x: number | Between): { z: number | Between; logDet: number };
  inverse(z: number | Between): number | Between;
}

/**
 * `z = F(x)`, so that `dz/dx = p(x)`: the flow that takes p to the uniform density on (0, 1).
 *
 * Inverts from 1e-300 to 1, to 1e-10 of a scale where 1 − F(x) is above 1e-6; nearer to 1, z itself is rounded, and
 * an x above 8.3 standard deviations comes back as ∞. In a composition the tails are kept by their logarithms, and
 * everything finite comes back. The inverse is the density's `quantile`, or bisection where it has none.
 *
 * @throws RangeError for the inverse of a z outside [0, 1]
 */
export function cdfFlow(density: Pick<Density1d, "logProb" | "cdf"> & Partial<Density1d>): Flow1d {
  assertMethods("cdfFlow", "density", density, ["logProb", "cdf"]);
  const { logCdf, logSurvival, quantile } = density;
  const forward = (x: number) => ({ z: density.cdf(point("cdfFlow", x)), logDet: density.logProb(x) });
  const inverse = (z: number) => (quantile ? quantile(z) : bisection(density.cdf, z));
  if (!logCdf || !logSurvival || !quantile) return { forward, inverse };
  return {
    forward,
    inverse,
    fine: {
      forward: value => {
        const x = toNumber(value);
        const z = density.cdf(x);
        return {
          z: isFarFromEnds(z) ? z : { from: 0, to: 1, logLower: logCdf(x), logUpper: logSurvival(x) },
          logDet: density.logProb(x),
        };
      },
      inverse: z => quantile(isBetween(z, 0, 1) ? share(z) : toNumber(z)),
    },
  };
}

/**
 * `z = (x − b) / a`, and so `x = a z + b`, with scale a of either sign, but not 0, and shift b.
 *
 * `forward` goes from the data to the latents, here as in every flow: a and b are the scale and the place of the
 * *data* that it makes of a standard base, and not the a and b of `z = a x + b`. Inverts everywhere, to 1e-15 of the
 * larger of |x| and |b|.
 *
 * @throws RangeError for a scale that is 0 or not finite, or a shift that is not finite
 */
export function affineFlow1d(options: { scale: number; shift: number }): Flow1d {
  assertFields("affineFlow1d", "options", options, ["scale", "shift"]);
  const { scale, shift } = options;
  if (scale === 0) throw new RangeError("affineFlow1d: scale must not be 0, but got 0; every x would have the same z.");
  if (!Number.isFinite(scale) || !Number.isFinite(shift)) {
    throw new RangeError(
      `affineFlow1d: scale and shift must be finite, but got ${told(scale)} and ${told(shift)}; look at what computed them.`,
    );
  }
  const logDet = -Math.log(Math.abs(scale));
  const forward = (x: number) => (x - shift) / scale;
  const inverse = (z: number) => scale * z + shift;
  return {
    forward: x => ({ z: forward(point("affineFlow1d", x)), logDet }),
    inverse: z => inverse(point("affineFlow1d", z)),
    fine: {
      forward: x => ({ z: moved(x, forward), logDet }),
      inverse: z => moved(z, inverse),
    },
  };
}

/**
 * `z = 1 / (1 + e^−x)`: from the real line to (0, 1), and nowhere else.
 *
 * Inverts from −690 to 14 to 1e-10 relative; above that z is rounded, and from 37.5 on it is 1. In a composition
 * every x comes back.
 *
 * @throws RangeError for the inverse of a z outside [0, 1]
 */
export const sigmoidFlow: Flow1d = cdfFlow(standardLogistic);

/**
 * `z = tanh x`: from the real line to (−1, 1); log dz/dx = log(1 − tanh² x) = 2 (log 2 − |x| − log(1 + e^−2|x|)).
 *
 * Inverts from −7 to 7 to 1e-10 relative; beyond that z is rounded, and from 19.1 on it is ±1. In a composition every
 * x comes back: ½ (1 + tanh x) is the sigmoid of 2x.
 *
 * @throws RangeError for the inverse of a z outside [−1, 1]
 */
export const tanhFlow: Flow1d = {
  forward: x => ({ z: Math.tanh(point("tanhFlow", x)), logDet: logSlopeOfTanh(x) }),
  inverse: inverseTanh,
  fine: {
    forward: value => {
      const x = toNumber(value);
      const { logCdf, logSurvival } = standardLogistic;
      return {
        z: Math.abs(x) < 1 ? Math.tanh(x) : { from: -1, to: 1, logLower: logCdf(2 * x), logUpper: logSurvival(2 * x) },
        logDet: logSlopeOfTanh(x),
      };
    },
    inverse: z => (isBetween(z, -1, 1) ? standardLogistic.quantile(share(z)) / 2 : inverseTanh(toNumber(z))),
  },
};

function logSlopeOfTanh(x: number): number {
  return 2 * (Math.LN2 - Math.abs(x) - Math.log1p(Math.exp(-2 * Math.abs(x))));
}

function inverseTanh(z: number): number {
  if (typeof z !== "number" || !(Math.abs(z) <= 1)) {
    throw new RangeError(`tanhFlow: z must lie in [−1, 1], but got ${told(z)}; tanh has no other values.`);
  }
  return Math.atanh(z);
}

/**
 * `z = f_k(… f_1(x))`, `log |dz/dx| = Σ_i log |df_i/df_i−1|`: a flow after a flow is a flow.
 *
 * What one flow of this file leaves between two ends, the next takes up by its logarithms: a CDF flow and the inverse
 * of another invert wherever their log-CDFs are finite, to 1e-10 relative.
 */
export function composeFlows1d(...flows: readonly Flow1d[]): Flow1d {
  for (const flow of flows) assertMethods("composeFlows1d", "a flow", flow, ["forward", "inverse"]);
  const parts = flows.map(fineOf);
  return coarsened("composeFlows1d", {
    forward: x => {
      let [value, logDet] = [x, 0];
      for (const part of parts) {
        const after = part.forward(value);
        value = after.z;
        logDet = outsideStays(logDet, after.logDet);
      }
      return { z: value, logDet };
    },
    inverse: z => parts.reduceRight((value, part) => part.inverse(value), z),
  });
}

/** The flow from z to x. It inverts where the flow itself does. */
export function inverseFlow1d(flow: Flow1d): Flow1d {
  assertMethods("inverseFlow1d", "flow", flow, ["forward", "inverse"]);
  const fine = fineOf(flow);
  return coarsened("inverseFlow1d", {
    forward: z => {
      const x = fine.inverse(z);
      return { z: x, logDet: -fine.forward(x).logDet };
    },
    inverse: x => fine.forward(x).z,
  });
}

/**
 * `log p(x) = log p_z(f(x)) + log |df/dx|`, in nats: what a flow and a base density come to.
 *
 * A density only if f reaches all of where p_z lives: a sigmoid before N(0, 1) leaves out all but Φ(1) − Φ(0) = 0.3413
 * of it. A z that rounds to an end, as Φ(9) does, counts as inside of it.
 */
export function flowLogProb(flow: Flow1d, base: Pick<Density1d, "logProb">, x: number): number {
  assertMethods("flowLogProb", "flow", flow, ["forward", "inverse"]);
  assertMethods("flowLogProb", "base", base, ["logProb"]);
  const { z, logDet } = fineOf(flow).forward(point("flowLogProb", x));
  return outsideStays(logDet, base.logProb(insideNumber(z)));
}

/** A sum of logarithms in which −∞ wins: where a flow or base has no density, no later stretch by ∞ brings one back. */
function outsideStays(logDet: number, more: number): number {
  return (logDet === -Infinity && more === Infinity) || (logDet === Infinity && more === -Infinity)
    ? -Infinity
    : logDet + more;
}

function fineOf(flow: Flow1d): FineFlow1d {
  return (
    flow.fine ?? {
      forward: x => flow.forward(toNumber(x)),
      inverse: z => flow.inverse(toNumber(z)),
    }
  );
}

function coarsened(what: string, fine: FineFlow1d): Flow1d {
  return {
    forward: x => {
      const { z, logDet } = fine.forward(point(what, x));
      return { z: toNumber(z), logDet };
    },
    inverse: z => toNumber(fine.inverse(point(what, z))),
    fine,
  };
}

function isBetween(value: number | Between, from: number, to: number): value is Between {
  return typeof value !== "number" && value.from === from && value.to === to;
}
