import { expect } from "vitest";
import {
  AffineFlow,
  cholesky,
  klGaussian,
  LinearGaussian,
  linearBetaVae,
  linearBetaVariance,
  logAbsDet,
  luFactors,
  MultivariateGaussianMixture,
  meanField,
  ppcaMle,
  principalComponents,
  project,
  singularValues,
  Covariance,
  eigenSymmetric,
  inverse,
  logDeterminant,
  qrFactors,
  solve,
} from "../../../src/generative/exact/index.ts";
import { decaying, expectSame, refersTo, scattered, spread, spreads } from "../../support/references.ts";

// Made by test/fixtures/gaussianReferences.py with mpmath 1.3.0, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1 and
// torch 2.15.0.
const reference = refersTo("gaussian");

const filled = (n: number, d: number, entry: (i: number, j: number) => number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, j) => entry(i, j)));
const diagonal = (d: number, entry: (i: number) => number) => filled(d, d, (i, j) => (i === j ? entry(i) : 0));
const square = (d: number, c: number) => filled(d, d, (i, j) => c * scattered(i, j));
const tight = { relative: 1e-10 };

reference("klGaussian", ({ d, c, isotropic, value, reverse }) => {
  if (isotropic) {
    const [q, p] = isotropic.map((v: number) => ({ mean: Array(d).fill(0), covariance: diagonal(d, () => v) }));
    expectSame(klGaussian(q, p), value, tight);
    return;
  }
  const q = { mean: spreads(d, 37, c), covariance: decaying(d, c) };
  const p = { mean: spreads(d, 53, c), covariance: diagonal(d, i => c * c * (1.5 + spread(i))) };
  expectSame(klGaussian(q, p), value, { ...tight, absolute: 1e-14 });
  if (reverse !== null) expectSame(klGaussian(p, q), reverse, { ...tight, absolute: 1e-14 });
});

reference("meanField", ({ d, c, first, last, gap }) => {
  const mean = spreads(d, 37, c);
  const own = meanField({ mean, covariance: decaying(d, c) });
  expect(own.mean).toEqual(mean);
  expectSame([own.variances[0] as number, own.variances.at(-1) as number], [first, last], tight);
  if (gap !== null) expectSame(own.gap, gap, { ...tight, absolute: 1e-15 });
});

reference("LinearGaussian", ({ d, k, c, noise, inside, logEvidence, mean, variances }) => {
  const weights = filled(d, k, (i, j) => c * scattered(i, j));
  const offset = spreads(d, 53, c);
  const z = spreads(k, 29);
  const x = inside
    ? weights.map((row, i) => row.reduce((sum, w, j) => sum + w * (z[j] as number), 0) + (offset[i] as number))
    : spreads(d, 41, 3 * c);
  const own = new LinearGaussian({ weights, offset, noise: noise * c });
  expectSame(own.logEvidence(x), logEvidence, tight);
  const posterior = own.posterior(x);
  expectSame(posterior.mean, mean, tight);
  expectSame(
    posterior.covariance.map((row, i) => row[i] as number),
    variances,
    tight,
  );
});

interface Data {
  n: number;
  d: number;
  c: number;
  noise: number;
}

const rowsOf = ({ n, d, c, noise }: Data) =>
  filled(n, d, (i, j) => c * (spread(i, 37) * spread(j, 53) + noise * scattered(i, j)));

reference("principalComponents", ({ latent: _, variances, relative, ...data }) => {
  const own = principalComponents(rowsOf(data));
  expectSame(own.variances.slice(0, variances.length), variances, { relative });
  const [first = [], second = []] = own.axes;
  const product = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  expectSame([product(first, first), product(first, second)], [1, 0], { absolute: 1e-12 });
});

reference("project", ({ latent, coordinates, relative, ...data }) => {
  const rows = rowsOf(data);
  // An axis has no sign.
  expectSame(project(principalComponents(rows), rows[0] as number[], latent).map(Math.abs), coordinates, { relative });
});

reference("ppcaMle", ({ latent, noiseStd, squares, relative, ...data }) => {
  const { weights, noise } = ppcaMle(principalComponents(rowsOf(data)), latent);
  expectSame(noise, noiseStd, { relative });
  const columns = squares.map((_: number, k: number) => weights.reduce((sum, row) => sum + (row[k] as number) ** 2, 0));
  expectSame(columns, squares, { relative });
});

reference("AffineFlow", ({ d, c, logProb, z }) => {
  const flow = AffineFlow.fromMoments(spreads(d, 53, c), decaying(d, c));
  const x = spreads(d, 41, 3 * c);
  expectSame(flow.logProb(x), logProb, { ...tight, absolute: 1e-12 });
  const own = flow.forward(x);
  expectSame([own.z[0] as number, own.z.at(-1) as number], z, { ...tight, absolute: 1e-12 });
  expectSame(flow.inverse(own.z), x, { absolute: 1e-12 * c });
});

