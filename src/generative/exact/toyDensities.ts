import { assertCount, assertFields, assertFunction, assertPositive, point } from "./check.ts";
import { logSumExp } from "./logSumExp.ts";
import { standardNormal } from "./densities1d.ts";
import { gaussLegendre, trapezoid } from "./quadrature.ts";

/** A density over the plane whose entropy is known. Float64. */
export interface ToyDensity {
  name: string;
  /** log p(x₁, x₂) in nats. */
  logProb(x1: number, x2: number): number;
  /** One draw, from sources of U[0, 1) and N(0, 1). */
  draw(uniform: () => number, normal: () => number): [number, number];
  /** A square [−side, side]² outside of which nothing is worth counting. */
  side: number;
  /** H = −E log p, in nats: the negative log-likelihood that no model is below, on average over fresh data. */
  readonly entropy: number;
}

/**
 * Eight Gaussians of standard deviation 1/(2√2) on a circle of radius 2√2.
 *
 * If they did not overlap, the entropy would be log 8 + log 2πe/8 = log 2πe = 2.8379; it is 2.8316. As in Grathwohl
 * et al., FFJORD, 2019, up to rounding.
 */
export const eightGaussians: ToyDensity = byQuadrature("8 Gaussians", 5.5, {
  logProb: (x1, x2) => {
    const std = Math.SQRT1_2 / 2;
    const parts = circle(8).map(
      ([c1, c2]) => logNormal(x1 - 2 * Math.SQRT2 * c1, std) + logNormal(x2 - 2 * Math.SQRT2 * c2, std),
    );
    return logSumExp(parts) - Math.log(8);
  },
  draw: (uniform, normal) => {
    const [c1, c2] = circle(8)[Math.floor(8 * uniform())] as [number, number];
    return [2 * Math.SQRT2 * c1 + (Math.SQRT1_2 / 2) * normal(), 2 * Math.SQRT2 * c2 + (Math.SQRT1_2 / 2) * normal()];
  },
});

/** Uniform on eight of the sixteen squares of side 2 in [−4, 4]²: H = log 32 = 3.4657. */
export const checkerboard: ToyDensity = {
  name: "checkerboard",
  side: 4.5,
  entropy: Math.log(32),
  logProb: (x1, x2) => {
    if (Number.isNaN(point("checkerboard", x1)) || Number.isNaN(point("checkerboard", x2))) return Number.NaN;
    const [i, j] = [Math.floor(x1 / 2), Math.floor(x2 / 2)];
    return Math.abs(i + 0.5) < 2 && Math.abs(j + 0.5) < 2 && (i + j) % 2 === 0 ? -Math.log(32) : -Infinity;
  },
  draw: uniform => {
    const x1 = 8 * uniform() - 4;
    const row = 2 * Math.floor(2 * uniform()) - 2; // −2 or 0, moved by one square in every second column
    return [x1, 2 * (row + (Math.abs(Math.floor(x1 / 2)) % 2)) + 2 * uniform()];
  },
};

/**
 * Two interleaved half circles of radius 1, blurred by Gaussian noise of standard deviation 0.1: H = 1.008.
 *
 * The half circle `(cos t, sin t)` and the other `(1 − cos t, ½ − sin t)`, t uniform in [0, π]: those of scikit-learn.
 */
export const twoMoons: ToyDensity = byQuadrature("two moons", 3, {
  logProb: (x1, x2) => {
    arcs.forEach(([m1, m2, logWeight], i) => {
      arcTerms[i] = logWeight - ((x1 - m1) ** 2 + (x2 - m2) ** 2) / (2 * MOON_NOISE ** 2);
    });
    return logSumExp(arcTerms) - Math.log(2 * Math.PI) - Math.log(2 * Math.PI * MOON_NOISE ** 2);
  },
  draw: (uniform, normal) => {
    const which = uniform() < 0.5 ? 0 : 1;
    const [m1, m2] = moon(Math.PI * uniform(), which);
    return [m1 + MOON_NOISE * normal(), m2 + MOON_NOISE * normal()];
  },
});

