import { expect } from "vitest";
import {
  affineFlow1d,
  banana,
  bisection,
  cdfFlow,
  checkerboard,
  composeFlows1d,
  type Density1d,
  dormandPrince,
  eightGaussians,
  entropyByQuadrature,
  euler,
  type Flow1d,
  flowLogProb,
  GaussianMixture,
  gaussHermite,
  integrate,
  inverseFlow1d,
  logIntegral,
  logIntegral2d,
  logisticMixture,
  midpoint,
  normalCdf,
  normalMixture,
  productRule,
  type RungeKutta,
  rings,
  rungeKutta4,
  sigmoidFlow,
  simpson,
  standardLaplace,
  standardLogistic,
  standardNormal,
  standardUniform,
  tanhFlow,
  type ToyDensity,
  toyDensities,
  trapezoid,
  twoMoons,
  gaussLegendre,
  logisticCdf,
  logisticLogCdf,
  logisticLogSurvival,
  logisticQuantile,
  logisticSurvival,
  logProbBetween,
  normalLogCdf,
  normalLogSurvival,
  normalQuantile,
  normalSurvival,
} from "../../../src/generative/exact/index.ts";
import { expectSame, refersTo } from "../../support/references.ts";

// Made by test/fixtures/densityReferences.py with mpmath 1.3.0, numpy 2.4.6, scipy 1.17.1 and torch 2.15.0.
const reference = refersTo("density");
const tight = { relative: 1e-12 };

const densities = { standardNormal, standardLogistic, standardLaplace, standardUniform };
for (const [name, density] of Object.entries(densities)) {
  reference(name, ({ x, logProb, cdf }) => {
    expectSame(density.logProb(x), logProb, { relative: 1e-14 });
    expectSame(density.cdf(x), cdf, tight);
  });
}

reference("normalCdf", ({ x, value }) => expectSame(normalCdf(x), value, tight));

const expectMixture = (density: Density1d, { x, logProb, cdf }: { x: number[]; logProb: number[]; cdf: number[] }) => {
  expectSame(x.map(density.logProb), logProb, { relative: 1e-13, absolute: 1e-14 });
  expectSame(x.map(density.cdf), cdf, tight);
};

reference("normalMixture", given => expectMixture(normalMixture(given), given));
reference("logisticMixture", given => expectMixture(logisticMixture(given), given));

reference("GaussianMixture", ({ weights, means, stds, x, logProb, responsibilities, mean, std }) => {
  const own = new GaussianMixture({ weights, means, stds });
  expectSame(
    x.map((value: number) => own.logProb(value)),
    logProb,
    { relative: 1e-13, absolute: 1e-14 },
  );
  const shares = x.flatMap((value: number) => own.responsibilities(value));
  expectSame(shares, responsibilities.flat(), { relative: 1e-11, absolute: 1e-300 });
  expectSame([own.moments().mean, own.moments().std], [mean, std], { relative: 1e-14, absolute: 1e-14 * std });
});

/** There and back: where z is known better than x, x is found to what z leaves of it. */
function expectFlow(flow: Flow1d, { x, z, logDet }: { x: number; z: number; logDet: number }): void {
  const own = flow.forward(x);
  expectSame(own.z, z, tight);
  expectSame(own.logDet, logDet, { relative: 1e-12, absolute: 1e-14 });
  const lost = (Math.abs(z) * 2 ** -50) / Math.exp(logDet); // a rounding of z, on the side of x
  if (lost < 0.1) expectSame(flow.inverse(z), x, { relative: 1e-11, absolute: 4 * lost });
}

reference("affineFlow1d", ({ scale, shift, ...given }) => expectFlow(affineFlow1d({ scale, shift }), given));
reference("sigmoidFlow", given => expectFlow(sigmoidFlow, given));
reference("tanhFlow", given => expectFlow(tanhFlow, given));

const kinds: Record<string, Density1d> = {
  normal: standardNormal,
  logistic: standardLogistic,
  laplace: standardLaplace,
};
reference("cdfFlow", ({ kind, ...given }) => expectFlow(cdfFlow(kinds[kind] as Density1d), given));

const composed = composeFlows1d(affineFlow1d({ scale: 2, shift: 0.5 }), tanhFlow);
reference("composeFlows1d", given => expectFlow(composed, given));
reference("inverseFlow1d", given => expectFlow(inverseFlow1d(sigmoidFlow), given));

reference("flowLogProb", ({ x, value }) =>
  expectSame(flowLogProb(inverseFlow1d(sigmoidFlow), standardNormal, x), value, { relative: 1e-11 }),
);

reference("bisection", ({ y, kind, x }) =>
  expectSame(bisection(kind === "cube" ? v => v ** 3 : Math.tanh, y), x, {
    relative: y < -0.5 && y > -1 ? 1e-6 : 1e-14,
  }),
);

