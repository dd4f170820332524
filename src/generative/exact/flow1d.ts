import { type Between, isFarFromEnds, moved, share, toNumber } from "./between.ts";
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
  /** The z of `forward` alone, where the stretch takes longer. */
  place?(x: number | Between): number | Between;
  /** Whether it takes a number as the flow itself does, to a number. */
  readonly isPlain?: boolean;
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
  if (typeof density?.logProb !== "function" || typeof density.cdf !== "function") {
    assertMethods("cdfFlow", "density", density, ["logProb", "cdf"]);
  }
  const forward = (x: number) => ({ z: density.cdf(point("cdfFlow", x)), logDet: density.logProb(x) });
  if (!isWhole(density)) return { forward, inverse: z => density.quantile?.(z) ?? bisection(density.cdf, z) };
  return { forward, inverse: z => density.quantile(z), fine: new FineCdf(density) };
}

/** Whether it has the tails that a composition asks for. */
function isWhole(density: Partial<Density1d>): density is Density1d {
  return Boolean(density.logCdf && density.logSurvival && density.quantile);
}

class FineCdf implements FineFlow1d {
  constructor(private readonly density: Density1d) {}

  forward(x: number | Between): { z: number | Between; logDet: number } {
    return { z: this.place(x), logDet: this.density.logProb(toNumber(x)) };
  }

  place(value: number | Between): number | Between {
    const { density } = this;
    const x = toNumber(value);
    const z = density.cdf(x);
    return isFarFromEnds(z) ? z : { from: 0, to: 1, logLower: density.logCdf(x), logUpper: density.logSurvival(x) };
  }

  inverse(z: number | Between): number {
    return this.density.quantile(isBetween(z, 0, 1) ? share(z) : toNumber(z));
  }
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
  if (!Number.isFinite(options?.scale) || !Number.isFinite(options.shift) || options.scale === 0) refuseAffine(options);
  const { scale, shift } = options;
  return {
    forward: x => ({ z: (point("affineFlow1d", x) - shift) / scale, logDet: -Math.log(Math.abs(scale)) }),
    inverse: z => scale * point("affineFlow1d", z) + shift,
    fine: new FineAffine(scale, shift),
  };
}

function refuseAffine(options: { scale: number; shift: number }): never {
  assertFields("affineFlow1d", "options", options, ["scale", "shift"]);
  const { scale, shift } = options;
  if (scale === 0) throw new RangeError("affineFlow1d: scale must not be 0, but got 0; every x would have the same z.");
  throw new RangeError(
    `affineFlow1d: scale and shift must be finite, but got ${told(scale)} and ${told(shift)}; look at what computed them.`,
  );
}

class FineAffine implements FineFlow1d {
  get isPlain() {
    return true;
  }

  constructor(
    private readonly scale: number,
    private readonly shift: number,
  ) {}

  forward(x: number | Between): { z: number | Between; logDet: number } {
    const { scale, shift } = this;
    return { z: typeof x === "number" ? (x - shift) / scale : this.moved(x), logDet: -Math.log(Math.abs(scale)) };
  }

  private moved(x: Between): number | Between {
    const { scale, shift } = this;
    return moved(x, end => (end - shift) / scale);
  }

  inverse(z: number | Between): number | Between {
    const { scale, shift } = this;
    return typeof z === "number" ? scale * z + shift : moved(z, end => scale * end + shift);
  }
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

function isBetween(value: number | Between, from: number, to: number): value is Between {
  return typeof value !== "number" && value.from === from && value.to === to;
}
