import type { DerivationCase } from "../../../../src/generative/derivation/index.ts";
import { LinearGaussian, trapezoid } from "../../../../src/generative/exact/index.ts";

function logNormal(value: number, mean: number, std: number): number {
  return -0.5 * ((value - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
}
const table = (values: readonly number[]) => (z: number) => Math.log(values[z] as number);
const [x, noise] = [2, 0.7];
const rule = trapezoid(-9, 9, 361);

/** Wet grass: rain, the sprinkler or a hose? Its posterior by hand: 5, 18 and 18 of 41. */
export const lawn: DerivationCase = {
  variables: { x: 1, z: { points: [0, 1, 2] } },
  logDensities: {
    "p(z)": table([0.5, 0.3, 0.2]),
    "p(x|z)": (_, z) => table([0.1, 0.6, 0.9])(z),
    "q(z)": table([0.2, 0.3, 0.5]),
  },
  posterior: {
    from: "fractions, by hand",
    logDensities: { "p(x)": () => Math.log(0.41), "p(z|x)": z => table([5 / 41, 18 / 41, 18 / 41])(z) },
  },
};

const closed = new LinearGaussian({ weights: [[1.5]], offset: [0], noise });
const posterior = closed.posterior([x]);
const [mu, tau] = [posterior.mean[0] as number, Math.sqrt(posterior.covariance[0]?.[0] as number)];

/** z ~ N(0, 1), x|z ~ N(1.5 z, 0.7²), with a posterior in closed form. */
export const line: DerivationCase = {
  variables: { x, z: rule },
  logDensities: {
    "p(z)": z => logNormal(z, 0, 1),
    "p(x|z)": (x, z) => logNormal(x, 1.5 * z, noise),
    "q(z)": z => logNormal(z, 0.8, 0.6),
  },
  posterior: {
    from: "closed form",
    logDensities: { "p(x)": x => closed.logEvidence([x]), "p(z|x)": z => logNormal(z, mu, tau) },
  },
};

/** x|z ~ N(z², 0.7²), with a posterior of two humps, from another rule. */
export const parabola: DerivationCase = {
  variables: { x, z: rule },
  logDensities: {
    "p(z)": z => logNormal(z, 0, 1),
    "p(x|z)": (x, z) => logNormal(x, z ** 2, noise),
    "q(z)": z => logNormal(z, 1, 0.4),
  },
  posterior: { from: "another grid", variables: { z: trapezoid(-8, 8, 501) } },
};

/** The same, with a posterior that is made of the joint by the sums of the lines. */
export const own: DerivationCase = { variables: parabola.variables, logDensities: parabola.logDensities };

export const cases = { lawn, line, parabola };

/** The lawn on which x has a range too, dry or wet. */
export const bits: DerivationCase = {
  variables: { x: { at: 1, points: [0, 1] }, z: { points: [0, 1, 2] } },
  logDensities: {
    "p(z)": table([0.5, 0.3, 0.2]),
    "p(x|z)": (x, z) => (x === 1 ? table([0.1, 0.6, 0.9])(z) : table([0.9, 0.4, 0.1])(z)),
    "q(z)": table([0.2, 0.3, 0.5]),
  },
};

/** The least that has all a line can be made of. */
export const coin: DerivationCase = {
  variables: { x: 1, z: { points: [0, 1] }, beta: 2 },
  logDensities: {
    "p(z)": () => Math.log(0.5),
    "p(x|z)": (x, z) => Math.log(x === z ? 0.9 : 0.1),
    "q(z)": z => Math.log(z === 1 ? 0.7 : 0.3),
  },
  functions: { "f(z)": z => z + 1 },
};
