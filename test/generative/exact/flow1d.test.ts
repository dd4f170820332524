import { expm, matrix } from "mathjs";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  AffineFlow,
  affineFlow1d,
  bisection,
  cdfFlow,
  cholesky,
  composeFlows1d,
  type Density1d,
  dormandPrince,
  euler,
  type Flow1d,
  flowLogProb,
  integrate,
  inverseFlow1d,
  logAbsDet,
  logisticMixture,
  logIntegral,
  luFactors,
  midpoint,
  normalMixture,
  rungeKutta4,
  sigmoidFlow,
  simpson,
  singularValues,
  standardLaplace,
  standardLogistic,
  standardNormal,
  standardUniform,
  tanhFlow,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

const mixture = { weights: [0.3, 0.5, 0.2], means: [-1.5, 0.4, 2.2], stds: [0.4, 0.7, 0.3] };
const gaussians = normalMixture(mixture);
const logistics = logisticMixture(mixture);

const everyFlow1d: { name: string; flow: Flow1d }[] = [
  { name: "affine", flow: affineFlow1d({ scale: -2.5, shift: 1 }) },
  { name: "sigmoid", flow: sigmoidFlow },
  { name: "tanh", flow: tanhFlow },
  { name: "mixture of Gaussians, to (0, 1)", flow: cdfFlow(gaussians) },
  { name: "mixture of logistics, to (0, 1)", flow: cdfFlow(logistics) },
  { name: "mixture to Laplace", flow: composeFlows1d(cdfFlow(gaussians), inverseFlow1d(cdfFlow(standardLaplace))) },
  {
    name: "logistic to normal",
    flow: composeFlows1d(cdfFlow(standardLogistic), inverseFlow1d(cdfFlow(standardNormal))),
  },
];

const points = Array.from({ length: 21 }, (_, i) => -2 + 0.2 * i);

describe.each(everyFlow1d)("$name", ({ flow }) => {
  it("inverts to 1e-10, both ways", () => {
    for (const x of points) {
      const { z } = flow.forward(x);
      expectClose(flow.inverse(z), x, { absolute: 1e-10 });
      expectClose(flow.forward(flow.inverse(z)).z, z, { absolute: 1e-10 });
    }
  });

  it("has the derivative that it reports, by differences", () => {
    for (const x of points) {
      const slope = (flow.forward(x + 1e-5).z - flow.forward(x - 1e-5).z) / 2e-5;
      expectClose(flow.forward(x).logDet, Math.log(Math.abs(slope)), { absolute: 1e-6 });
      expectClose(inverseFlow1d(flow).forward(flow.forward(x).z).logDet, -flow.forward(x).logDet, { absolute: 1e-8 });
    }
  });
});