reference("gaussHermite", ({ n, at, points, logWeights, relative }) => {
  const own = gaussHermite(n);
  expect(own.points.length).toBe(n);
  expectSame(
    at.map((i: number) => own.points[i]),
    points,
    { relative, absolute: 1e-14 },
  );
  expectSame(
    at.map((i: number) => own.logWeights[i]),
    logWeights,
    { relative, absolute: 1e-12 },
  );
});

reference("logIntegral", ({ a, n, value }) =>
  expectSame(
    logIntegral(z => a * z * z, gaussHermite(n)),
    value,
    { relative: 1e-11, absolute: 1e-13 },
  ),
);

reference("logIntegral2d", ({ rho, s, shift, value }) => {
  const rest = Math.sqrt(1 - rho * rho);
  const log = (z: number, std: number) => -0.5 * (z / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
  const density = (a: number, b: number) => log(a, s) + log(b - rho * a, s * rest) + shift;
  expectSame(logIntegral2d(density, trapezoid(-10 * s, 10 * s, 301)), value, { relative: 1e-13, absolute: 1e-10 });
});

reference("productRule", ({ n, d, at, points, logWeights, count }) => {
  const own = productRule(gaussHermite(n), d);
  expect(own.points.length).toBe(count);
  expectSame(
    at.flatMap((i: number) => own.points[i]),
    points.flat(),
    { relative: 1e-10, absolute: 1e-13 },
  );
  expectSame(
    at.map((i: number) => own.logWeights[i]),
    logWeights,
    { relative: 1e-10, absolute: 1e-13 },
  );
});

for (const [name, rule] of Object.entries({ trapezoid, simpson })) {
  reference(name, ({ from, to, n, value }) => {
    const { points, logWeights } = rule(from, to, n);
    const sum = points.reduce((total, x, i) => total + Math.exp(logWeights[i] as number) * Math.cos(x), 0);
    expectSame(sum, value, { relative: 1e-11 });
  });
}

const methods: Record<string, RungeKutta> = { euler, midpoint, rungeKutta4, dormandPrince };
for (const [name, method] of Object.entries(methods)) {
  reference(name, ({ rate, steps, to, value }) => {
    const [x] = integrate((_, [x = 0]) => [rate * x], [1], { from: 0, to, steps, method });
    expectSame(x as number, value, { relative: 1e-11 });
  });
}

reference("integrate", ({ start, from, to, steps, value }) => {
  const pendulum = (_: number, [angle = 0, speed = 0]: readonly number[]) => [speed, -Math.sin(angle)];
  expectSame(integrate(pendulum, start, { from, to, steps, method: dormandPrince }), value, { absolute: 1e-9 });
});

const planar: Record<string, ToyDensity> = { eightGaussians, checkerboard, twoMoons, banana, rings };
for (const [name, density] of Object.entries(planar)) {
  reference(name, ({ x, logProb, entropy }) => {
    expectSame(density.logProb(x[0], x[1]), logProb, { relative: 1e-8, absolute: 1e-9 });
    expectSame(density.entropy, entropy, { absolute: 2e-4 });
  });
}

reference("toyDensities", ({ names, entropies, x, logProbs }) => {
  expect(toyDensities.map(({ name }) => name)).toEqual(names);
  if (entropies)
    expectSame(
      toyDensities.map(({ entropy }) => entropy),
      entropies,
      { absolute: 2e-4 },
    );
  if (logProbs)
    expectSame(
      toyDensities.map(density => density.logProb(x[0], x[1])),
      logProbs,
      { relative: 1e-8 },
    );
});

reference("entropyByQuadrature", ({ std, side, n, value }) => {
  const log = (x: number) => -0.5 * (x / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
  expectSame(entropyByQuadrature({ logProb: (a, b) => log(a) + log(b), side }, n), value, { relative: 1e-9 });
});

reference("gaussLegendre", ({ from, to, n, at, points, logWeights }) => {
  const own = gaussLegendre(from, to, n);
  expectSame(
    at.map((i: number) => own.points[i]),
    points,
    { relative: 1e-12, absolute: 1e-15 * (to - from) },
  );
  expectSame(
    at.map((i: number) => own.logWeights[i]),
    logWeights,
    { relative: 1e-12, absolute: 1e-12 },
  );
});

const tails = {
  normalSurvival,
  normalLogCdf,
  normalLogSurvival,
  logisticCdf,
  logisticSurvival,
  logisticLogCdf,
  logisticLogSurvival,
};
for (const [name, tail] of Object.entries(tails)) reference(name, ({ x, value }) => expectSame(tail(x), value, tight));

reference("logProbBetween", ({ kind, from, to, value, relative = 1e-12 }) =>
  expectSame(logProbBetween(kinds[kind] as Density1d, from, to), value, { relative }),
);

for (const [name, quantile] of Object.entries({ normalQuantile, logisticQuantile })) {
  // Near the median x is what p leaves of it.
  reference(name, ({ p, x }) => expectSame(quantile(p), x, { ...tight, absolute: 1e-15 }));
}
