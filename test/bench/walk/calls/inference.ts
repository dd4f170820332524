import type { LatentGrid } from "../../../../src/index.ts";
import type { Calls, Checkout } from "../calls.ts";
import { logNormal, numbersBy } from "../inputs.ts";

/** Quadrature, bounds, linear Gaussian models and estimators' moments of `exact`. */
export function inference(calls: Calls, { library: L }: Checkout): void {
  const { normals, rows, shares, covariance } = numbersBy(L);
  calls.sizes("gaussHermite", [5, 100], n => () => L.gaussHermite(n));
  calls.sizes("gaussLegendre", [5, 100], n => () => L.gaussLegendre(-1, 1, n));
  calls.sizes("trapezoid", [5, 1000], n => () => L.trapezoid(-1, 1, n));
  calls.sizes("simpson", [5, 1001], n => () => L.simpson(-1, 1, n));
  calls.sizes("logIntegral", [5, 1000], n => {
    const rule = L.trapezoid(-8, 8, n);
    return () => L.logIntegral(logNormal(0, 1), rule);
  });
  calls.sizes("logIntegral2d", [5, 60], n => {
    const [rule, log] = [L.trapezoid(-8, 8, n), logNormal(0, 1)];
    return () => L.logIntegral2d((x, y) => log(x) + log(y), rule);
  });
  calls.sizes("productRule", [5, 40], n => {
    const rule = L.gaussHermite(n);
    return () => L.productRule(rule, 2);
  });

  const grid = (n: number) => ({
    logPrior: logNormal(0, 1),
    logLikelihood: logNormal(1, 0.5),
    rule: L.trapezoid(-6, 6, n),
  });
  calls.sizes("new LatentGrid", [50, 2000], n => {
    const options = grid(n);
    return () => new L.LatentGrid(options);
  });
  const onGrid = (name: string, call: (grid: LatentGrid<number>) => unknown) =>
    calls.sizes(`LatentGrid.${name}`, [50, 2000], n => {
      const made = new L.LatentGrid(grid(n));
      return () => call(made);
    });
  const proposal = logNormal(0.5, 1);
  onGrid("logJoint", latent => latent.logJoint(0.3));
  onGrid("logPosterior", latent => latent.logPosterior(0.3));
  onGrid("expectation", latent => latent.expectation(proposal, z => z));
  onGrid("parts", latent => latent.parts(proposal));
  onGrid("secondMoment", latent => latent.secondMoment(proposal));

  const linear = (d: number) => ({ weights: rows(d, Math.max(1, d >> 1)), offset: normals(d), noise: 0.5 });
  calls.sizes("new LinearGaussian", [2, 20], d => {
    const options = linear(d);
    return () => new L.LinearGaussian(options);
  });
  const onModel = (name: string, call: (model: InstanceType<typeof L.LinearGaussian>, x: number[]) => unknown) =>
    calls.sizes(`LinearGaussian.${name}`, [2, 20], d => {
      const [model, x] = [new L.LinearGaussian(linear(d)), normals(d, 3)];
      return () => call(model, x);
    });
  onModel("covariance", model => model.covariance);
  onModel("logEvidence", (model, x) => model.logEvidence(x));
  onModel("posterior", (model, x) => model.posterior(x));
  calls.sizes("linearBetaVae", [2, 50], d => {
    const eigenvalues = normals(d).map(Math.exp);
    return () => L.linearBetaVae(eigenvalues, { variance: 0.5, beta: 2 });
  });
  calls.sizes("linearBetaVariance", [2, 50], d => {
    const eigenvalues = normals(d).map(Math.exp);
    return () => L.linearBetaVariance(eigenvalues, { beta: 2 });
  });
  calls.sizes("klGaussian", [2, 20], d => {
    const q = { mean: normals(d), covariance: covariance(d) };
    const p = { mean: normals(d, 2), covariance: covariance(d, 0.3) };
    return () => L.klGaussian(q, p);
  });
  calls.sizes("meanField", [2, 20], d => {
    const target = { mean: normals(d), covariance: covariance(d) };
    return () => L.meanField(target);
  });

  const weights = (n: number) => ({ logWeights: normals(n), logProbabilities: shares(n).map(Math.log) });
  for (const K of [5, 100]) {
    calls.sizes(`iwaeBound of ${K} draws`, [3, 50], n => {
      const distribution = weights(n);
      return () => L.iwaeBound(distribution, K);
    });
  }
  calls.sizes("relativeVariance", [3, 50], n => {
    const distribution = weights(n);
    return () => L.relativeVariance(distribution);
  });
  const gaussian = { mean: 1, std: 0.5 };
  const square = (z: number) => z * z;
  for (const name of ["scoreMoments", "bestBaseline"] as const) {
    calls.sizes(name, [5, 50], n => {
      const rule = L.gaussHermite(n);
      return () => L[name](square, gaussian, rule);
    });
  }
  calls.sizes("pathwiseMoments", [5, 50], n => {
    const rule = L.gaussHermite(n);
    return () => L.pathwiseMoments(z => 2 * z, gaussian, rule);
  });
  calls.set("secondMoment", () => () => {
    return L.secondMoment({ posterior: { mean: 1, variance: 0.5 }, proposal: { mean: 0.5, variance: 1 } });
  });
  calls.set("samplesNeeded", () => () => L.samplesNeeded(1.5, 10, 0.1));
  for (const name of ["logSumExp", "logMeanExp"] as const) {
    calls.sizes(name, [4, 5000], n => {
      const values = normals(n);
      return () => L[name](values);
    });
  }
  calls.sizes("gaussianMle", [5, 5000], n => {
    const values = normals(n);
    return () => L.gaussianMle(values);
  });
  calls.sizes("categoricalMle", [5, 1000], n => {
    const values = normals(n).map(value => Math.round(Math.abs(value) * 9));
    return () => L.categoricalMle(values);
  });
}