describe("densities by change of variables", () => {
  it.each([
    { name: "normal", base: standardNormal },
    { name: "logistic", base: standardLogistic },
    { name: "Laplace", base: standardLaplace },
    { name: "mixture of Gaussians", base: gaussians },
    { name: "mixture of logistics", base: logistics },
  ])("the $name density integrates to 1, and to its cdf", ({ base }) => {
    const log = (x: number) => base.logProb(x);
    // A kink at 0, as Laplace has, must be a point of the rule.
    expectClose(Math.exp(logIntegral(log, trapezoid(-60, 60, 60_001))), 1, { absolute: 1e-6 });
    expectClose(Math.exp(logIntegral(log, simpson(-60, 0.5, 60_501))), base.cdf(0.5), { absolute: 1e-6 });
  });

  it.each([
    { name: "normal", base: standardNormal },
    { name: "logistic", base: standardLogistic },
  ])("a decreasing affine flow to the $name base integrates to 1: absolute values", ({ base }) => {
    const flow = affineFlow1d({ scale: -0.5, shift: 1 });
    const log = (x: number) => flowLogProb(flow, base, x);
    expectClose(Math.exp(logIntegral(log, trapezoid(-40, 40, 8001))), 1, { absolute: 1e-9 });
  });

  it("a CDF flow with a uniform base has the slope of F as its density, by differences", () => {
    for (const x of points) {
      const slope = (gaussians.cdf(x + 1e-5) - gaussians.cdf(x - 1e-5)) / 2e-5;
      expectClose(Math.exp(flowLogProb(cdfFlow(gaussians), standardUniform, x)), slope, {
        absolute: 1e-9,
        relative: 1e-6,
      });
    }
  });

  it("a sigmoid before N(0, 1) integrates to 0.3413, and before the uniform base to 1", () => {
    const total = (base: Density1d) =>
      Math.exp(logIntegral(x => flowLogProb(sigmoidFlow, base, x), trapezoid(-35, 35, 7001)));
    expectClose(total(standardNormal), standardNormal.cdf(1) - standardNormal.cdf(0), { absolute: 1e-9 });
    expectClose(total(standardNormal), 0.3413, { absolute: 1e-4 });
    expectClose(total(standardUniform), 1, { absolute: 1e-9 });
  });

  it("any density becomes any other: samples through F, then through G⁻¹, have the distribution function G", () => {
    const flow = composeFlows1d(cdfFlow(gaussians), inverseFlow1d(cdfFlow(standardLaplace)));
    const n = 2000;
    const uniform = new Random(3).uniformArray(n);
    const z = Array.from(uniform, u => flow.forward(bisection(gaussians.cdf, u)).z).sort((a, b) => a - b);
    // Kolmogorov–Smirnov: √n D exceeds 1.95 once in a thousand times.
    const D = Math.max(...z.map((value, i) => Math.abs(standardLaplace.cdf(value) - (i + 0.5) / n)));
    expect(Math.sqrt(n) * D).toBeLessThan(1.95);
    for (const x of points) {
      expectClose(flowLogProb(flow, standardLaplace, x), gaussians.logProb(x), { absolute: 1e-9 });
    }
  });

  it("KL(data ‖ f⁻¹(z)) = KL(f(data) ‖ z), by quadrature", () => {
    const flow = composeFlows1d(tanhFlow, inverseFlow1d(tanhFlow), affineFlow1d({ scale: 1.7, shift: 0.4 }));
    const rule = trapezoid(-9, 9, 4001);
    const expectation = (log: (x: number) => number, value: (x: number) => number, { points, logWeights } = rule) =>
      points.reduce((sum, x, i) => sum + Math.exp(log(x) + (logWeights[i] as number)) * value(x), 0);
    const one = affineFlow1d({ scale: 1.7, shift: 0.4 });
    const model = (x: number) => flowLogProb(one, standardNormal, x);
    const inData = expectation(gaussians.logProb, x => gaussians.logProb(x) - model(x));
    const pushed = (z: number) => flowLogProb(inverseFlow1d(one), gaussians, z);
    const inLatents = expectation(pushed, z => pushed(z) - standardNormal.logProb(z));
    expectClose(inLatents, inData, { absolute: 1e-8 });
    expect(inData).toBeGreaterThan(0.1);
    expectClose(flow.forward(0.3).z, one.forward(0.3).z, { absolute: 1e-10 });
  });

  it("says what is wrong with a scale of 0 and a value out of reach", () => {
    expect(() => affineFlow1d({ scale: 0, shift: 1 })).toThrow("scale must not be 0");
    for (const [scale, shift] of [
      [Number.NaN, 1],
      [-Infinity, 1],
      [1, Infinity],
      [2, Number.NaN],
    ] as const) {
      expect(() => affineFlow1d({ scale, shift })).toThrow(`must be finite, but got ${scale} and ${shift}`);
    }
    expect(() => bisection(Math.tanh, 2)).toThrow("y must be a value of f, but got 2");
  });
});

