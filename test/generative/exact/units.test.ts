import { describe, expect, it } from "vitest";
import {
  AffineFlow,
  affineFlow1d,
  bestBaseline,
  bisection,
  categoricalMle,
  cholesky,
  eigenSymmetric,
  Empirical,
  entropyByQuadrature,
  flowLogProb,
  GaussianMixture,
  gaussHermite,
  gaussianMle,
  integrate,
  inverse,
  klGaussian,
  klIntegral,
  LatentGrid,
  LinearGaussian,
  linearBetaVae,
  linearBetaVariance,
  logAbsDet,
  logDeterminant,
  logIntegral,
  logisticMixture,
  logMeanExp,
  logSumExp,
  luFactors,
  meanField,
  MultivariateGaussianMixture,
  normalMixture,
  pathwiseMoments,
  ppcaMle,
  principalComponents,
  project,
  qrFactors,
  rungeKutta4,
  scoreMoments,
  secondMoment,
  simpson,
  singularValues,
  solve,
  standardNormal,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { dot, dyadic, dyadicCovariance, dyadicRows } from "../../support/dyadic.ts";

const units = [1e-8, 1e-5, 0.1, 7, 1e4, 1e8];
const tight = { relative: 1e-10 };
const times = (c: number, values: readonly number[]) => values.map(v => c * v);
const timesRows = (c: number, rows: readonly (readonly number[])[]) => rows.map(row => times(c, row));

/** Every entry within `absolute + relative · |expected|`, by one expectation: there are a million entries. */
function expectAll(
  actual: number | readonly number[],
  expected: number | readonly number[],
  { absolute = 0, relative = 0 }: { absolute?: number; relative?: number },
): void {
  const [a, e] = [[actual].flat(), [expected].flat()] as [number[], number[]];
  expect(a.length).toBe(e.length);
  const wrong = a.findIndex(
    (value, i) => !(Math.abs(value - (e[i] as number)) <= absolute + relative * Math.abs(e[i] as number)),
  );
  expect(wrong, `entry ${wrong}: ${a[wrong]} against ${e[wrong]}`).toBe(-1);
}

const mixed = (d: number) => ({ mean: dyadic(3, d), covariance: dyadicCovariance(5, d, 0.01) });

/** Each coordinate in a unit of its own, from 1e-8 to 1e8 over all of them. */
const unitsOf = (d: number) => Array.from({ length: d }, (_, i) => (d === 1 ? 1e-8 : 10 ** (8 - (16 * i) / (d - 1))));
const rescaled = (S: readonly (readonly number[])[], u: readonly number[]) =>
  S.map((row, i) => row.map((v, j) => v * (u[i] as number) * (u[j] as number)));

describe.each([1, 2, 3, 10, 50, 200])("in %i dimensions", d => {
  const p = mixed(d);
  const q = { mean: dyadic(7, d), covariance: dyadicCovariance(11, d, 1) };
  const [kl, field, logDet] = [klGaussian(q, p), meanField(p), logDeterminant(p.covariance)];
  const some = d === 200 ? [1e-8] : d === 50 ? [1e-8, 1e8] : units;

  it.each(some)("KL, mean field and determinant follow the unit %f", c => {
    const scaled = (g: typeof p) => ({ mean: times(c, g.mean), covariance: timesRows(c * c, g.covariance) });
    expectAll(klGaussian(scaled(q), scaled(p)), kl, tight);
    const { mean, variances, gap } = meanField(scaled(p));
    expectAll(mean, times(c, field.mean), tight);
    expectAll(variances, times(c * c, field.variances), tight);
    expectAll(gap, field.gap, { ...tight, absolute: 1e-15 });
    expectAll(logDeterminant(scaled(p).covariance), logDet + 2 * d * Math.log(c), { ...tight, absolute: 1e-10 });
    expectAll(cholesky(scaled(p).covariance).flat(), times(c, cholesky(p.covariance).flat()), {
      relative: 1e-9,
      absolute: 1e-13 * c,
    });
  });

  it("they do so where every coordinate has its own unit", () => {
    const u = unitsOf(d);
    const scaled = (g: typeof p) => ({
      mean: g.mean.map((m, i) => m * (u[i] as number)),
      covariance: rescaled(g.covariance, u),
    });
    expectAll(klGaussian(scaled(q), scaled(p)), kl, tight);
    const { variances, gap } = meanField(scaled(p));
    expectAll(gap, field.gap, { ...tight, absolute: 1e-15 });
    expectAll(
      variances,
      field.variances.map((v, i) => v * (u[i] as number) ** 2),
      tight,
    );
  });

  it("a posterior of a VAE, N(μ, 0.3² I), has the KL of d single ones", () => {
    const diagonal = (v: number) => p.covariance.map((row, i) => row.map((_, j) => (i === j ? v : 0)));
    const zero = p.mean.map(() => 0);
    const wanted = d * 0.5 * (0.09 - 1 - Math.log(0.09));
    expectAll(
      klGaussian({ mean: zero, covariance: diagonal(0.09) }, { mean: zero, covariance: diagonal(1) }),
      wanted,
      tight,
    );
  });

  it.each(some)("a linear Gaussian model follows the unit %f, with noise of 1 and of 1e-9 of W", c => {
    const k = Math.min(d, 4);
    const weights = dyadicRows(13, d, k);
    const [z, errors] = [dyadic(17, k), dyadic(23, d)];
    for (const noise of [1, 2 ** -30]) {
      const offset = dyadic(19, d);
      const x = weights.map((row, i) => (offset[i] as number) + dot(row, z) + noise * (errors[i] as number));
      // Powers of two change nothing but exponents; other units round the data, by 1e-7 of noise of 1e-9.
      const exact = 2 ** Math.round(Math.log2(c));
      const model = new LinearGaussian({ weights, offset, noise });
      const scaled = new LinearGaussian({
        weights: timesRows(exact, weights),
        offset: times(exact, offset),
        noise: exact * noise,
      });
      const [plain, other] = [model.posterior(x), scaled.posterior(times(exact, x))];
      expectAll(scaled.logEvidence(times(exact, x)), model.logEvidence(x) - d * Math.log(exact), {
        relative: 1e-12,
        absolute: 1e-10,
      });
      expectAll(other.mean, plain.mean, tight);
      expectAll(other.covariance.flat(), plain.covariance.flat(), tight);
      expectAll(scaled.covariance.flat(), times(exact * exact, model.covariance.flat()), tight);
      if (noise !== 1) continue;
      const decimal = new LinearGaussian({ weights: timesRows(c, weights), offset: times(c, offset), noise: c });
      expectAll(decimal.logEvidence(times(c, x)), model.logEvidence(x) - d * Math.log(c), {
        ...tight,
        absolute: 1e-9,
      });
      expectAll(decimal.posterior(times(c, x)).mean, plain.mean, { relative: 1e-9, absolute: 1e-12 });
    }
  });

  it.each(some)("principal components follow the unit %f, and so does an affine flow", c => {
    const data = dyadicRows(29, d === 200 ? 60 : 2 * d + 3, d);
    const [plain, scaled] = [principalComponents(data), principalComponents(timesRows(c, data))];
    expectAll(scaled.variances, times(c * c, plain.variances), { relative: 1e-10, absolute: 1e-40 * c * c });
    expectAll(scaled.mean, times(c, plain.mean), { relative: 1e-9, absolute: 1e-16 * c });
    if (d > 50) return;
    // Axes with distinct variances are the same axes.
    const cosines = scaled.axes.map((axis, i) => Math.abs(dot(axis, plain.axes[i] as number[])));
    expectAll(
      cosines,
      cosines.map(() => 1),
      { absolute: 1e-9 },
    );
    if (d > 1) {
      const [best, other] = [ppcaMle(plain, 1), ppcaMle(scaled, 1)];
      expectAll(other.noise, c * best.noise, tight);
      expectAll(other.weights.flat(), times(c, best.weights.flat()), { absolute: 1e-9 * c });
    }
    const [first] = data as [number[]];
    expectAll(project(scaled, times(c, first), 1), times(c, project(plain, first, 1)), { relative: 1e-8 });
    const [flow, larger] = [AffineFlow.fit(data), AffineFlow.fit(timesRows(c, data))];
    expectAll(larger.logProb(times(c, first)), flow.logProb(first) - d * Math.log(c), { ...tight, absolute: 1e-9 });
    expectAll(larger.forward(times(c, first)).z, flow.forward(first).z, { relative: 1e-8, absolute: 1e-10 });
    expectAll(larger.covariance.flat(), times(c * c, flow.covariance.flat()), { absolute: 1e-12 * c * c });
  });

  it.each(some)("matrices follow the unit %f", c => {
    const A = dyadicRows(31, d, d);
    const b = dyadic(37, d);
    const large = timesRows(c, A);
    const { logAbs, sign } = logAbsDet(A);
    expectAll(logAbsDet(large).logAbs, logAbs + d * Math.log(c), { ...tight, absolute: 1e-9 });
    expect(logAbsDet(large).sign).toBe(sign);
    expectAll(solve(large, times(c, b)), solve(A, b), { relative: 1e-7, absolute: 1e-11 });
    if (d > 50) return;
    expectAll(singularValues(large), times(c, singularValues(A)), tight);
    const norm = Math.max(...inverse(A).flat().map(Math.abs));
    expectAll(inverse(large).flat(), times(1 / c, inverse(A).flat()), { absolute: (1e-10 * norm) / c });
    const S = p.covariance;
    const [{ values }, other] = [eigenSymmetric(S), eigenSymmetric(timesRows(c, S))];
    expectAll(other.values, times(c, values), { absolute: 1e-14 * c * (values[0] as number) });
    expectAll(qrFactors(large).R.flat(), times(c, qrFactors(A).R.flat()), { absolute: 1e-13 * c });
    expectAll(luFactors(large).s, times(c, luFactors(A).s), { relative: 1e-8 });
    expect(luFactors(large).places).toEqual(luFactors(A).places);
  });

  it.each(d === 200 ? [] : some)("a mixture follows the unit %f", c => {
    const parameters = { weights: [0.25, 0.75], means: [p.mean, q.mean], covariances: [p.covariance, q.covariance] };
    const plain = new MultivariateGaussianMixture(parameters);
    const scaled = new MultivariateGaussianMixture({
      weights: parameters.weights,
      means: timesRows(c, parameters.means),
      covariances: parameters.covariances.map(S => timesRows(c * c, S)),
    });
    const x = dyadic(41, d);
    expectAll(scaled.logProb(times(c, x)), plain.logProb(x) - d * Math.log(c), { ...tight, absolute: 1e-9 });
    expectAll(scaled.responsibilities(times(c, x)), plain.responsibilities(x), { relative: 1e-8 });
    expectAll(scaled.moments().covariance.flat(), times(c * c, plain.moments().covariance.flat()), {
      relative: 1e-9,
      absolute: 1e-14 * c * c,
    });
  });
});

describe.each(units)("of one variable, in the unit %f", c => {
  const logC = Math.log(c);
  const data = dyadic(43, 40);
  const parameters = { weights: [0.3, 0.7], means: [-1, 2], stds: [0.5, 1.5] };
  const larger = { weights: [0.3, 0.7], means: [-c, 2 * c], stds: [0.5 * c, 1.5 * c] };

  it("maximum likelihood, and counts in any number", () => {
    const [plain, scaled] = [gaussianMle(data), gaussianMle(times(c, data))];
    expectAll([scaled.mean, scaled.std], [c * plain.mean, c * plain.std], tight);
    expectAll(categoricalMle([3 * c, c, 0]), [0.75, 0.25, 0], tight);
    expectAll(new Empirical(times(c, data)).entropy(), new Empirical(data).entropy(), tight);
  });

  it("mixtures and their integrals", () => {
    const [plain, scaled] = [new GaussianMixture(parameters), new GaussianMixture(larger)];
    for (const x of [-4, 0, 1.3, 30]) {
      expectAll(scaled.logProb(c * x), plain.logProb(x) - logC, { ...tight, absolute: 1e-10 });
      expectAll(scaled.responsibilities(c * x), plain.responsibilities(x), { relative: 1e-9 });
      for (const make of [normalMixture, logisticMixture]) {
        expectAll(make(larger).cdf(c * x), make(parameters).cdf(x), { relative: 1e-9 });
        expectAll(make(larger).logProb(c * x), make(parameters).logProb(x) - logC, { ...tight, absolute: 1e-10 });
      }
    }
    const [m, n] = [plain.moments(), scaled.moments()];
    expectAll([n.mean, n.std], [c * m.mean, c * m.std], tight);
  });

  it("integrals and divergences", () => {
    const [plain, scaled] = [new GaussianMixture(parameters), new GaussianMixture(larger)];
    for (const rule of [trapezoid, simpson]) {
      expectAll(
        logIntegral(x => scaled.logProb(x), rule(-20 * c, 20 * c, 801)),
        0,
        { absolute: 1e-9 },
      );
    }
    const normal = (s: number) => (x: number) => standardNormal.logProb(x / s) - Math.log(s);
    const kl = klIntegral(x => plain.logProb(x), normal(3), trapezoid(-20, 20, 801));
    expectAll(
      klIntegral(x => scaled.logProb(x), normal(3 * c), trapezoid(-20 * c, 20 * c, 801)),
      kl,
      tight,
    );
    const square = (u: number) => ({
      logProb: (a: number, b: number) => normal(u)(a) + normal(u)(b),
      side: 10 * u,
    });
    const entropy = Math.log(2 * Math.PI * Math.E) + 2 * logC;
    expectAll(entropyByQuadrature(square(c), 101), entropy, { absolute: 1e-10 });
  });

  it("flows, roots and fields", () => {
    const flow = affineFlow1d({ scale: c, shift: 2 * c });
    expectAll(flowLogProb(flow, standardNormal, 3 * c), standardNormal.logProb(1) - logC, {
      ...tight,
      absolute: 1e-10,
    });
    expectAll(flow.inverse(flow.forward(3 * c).z), 3 * c, tight);
    expectAll(
      bisection(x => x ** 3, 27 * c ** 3),
      3 * c,
      tight,
    );
    const options = { steps: 10, method: rungeKutta4 };
    const grow =
      (rate: number) =>
      (_: number, [x = 0]: readonly number[]) => [rate * x];
    expectAll(integrate(grow(1), [c], options), times(c, integrate(grow(1), [1], options)), tight);
    expectAll(integrate(grow(1 / c), [1], { ...options, to: c }), integrate(grow(1), [1], options), tight);
  });

  it("gradients of expectations, by the unit of z and of f", () => {
    const rule = gaussHermite(20);
    const f = (z: number) => z ** 2;
    const [plain, scaled] = [
      { mean: 1, std: 0.5 },
      { mean: c, std: 0.5 * c },
    ];
    const score = scoreMoments(f, plain, rule, { baseline: 1 });
    const larger = scoreMoments(f, scaled, rule, { baseline: c * c });
    expectAll([larger.mean, larger.variance], [c * score.mean, c * c * score.variance], tight);
    const path = pathwiseMoments(z => 2 * z, plain, rule);
    const other = pathwiseMoments(z => 2 * z, scaled, rule);
    expectAll([other.mean, other.variance], [c * path.mean, c * c * path.variance], tight);
    expectAll(bestBaseline(f, scaled, rule), c * c * bestBaseline(f, plain, rule), tight);
  });

  it("importance weights and linear β-VAEs", () => {
    const [posterior, proposal] = [
      { mean: 1, variance: 0.5 },
      { mean: 0, variance: 2 },
    ];
    const scaled = ({ mean, variance }: typeof posterior) => ({ mean: c * mean, variance: c * c * variance });
    expectAll(
      secondMoment({ posterior: scaled(posterior), proposal: scaled(proposal) }),
      secondMoment({ posterior, proposal }),
      tight,
    );
    const eigenvalues = [4, 2, 1, 0.25];
    const options = { beta: 1.3, latent: 2 };
    const variance = linearBetaVariance(eigenvalues, options);
    expectAll(linearBetaVariance(times(c, eigenvalues), options), c * variance, tight);
    linearBetaVae(times(c, eigenvalues), { variance: c * variance, ...options }).forEach((direction, i) => {
      const { weight, posteriorVariance, rate, distortion } = linearBetaVae(eigenvalues, { variance, ...options })[
        i
      ] as typeof direction;
      expectAll([direction.weight, direction.distortion], [c * weight, c * distortion], tight);
      expectAll([direction.posteriorVariance, direction.rate], [posteriorVariance, rate], tight);
    });
  });

  it("the evidence of a latent grid: the unit of x shifts log p(x), that of z changes nothing", () => {
    const grid = (a: number, b: number) =>
      new LatentGrid({
        logPrior: z => standardNormal.logProb(z / b) - Math.log(b),
        logLikelihood: z => standardNormal.logProb((a * 0.7 - (a / b) * z) / a) - Math.log(a),
        rule: trapezoid(-10 * b, 10 * b, 401),
      });
    expectAll(grid(c, 1).logEvidence, grid(1, 1).logEvidence - logC, { ...tight, absolute: 1e-10 });
    expectAll(grid(1, c).logEvidence, grid(1, 1).logEvidence, tight);
  });

  it("sums of exponentials: a factor is a shift", () => {
    const logs = dyadic(47, 30).map(v => 2000 * v);
    expectAll(logSumExp(logs.map(v => v + logC)), logSumExp(logs) + logC, { ...tight, absolute: 1e-10 });
    expectAll(logMeanExp(logs.map(v => v + logC)), logMeanExp(logs) + logC, { ...tight, absolute: 1e-10 });
  });
});
