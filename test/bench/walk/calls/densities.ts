import type { Calls, Checkout } from "../calls.ts";
import { numbersBy } from "../inputs.ts";

/** Densities, mixtures and flows in one dimension, and the toy densities, of `exact`. */
export function densities(calls: Calls, { library: L }: Checkout): void {
  const { normals, shares, covariance, draws } = numbersBy(L);
  const standards = ["standardNormal", "standardUniform", "standardLogistic", "standardLaplace"] as const;
  for (const name of standards) {
    for (const method of ["logProb", "cdf", "survival", "logCdf", "logSurvival", "quantile"] as const) {
      calls.set(`${name}.${method}`, () => () => L[name][method](0.3));
    }
  }
  calls.set("logProbBetween", () => () => L.logProbBetween(L.standardNormal, 0.3, 1));
  for (const family of ["normal", "logistic"] as const) {
    for (const name of ["Cdf", "Survival", "LogCdf", "LogSurvival"] as const) {
      calls.set(`${family}${name}`, () => () => L[`${family}${name}`](0.3));
    }
    calls.set(`${family}Quantile`, () => () => L[`${family}Quantile`](0.3));
  }

  const mixture = (n: number) => ({
    weights: shares(n),
    means: normals(n),
    stds: normals(n, 2).map(value => Math.exp(value / 2)),
  });
  for (const name of ["normalMixture", "logisticMixture"] as const) {
    calls.sizes(`${name} made`, [2, 50], n => {
      const parameters = mixture(n);
      return () => L[name](parameters);
    });
    for (const method of ["logProb", "cdf", "quantile"] as const) {
      calls.sizes(`${name}.${method}`, [2, 50], n => {
        const density = L[name](mixture(n));
        return () => density[method](0.3);
      });
    }
  }
  calls.sizes("new GaussianMixture", [2, 50], n => {
    const parameters = mixture(n);
    return () => new L.GaussianMixture(parameters);
  });
  for (const method of ["logJoint", "logProb", "responsibilities", "moments"] as const) {
    calls.sizes(`GaussianMixture.${method}`, [2, 50], n => {
      const density = new L.GaussianMixture(mixture(n));
      return () => density[method](0.3);
    });
  }
  const many = (n: number) => ({
    weights: shares(n),
    means: Array.from({ length: n }, (_, k) => normals(3, k)),
    covariances: Array.from({ length: n }, () => covariance(3)),
  });
  calls.sizes("new MultivariateGaussianMixture", [2, 20], n => {
    const parameters = many(n);
    return () => new L.MultivariateGaussianMixture(parameters);
  });
  for (const method of ["logJoint", "logProb", "responsibilities"] as const) {
    calls.sizes(`MultivariateGaussianMixture.${method}`, [2, 20], n => {
      const [density, x] = [new L.MultivariateGaussianMixture(many(n)), normals(3, 99)];
      return () => density[method](x);
    });
  }

  const flows = {
    affineFlow1d: () => L.affineFlow1d({ scale: 2, shift: 1 }),
    sigmoidFlow: () => L.sigmoidFlow,
    tanhFlow: () => L.tanhFlow,
    "cdfFlow of a normal": () => L.cdfFlow(L.standardNormal),
    "cdfFlow of a mixture": () => L.cdfFlow(L.normalMixture(mixture(3))),
    "inverseFlow1d of a cdfFlow": () => L.inverseFlow1d(L.cdfFlow(L.standardLogistic)),
    "composeFlows1d of three": () =>
      L.composeFlows1d(
        L.affineFlow1d({ scale: 2, shift: 1 }),
        L.sigmoidFlow,
        L.inverseFlow1d(L.cdfFlow(L.standardNormal)),
      ),
  };
  for (const [name, make] of Object.entries(flows)) {
    calls.set(`${name}, made`, () => make);
    calls.set(`${name}, forward`, () => {
      const flow = make();
      return () => flow.forward(0.3);
    });
    calls.set(`${name}, inverse`, () => {
      const flow = make();
      const { z } = flow.forward(0.3);
      return () => flow.inverse(z);
    });
    calls.set(`${name}, flowLogProb`, () => {
      const flow = make();
      return () => L.flowLogProb(flow, L.standardUniform, 0.3);
    });
  }

  for (const name of ["banana", "checkerboard", "eightGaussians", "rings", "twoMoons"] as const) {
    calls.set(`${name}.logProb`, () => () => L[name].logProb(0.3, 0.7));
    calls.set(`${name}.draw`, () => {
      const { uniform, normal } = draws();
      return () => L[name].draw(uniform, normal);
    });
  }
  calls.set("toyDensities, all", () => () => Object.values(L.toyDensities).map(each => each.logProb(0.3, 0.7)));
  calls.sizes("entropyByQuadrature", [10, 100], n => () => L.entropyByQuadrature(L.twoMoons, n));
}