describe("what a flow leaves between two ends", () => {
  const x = [-40, -0.7, 0, 0.3, 2.5, 40];

  it("tanh is 2 sigmoid(2x) − 1, also where both round", () => {
    const twice = affineFlow1d({ scale: 0.5, shift: 0 });
    const half = affineFlow1d({ scale: 2, shift: -1 }); // z = (x + 1) / 2
    const toReal = composeFlows1d(tanhFlow, half, inverseFlow1d(sigmoidFlow));
    const back = composeFlows1d(twice, sigmoidFlow, inverseFlow1d(half), inverseFlow1d(tanhFlow));
    for (const value of x) {
      expectClose(toReal.forward(value).z, 2 * value, { relative: 1e-14, absolute: 1e-15 });
      expectClose(toReal.inverse(2 * value), value, { relative: 1e-14, absolute: 1e-15 });
      expectClose(toReal.forward(value).logDet, Math.LN2, { absolute: 1e-13 });
      expectClose(back.forward(value).z, value, { relative: 1e-14, absolute: 1e-15 });
      expectClose(back.inverse(value), value, { relative: 1e-14, absolute: 1e-15 });
    }
  });

  it("1 − u swaps the ends: sigmoid, mirrored, is the sigmoid of −x", () => {
    const mirror = affineFlow1d({ scale: -1, shift: 1 }); // z = 1 − x
    const negated = composeFlows1d(sigmoidFlow, mirror, inverseFlow1d(sigmoidFlow));
    for (const value of x) {
      expectClose(negated.forward(value).z, -value, { relative: 1e-14 });
      expectClose(negated.inverse(value), -value, { relative: 1e-14 });
    }
  });

  it("counts only for the flow with the same two ends: any other takes the number", () => {
    // atanh Φ(x), logit(½ sigmoid(x)) and logit(tanh x) by mpmath 1.3.0.
    const atanhOfCdf = composeFlows1d(cdfFlow(standardNormal), inverseFlow1d(tanhFlow));
    expectClose(
      [-0.7, 0.3, 2.5].map(value => atanhOfCdf.forward(value).z),
      [0.2468588299196497, 0.7216194450293544, 2.885842897591339],
      { relative: 1e-13 },
    );
    const logitOfHalf = composeFlows1d(sigmoidFlow, affineFlow1d({ scale: 2, shift: 0 }), inverseFlow1d(sigmoidFlow));
    expectClose(
      [0.3, 40].map(value => logitOfHalf.forward(value).z),
      [-0.9089181979565277, -8.4967085e-18],
      { relative: 1e-13, absolute: 1e-15 },
    );
    const logitOfTanh = composeFlows1d(tanhFlow, inverseFlow1d(sigmoidFlow));
    expectClose(
      [0.3, 2.5].map(value => logitOfTanh.forward(value).z),
      [-0.8890175489062649, 4.3000920699905665],
      { relative: 1e-13 },
    );
    expectClose(logitOfTanh.inverse(4.3000920699905665), 2.5, { relative: 1e-13 });
  });

  it("keeps the digits of a small x through tanh and back", () => {
    const there = composeFlows1d(tanhFlow, inverseFlow1d(tanhFlow));
    for (const value of [1e-300, -1e-12, 0.999, -1, 1.001]) {
      expectClose(there.forward(value).z, value, { relative: 1e-15 });
    }
  });

  it("is of no use to a flow that knows only numbers", () => {
    const cube: Flow1d = { forward: x => ({ z: x ** 3, logDet: Math.log(3 * x * x) }), inverse: Math.cbrt };
    const flow = composeFlows1d(sigmoidFlow, cube);
    const s = 1 / (1 + Math.exp(-0.3));
    expectClose(flow.forward(0.3).z, s ** 3, { relative: 1e-14 });
    expectClose(flow.forward(0.3).logDet, Math.log(3 * s ** 3 * (1 - s)), { absolute: 1e-13 });
    expectClose(flow.inverse(s ** 3), 0.3, { relative: 1e-13 });
    const back = composeFlows1d(inverseFlow1d(cube), affineFlow1d({ scale: 2, shift: 1 }));
    expectClose([back.forward(8).z, back.inverse(0.5)], [0.5, 8], { relative: 1e-14 });
    expectClose(inverseFlow1d(composeFlows1d(cube, sigmoidFlow)).forward(0.5).z, 0, { absolute: 1e-5 });
    const into = composeFlows1d(inverseFlow1d(sigmoidFlow), inverseFlow1d(cube));
    expectClose(into.inverse(2), 1 / (1 + Math.exp(-8)), { relative: 1e-14 });
  });

  it("takes a density with less than a quantile and both tails as it is, in numbers", () => {
    const { logProb, cdf, quantile, logCdf, logSurvival } = standardNormal;
    for (const density of [
      { logProb, cdf },
      { logProb, cdf, logCdf, logSurvival },
      { logProb, cdf, quantile, logSurvival },
      { logProb, cdf, quantile, logCdf },
    ]) {
      const flow = cdfFlow(density);
      expect(flow.fine).toBeUndefined();
      expectClose(flow.forward(-1.5).z, cdf(-1.5), { relative: 1e-15 });
      expectClose(flow.inverse(cdf(-1.5)), -1.5, { relative: 1e-12 });
      expectClose(composeFlows1d(flow, inverseFlow1d(cdfFlow(standardNormal))).forward(-1.5).z, -1.5, {
        relative: 1e-12,
      });
    }
    expect(cdfFlow({ logProb, cdf, quantile: () => 7 }).inverse(0.2)).toBe(7);
  });

  it("counts as inside for a base that lives there only", () => {
    expectClose(flowLogProb(cdfFlow(standardNormal), standardUniform, 12), standardNormal.logProb(12), {
      relative: 1e-14,
    });
    expect(flowLogProb(affineFlow1d({ scale: 1, shift: 0 }), standardUniform, 1.5)).toBe(-Infinity);
  });
});