reference("cholesky", ({ d, c, corner, lastRow }) => {
  const L = cholesky(decaying(d, c));
  expectSame(L[0]?.[0] as number, corner, tight);
  expectSame(L[d - 1] as number[], lastRow, { ...tight, absolute: 1e-14 * c });
});

reference("luFactors", ({ A, places, L, U }) => {
  const own = luFactors(A);
  const largest = Math.max(...A.flat().map(Math.abs));
  expect(own.places).toEqual(places);
  expectSame(own.L.flat(), L.flat(), { absolute: 1e-13 });
  const upper = own.U.map((row, i) => row.map((u, j) => (i === j ? (own.s[i] as number) : u)));
  expectSame(upper.flat(), U.flat(), { absolute: 1e-13 * largest });
});

reference("logAbsDet", ({ d, c, A = square(d, c), logAbs, sign }) => {
  const own = logAbsDet(A);
  expectSame(own.logAbs, logAbs, { ...tight, absolute: 1e-12 });
  expect(own.sign).toBe(sign);
});

reference("singularValues", ({ d, c, A = square(d, c), value, absolute }) => {
  const own = singularValues(A);
  // Backward stable: each is right to rounding of the largest.
  expectSame(own.slice(0, value.length), value, { relative: d ? 1e-9 : 1e-12, absolute: absolute * value[0] });
});

reference("linearBetaVae", ({ eigenvalue, variance, beta, ...given }) => {
  const [own] = linearBetaVae([eigenvalue], { variance, beta });
  expectSame(
    [own?.weight, own?.posteriorVariance, own?.rate, own?.distortion] as number[],
    [given.weight, given.posteriorVariance, given.rate, given.distortion],
    { relative: 1e-12 },
  );
});

reference("Covariance", ({ d, c, ...given }) => {
  const own = new Covariance("test", decaying(d, c));
  expectSame(own.logDeterminant, given.logDeterminant, { ...tight, absolute: 1e-12 });
  expectSame(own.squaredDistance(spreads(d, 41, 3 * c), spreads(d, 53, c)), given.squaredDistance, tight);
  const { precision } = own;
  expectSame([precision[0]?.[0], precision[d - 1]?.[d - 1]] as number[], [given.first, given.last], tight);
});

reference("logDeterminant", ({ d, c, logDeterminant: value }) =>
  expectSame(logDeterminant(decaying(d, c)), value, { ...tight, absolute: 1e-12 }),
);

reference("solve", ({ d, c, A = square(d, c), b, x }) => expectSame(solve(A, b), x, { relative: 1e-9 }));

reference("inverse", ({ d, c, A = square(d, c), corners }) => {
  const own = inverse(A);
  const last = own.length - 1;
  expectSame([own[0]?.[0], own[0]?.[last], own[last]?.[0], own[last]?.[last]] as number[], corners, { relative: 1e-9 });
});

reference("eigenSymmetric", ({ d, c, A = decaying(d, c), values, first, absolute }) => {
  const own = eigenSymmetric(A);
  const largest = Math.max(...values.map(Math.abs));
  expectSame(own.values, values, { relative: 1e-12, absolute: absolute * largest });
  if (first) expectSame((own.vectors[0] as number[]).map(Math.abs), first, { absolute: 1e-12 });
});

reference("qrFactors", ({ n, d, c, lastColumn, corner }) => {
  const { Q, R } = qrFactors(filled(n, d, (i, j) => c * scattered(i, j)));
  expectSame(R[0]?.[0] as number, corner, tight);
  expectSame(
    R.map(row => row[d - 1] as number),
    lastColumn,
    { relative: 1e-9, absolute: 1e-12 * c },
  );
  expect(Q.length).toBe(n);
});

reference("linearBetaVariance", ({ eigenvalues, beta, latent, value }) =>
  expectSame(linearBetaVariance(eigenvalues, { beta, latent }), value, { relative: 1e-12 }),
);

reference("MultivariateGaussianMixture", ({ d, c, weight, x, logProb, first }) => {
  const own = new MultivariateGaussianMixture({
    weights: [weight, 1 - weight],
    means: [spreads(d, 53, c), spreads(d, 29, c)],
    covariances: [decaying(d, c), diagonal(d, i => c * c * (1.5 + spread(i)))],
  });
  expectSame(own.logProb(x), logProb, tight);
  expectSame(own.responsibilities(x)[0] as number, first, { relative: 1e-9, absolute: 1e-300 });
});