/** x₁ ~ N(0, 2²), x₂ ~ N(x₁²/4 − 1, (½)²): a shear, which keeps volumes, so H = log 2πe = 2.8379. */
export const banana: ToyDensity = {
  name: "banana",
  side: 20,
  entropy: Math.log(2 * Math.PI * Math.E),
  logProb: (x1, x2) => logNormal(point("banana", x1), 2) + logNormal(point("banana", x2) - (x1 * x1) / 4 + 1, 0.5),
  draw: (_, normal) => {
    const x1 = 2 * normal();
    return [x1, (x1 * x1) / 4 - 1 + 0.5 * normal()];
  },
};

/** Two circles of radius 1 and 3, with a radius that is Gaussian, of standard deviation 0.15, and each half the mass. */
export const rings: ToyDensity = {
  name: "rings",
  side: 4.5,
  // p(x) = p(r) / 2πr. A negative radius, at 6 standard deviations, has no share that could be measured.
  logProb: (x1, x2) => {
    const r = Math.max(Math.hypot(point("rings", x1), point("rings", x2)), 1e-9);
    return logRadius(r) - Math.log(2 * Math.PI * r);
  },
  draw: (uniform, normal) => {
    const r = Math.abs((uniform() < 0.5 ? 1 : 3) + RING_WIDTH * normal());
    const angle = 2 * Math.PI * uniform();
    return [r * Math.cos(angle), r * Math.sin(angle)];
  },
  /** H = −∫ p(r) (log p(r) − log 2πr) dr */
  get entropy() {
    const { points, logWeights } = trapezoid(0.01, 5, 2001);
    const term = (r: number, i: number) =>
      Math.exp(logRadius(r) + (logWeights[i] as number)) * (logRadius(r) - Math.log(2 * Math.PI * r));
    return -points.reduce((sum, r, i) => sum + term(r, i), 0);
  },
};

export const toyDensities: readonly ToyDensity[] = [eightGaussians, checkerboard, twoMoons, banana, rings];

/** `−∫∫ p log p` over the square, with n points along each axis. */
export function entropyByQuadrature(density: Pick<ToyDensity, "logProb" | "side">, n: number): number {
  assertFields("entropyByQuadrature", "density", density, ["logProb", "side"]);
  const { logProb, side } = density;
  assertFunction("entropyByQuadrature", "logProb", logProb);
  assertPositive("entropyByQuadrature", "side", side);
  assertCount("entropyByQuadrature", "n", n, "it is the points along each axis", 2);
  const { points } = trapezoid(-side, side, n);
  const area = ((2 * side) / (n - 1)) ** 2;
  let sum = 0;
  for (const x1 of points) {
    for (const x2 of points) {
      const log = logProb(x1, x2);
      if (log > -Infinity) sum -= Math.exp(log) * log;
    }
  }
  return sum * area;
}

/** Its entropy is computed when it is first asked for. */
function byQuadrature(name: string, side: number, rest: Pick<ToyDensity, "logProb" | "draw">): ToyDensity {
  let entropy: number | undefined;
  return {
    name,
    side,
    draw: rest.draw,
    logProb: (x1, x2) => rest.logProb(point(name, x1), point(name, x2)),
    get entropy() {
      entropy ??= entropyByQuadrature({ logProb: rest.logProb, side }, 121);
      return entropy;
    },
  };
}

const logNormal = (difference: number, std: number) => standardNormal.logProb(difference / std) - Math.log(std);

const circle = (n: number) =>
  Array.from({ length: n }, (_, k) => [Math.cos((2 * Math.PI * k) / n), Math.sin((2 * Math.PI * k) / n)] as const);

const moon = (t: number, which: number): [number, number] =>
  which === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];

const MOON_NOISE = 0.1;
const RING_WIDTH = 0.15;

const logRadius = (r: number) => logSumExp([logNormal(r - 1, RING_WIDTH), logNormal(r - 3, RING_WIDTH)]) - Math.LN2;

/** Points along both half circles, with the logarithms of their weights: four panels, as the Gaussian is narrow. */
const arcs = [0, 1].flatMap(which =>
  [0, 1, 2, 3].flatMap(quarter => {
    const { points, logWeights } = gaussLegendre((quarter * Math.PI) / 4, ((quarter + 1) * Math.PI) / 4, 33);
    return points.map((t, i) => [...moon(t, which), logWeights[i] as number] as const);
  }),
);
const arcTerms = new Float64Array(arcs.length);