describe("tanh", () => {
  it("has the slope 1 − tanh² x, in logs, and an inverse on [−1, 1] only", () => {
    // mpmath 1.3.0
    const expected = [-0.45454045871701115, -0.08868153985188063, -3.6271363358583457];
    expectClose(
      [-0.7, 0.3, 2.5].map(x => tanhFlow.forward(x).logDet),
      expected,
      { relative: 1e-14 },
    );
    expectClose(tanhFlow.forward(-400).logDet, 2 * Math.LN2 - 800, { relative: 1e-15 });
    expect([-1, 0, 1].map(tanhFlow.inverse)).toEqual([-Infinity, 0, Infinity]);
    for (const z of [1.0000001, -2, Number.NaN]) {
      expect(() => tanhFlow.inverse(z)).toThrow(/z must lie in \[−1, 1\]/);
    }
  });
});

describe("volumes", () => {
  it("|det J| = Π σ_i, whatever the sign: the printed det |J| is another number", () => {
    const J = [
      [1, -1],
      [1, 1],
    ];
    expectClose(Math.exp(logAbsDet(J).logAbs), 2, { absolute: 1e-12 });
    expect(logAbsDet(J.map(row => row.map(Math.abs))).sign).toBe(0);
    const reflection = [
      [0, 1],
      [1, 0],
    ];
    expect(logAbsDet(reflection).sign).toBe(-1);
    expectClose(singularValues(reflection), [1, 1], { absolute: 1e-12 });
    const random = new Random(4);
    for (let n = 1; n <= 5; n++) {
      const A = Array.from({ length: n }, () => Array.from(random.normalArray(n)));
      const product = singularValues(A).reduce((sum, s) => sum + Math.log(s), 0);
      expectClose(logAbsDet(A).logAbs, product, { absolute: 1e-7 });
    }
  });

  it("det A by cofactors, with its sign", () => {
    const A = [
      [0, 1, 2],
      [3, 1, 0],
      [1, 5, 1],
    ];
    const { logAbs, sign } = logAbsDet(A);
    expectClose(sign * Math.exp(logAbs), 0 * 1 - 1 * 3 + 2 * 14, { absolute: 1e-12 });
    const swapped = [A[1], A[0], A[2]] as number[][];
    expect(logAbsDet(swapped).sign).toBe(-sign);
    const { places, L, U, s } = luFactors(A);
    const product = L.map(row =>
      U.map((_, j) => row.reduce((sum, l, k) => sum + l * (k === j ? (s[k] as number) : (U[k]?.[j] as number)), 0)),
    );
    for (const [i, row] of A.entries()) expectClose(product[places[i] as number] as number[], row, { absolute: 1e-12 });
  });

  it("the image of a cube has volume |det J|, by Monte Carlo", () => {
    const A = [
      [1.2, 0.5],
      [-0.3, 0.8],
    ];
    const flow = new AffineFlow(A, [0, 0]);
    // Points of [−2, 2]² that come from the unit square.
    const uniform = new Random(5).uniformArray(40_000);
    const inside = Array.from({ length: 20_000 }, (_, n) => {
      const x = [4 * (uniform[2 * n] as number) - 2, 4 * (uniform[2 * n + 1] as number) - 2];
      return flow.forward(x).z.every(z => z >= 0 && z <= 1) ? 16 : 0;
    });
    expectMean(inside, Math.exp(logAbsDet(A).logAbs));
  });
});

describe("the affine flow", () => {
  const A = [
    [1.2, 0.5],
    [-0.3, 0.8],
  ];
  const rotation = [
    [Math.cos(0.7), -Math.sin(0.7)],
    [Math.sin(0.7), Math.cos(0.7)],
  ];
  const AQ = A.map(row => [0, 1].map(j => row.reduce((sum, a, k) => sum + a * (rotation[k]?.[j] as number), 0)));

  it("cannot tell A from A Q: the same density, and other latents", () => {
    const [one, other] = [new AffineFlow(A, [1, 2]), new AffineFlow(AQ, [1, 2])];
    expectClose(other.logProb([0.3, -0.4]), one.logProb([0.3, -0.4]), { absolute: 1e-12 });
    expect(
      Math.abs((other.forward([0.3, -0.4]).z[0] as number) - (one.forward([0.3, -0.4]).z[0] as number)),
    ).toBeGreaterThan(0.1);
    expectClose(one.inverse(one.forward([0.3, -0.4]).z), [0.3, -0.4], { absolute: 1e-12 });
  });

  it("has its maximum likelihood at the moments of the data", () => {
    const values = new Random(6).normalArray(60);
    const data = Array.from({ length: 30 }, (_, n) =>
      new AffineFlow(A, [1, 2]).inverse([values[2 * n] as number, values[2 * n + 1] as number]),
    );
    const best = AffineFlow.fit(data);
    const total = (flow: AffineFlow) => data.reduce((sum, x) => sum + flow.logProb(x), 0);
    for (const change of [1.02, 0.98]) {
      expect(
        total(
          new AffineFlow(
            best.A.map(row => row.map(a => a * change)),
            best.b,
          ),
        ),
      ).toBeLessThan(total(best));
      expect(
        total(
          new AffineFlow(
            best.A,
            best.b.map(b => b * change),
          ),
        ),
      ).toBeLessThan(total(best));
    }
    expectClose(best.covariance.flat(), new AffineFlow(cholesky(best.covariance), best.b).covariance.flat(), {
      absolute: 1e-12,
    });
  });

  it("says what is wrong with a singular A and with a covariance that is none", () => {
    expect(
      () =>
        new AffineFlow(
          [
            [1, 2],
            [2, 4],
          ],
          [0, 0],
        ),
    ).toThrow("A must be invertible, but got det A = 0");
    expect(() =>
      cholesky([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow("positive definite, but got a variance of -3 for variable 1 given those before it, of 1");
  });
});

describe("Runge–Kutta methods", () => {
  const A = [
    [0.1, 1, 0],
    [-1, 0.2, 0.3],
    [0, 0.5, -0.4],
  ];
  const field = (_: number, x: readonly number[]) =>
    A.map(row => row.reduce((sum, a, j) => sum + a * (x[j] as number), 0));
  const start = [1, -0.5, 0.3];
  const exact = (expm(matrix(A)).toArray() as number[][]).map(row =>
    row.reduce((sum, a, j) => sum + a * (start[j] as number), 0),
  );
  const error = (steps: number, method: typeof euler) =>
    Math.max(...integrate(field, start, { steps, method }).map((value, i) => Math.abs(value - (exact[i] as number))));

  it.each([
    { name: "Euler", method: euler },
    { name: "midpoint", method: midpoint },
    { name: "classical", method: rungeKutta4 },
    { name: "Dormand–Prince", method: dormandPrince },
  ])("$name: the error falls with its order, against the matrix exponential", ({ method }) => {
    const slope = Math.log2(error(8, method) / error(16, method));
    expect(Math.abs(slope - method.order)).toBeLessThan(0.35);
    expectClose(
      method.weights.reduce((a, b) => a + b, 0),
      1,
      { absolute: 1e-12 },
    );
  });

  it("the lower order of Dormand and Prince is 4", () => {
    const lower = { ...dormandPrince, weights: dormandPrince.lower };
    expect(Math.abs(Math.log2(error(8, lower) / error(16, lower)) - 4)).toBeLessThan(0.35);
  });

  it("stays where no time passes, and takes one step for all of it", () => {
    expect(integrate(field, start, { from: 2, to: 2, steps: 3, method: euler })).toEqual(start);
    expectClose(
      integrate((_, x) => [-(x[0] as number)], [1], { steps: 1, method: euler }),
      [0],
      { absolute: 0 },
    );
  });

  it("refuses steps, times and fields that are none", () => {
    const run = (options: object) => integrate(field, start, { steps: 4, method: euler, ...options });
    for (const steps of [0, -1, 2.5, Number.NaN, Infinity]) {
      expect(() => run({ steps })).toThrow(/steps must be a positive integer and times finite, but got/);
    }
    for (const time of [Number.NaN, Infinity]) {
      expect(() => run({ from: time })).toThrow(/times finite/);
      expect(() => run({ to: time })).toThrow(/times finite/);
    }
    expect(() => integrate(() => [1], start, { steps: 1, method: euler })).toThrow(
      /field must give 3 numbers, but got 1 at t = 0/,
    );
    expect(() => integrate((_, x) => x.map(v => Math.log(v - 5)), [1], { steps: 1, method: euler })).toThrow(
      /field must give 1 numbers, but got NaN at t = 0/,
    );
  });

  it("goes back where it came from", () => {
    const end = integrate(field, start, { steps: 20, method: rungeKutta4 });
    expectClose(integrate(field, end, { from: 1, to: 0, steps: 20, method: rungeKutta4 }), start, { absolute: 1e-6 });
  });
});

describe("a sum of logarithms of which one is infinite", () => {
  const stretched = (logDet: number): Flow1d => ({ forward: z => ({ z, logDet }), inverse: z => z });
  const logDetOf = (...logDets: number[]) => composeFlows1d(...logDets.map(stretched)).forward(0.5).logDet;

  it("is −∞ wherever one of them is, in either order, and the sum elsewhere", () => {
    expect(logDetOf(-Infinity, Infinity)).toBe(-Infinity);
    expect(logDetOf(Infinity, -Infinity)).toBe(-Infinity);
    expect(logDetOf(Infinity, 3)).toBe(Infinity);
    expect(logDetOf(3, Infinity)).toBe(Infinity);
    expect(logDetOf(-Infinity, 3)).toBe(-Infinity);
    expect(logDetOf(3, -Infinity)).toBe(-Infinity);
    expect(logDetOf(-2, 3)).toBe(1);
  });
});
