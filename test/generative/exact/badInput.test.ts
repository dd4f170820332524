import { describe, expect, it } from "vitest";
import * as exact from "../../../src/generative/exact/index.ts";
import { type BadInput, corruptions, hasNaN, unrefused } from "../../support/corrupted.ts";

const S = [
  [2, 0.5],
  [0.5, 1],
];
const x = [0.3, -0.4];
const half = [0.5, 0.5];
const coin = () => half;
const square = (z: number) => z * z;
const log = (z: number) => -z * z;
const mixture = { weights: half, means: [-1, 1], stds: [1, 2] };
const rule = exact.gaussHermite(5);
const q = { mean: 1, std: 2 };
const gaussian = { mean: x, covariance: S };
const bitsBack = { prior: half, likelihood: [half, half], encoder: [half, half] };
const extra = Uint8Array.from({ length: 80 }, (_, i) => ((i * i + i * 3) % 7) % 2);
const linear = { weights: [[1], [2]], offset: x, noise: [1, 2] };
const pca = exact.principalComponents([...S, [3, -1], [0, 4]]);
const weights = { logWeights: [0, 1], logProbabilities: [-Math.LN2, -Math.LN2] };
const grid = { logPrior: log, logLikelihood: log, rule: { points: [0, 1], logWeights: [0, 0] } };
const density = { ...exact.standardNormal };
const flow = exact.affineFlow1d({ scale: 2, shift: 1 });
const densities = {
  Laplace: exact.standardLaplace,
  Logistic: exact.standardLogistic,
  Normal: exact.standardNormal,
  Uniform: exact.standardUniform,
};
const twice = { forward: (x: number) => ({ z: 2 * x, logDet: Math.LN2 }), inverse: (z: number) => z / 2 };
const table = new exact.JointTable([0.1, 0.2, 0.3, 0.4]);

/** A valid call each. Those of a point give NaN for NaN; what the others are given must be numbers. */
const calls: BadInput[] = [
  ["arithmeticEncode|arithmetic coder", exact.arithmeticEncode, [[0, 1], coin]],
  ["arithmeticPrefix|arithmetic coder", exact.arithmeticPrefix, [[0, 1], coin]],
  ["arithmeticDecode|arithmetic coder", exact.arithmeticDecode, [[0, 1], 2, coin]],
  ["bitsBackEncode|arithmetic coder", exact.bitsBackEncode, [[0, 1], bitsBack, extra]],
  ["bitsBackDecode|arithmetic coder", exact.bitsBackDecode, [extra, 2, bitsBack, 80]],
  ["Empirical", (data: number[]) => new exact.Empirical(data), [[1, 2]], { except: /"[12]"/ }],
  ["dSeparated", exact.dSeparated, [[[], [], [0, 1]], 0, 1, [2]]],
  ["crossEntropy", exact.crossEntropy, [half, half]],
  ["entropy", exact.entropy, [half]],
  ["jensenShannonDivergence", exact.jensenShannonDivergence, [half, half]],
  ["jensenShannonIntegral", exact.jensenShannonIntegral, [log, log, rule]],
  ["klDivergence", exact.klDivergence, [half, half]],
  ["klIntegral", exact.klIntegral, [log, log, rule]],
  ["binaryVectors", exact.binaryVectors, [2]],
  ["indexOf", exact.indexOf, [[0, 1]]],
  ["permutations", exact.permutations, [2]],
  ["vectors", exact.vectors, [2, 2]],
  ["GaussianMixture", (p: typeof mixture) => new exact.GaussianMixture(p), [mixture]],
  ["GaussianMixture", (x: number) => new exact.GaussianMixture(mixture).logProb(x), [1], { nan: "of NaN" }],
  ["GaussianMixture", (x: number) => new exact.GaussianMixture(mixture).responsibilities(x), [1]],
  [
    "MultivariateGaussianMixture",
    (p: never) => new exact.MultivariateGaussianMixture(p),
    [{ weights: half, means: [x, x], covariances: [S, S] }],
  ],
  ["bestBaseline", exact.bestBaseline, [square, q, rule]],
  ["pathwiseMoments", exact.pathwiseMoments, [square, q, rule]],
  ["scoreMoments", exact.scoreMoments, [square, q, rule, { baseline: 1 }], { except: /undefined$/ }],
  [
    "Histogram",
    (data: number[], o: never) => new exact.Histogram(data, o),
    [[1, 2], { cells: 4, uniform: 0.5 }],
    { except: /0\[.*"[12]"/ },
  ],
  ["samplesNeeded", exact.samplesNeeded, [2, 3, 0.1]],
  ["secondMoment", exact.secondMoment, [{ posterior: { mean: 0, variance: 1 }, proposal: { mean: 0.5, variance: 2 } }]],
  ["JointTable", (p: number[]) => new exact.JointTable(p), [half]],
  ["JointTable", (rows: number[][]) => exact.JointTable.empirical(rows), [[[0, 1], [1, 1]]]], // biome-ignore format: a row each
  ["JointTable", (i: number) => table.conditional(i, new Map([[0, 1]])), [1]],
  ["JointTable", (x: number[]) => table.probability(x), [[0, 1]]],
  ["JointTable", (logQ: number[]) => table.crossEntropy(logQ), [[-1, -2, -1, -2]]],
  [
    "JointTable",
    (a: number, b: number, given: number[]) => table.mutualInformation(a, b, given),
    [0, 1, [1]],
    { except: /2: .*undefined$/ },
  ],
  ["LatentGrid", (options: never) => new exact.LatentGrid(options), [grid], { except: /points\[/ }],
  ["LinearGaussian", (options: never) => new exact.LinearGaussian(options), [linear], { except: /noise: .* 7$/ }],
  ["LinearGaussian", (x: number[]) => new exact.LinearGaussian(linear).logEvidence(x), [x]],
  ["linearBetaVae", exact.linearBetaVae, [[3, 1], { variance: 0.5, beta: 2, latent: 1 }]],
  ["linearBetaVariance", exact.linearBetaVariance, [[3, 1], { beta: 2, latent: 1 }]],
  ["iwaeBound", exact.iwaeBound, [weights, 3]],
  ["relativeVariance", exact.relativeVariance, [weights]],
  ["logMeanExp|logSumExp", exact.logMeanExp, [[1, 2]], { nan: "of NaN" }],
  ["logSumExp", exact.logSumExp, [[1, 2]], { nan: "of NaN" }],
  ["categoricalMle", exact.categoricalMle, [[1, 2]]],
  ["gaussianMle", exact.gaussianMle, [[1, 2]]],
  ["meanField", exact.meanField, [gaussian]],
  ["gaussHermite", exact.gaussHermite, [3]],
  ["gaussLegendre", exact.gaussLegendre, [0, 1, 3]],
  ["logIntegral", exact.logIntegral, [log, rule]],
  ["logIntegral2d", exact.logIntegral2d, [log, rule]],
  ["productRule", exact.productRule, [rule, 2]],
  ["simpson", exact.simpson, [0, 1, 3]],
  ["trapezoid", exact.trapezoid, [0, 1, 3]],
  ["AffineFlow", (A: never, b: never) => new exact.AffineFlow(A, b), [S, x]],
  ["AffineFlow", (x: number[]) => new exact.AffineFlow(S, [0, 0]).logProb(x), [x]],
  ["AffineFlow", (z: number[]) => new exact.AffineFlow(S, [0, 0]).inverse(z), [x]],
  ["AffineFlow.fit", (data: number[][]) => exact.AffineFlow.fit(data), [[...S, [3, -1], [0, 4]]]],
  ["AffineFlow.fromMoments", (m: never, c: never) => exact.AffineFlow.fromMoments(m, c), [x, S]],
  ["BarsAndStripes", (side: number, flips: number) => new exact.BarsAndStripes(side, flips), [2, 0.1]],
  ["BarsAndStripes", (x: number[]) => new exact.BarsAndStripes(2, 0.1).logProb(x), [[0, 1, 1, 0]]],
  ["bisection", exact.bisection, [(z: number) => z ** 3, 8]],
  ["logProbBetween", exact.logProbBetween, [{ logCdf: density.logCdf, logSurvival: density.logSurvival }, 1, 2]],
  ...Object.entries(densities).flatMap(([name, density]) =>
    (["logProb", "cdf", "survival", "logCdf", "logSurvival"] as const).map(
      key => [`standard${name}|${name.toLowerCase()}${capital(key)}`, density[key], [0.5], { nan: "of NaN" }] as never,
    ),
  ),
  ["standardLaplace", exact.standardLaplace.quantile, [0.5]],
  ["standardUniform", exact.standardUniform.quantile, [{ survival: 0.5 }], { unnamed: /survival/ }],
  ["normalQuantile", exact.normalQuantile, [0.5]],
  ["normalQuantile", exact.normalQuantile, [{ logCdf: -0.5 }], { unnamed: /logCdf/ }],
  ["logisticQuantile", exact.logisticQuantile, [{ logSurvival: -1 }], { unnamed: /logSurvival/ }],
  ["affineFlow1d", exact.affineFlow1d, [{ scale: 2, shift: 1 }]],
  ["affineFlow1d", flow.forward, [1], { nan: "of NaN" }],
  ["affineFlow1d", flow.inverse, [1], { nan: "of NaN" }],
  ["cdfFlow", exact.cdfFlow, [{ logProb: density.logProb, cdf: density.cdf }]],
  ["cdfFlow", exact.cdfFlow(density).forward, [1], { nan: "of NaN" }],
  ["normalQuantile", exact.cdfFlow(density).inverse, [0.5]],
  ["cdfFlow", exact.sigmoidFlow.forward, [1], { nan: "of NaN" }],
  ["tanhFlow", exact.tanhFlow.forward, [0.5], { nan: "of NaN" }],
  ["tanhFlow", exact.tanhFlow.inverse, [0.5]],
  ["composeFlows1d", (x: number) => exact.composeFlows1d(flow, flow).forward(x), [1], { nan: "of NaN" }],
  ["composeFlows1d", exact.composeFlows1d, [twice, twice]],
  ["inverseFlow1d", exact.inverseFlow1d, [twice]],
  ["flowLogProb", exact.flowLogProb, [twice, { logProb: density.logProb }, 1], { nan: "of NaN" }],
  ["cholesky", exact.cholesky, [S]],
  ["Covariance", (S: number[][]) => new exact.Covariance("Covariance", S), [S]],
  ["logDeterminant", exact.logDeterminant, [S]],
  ["eigenSymmetric", exact.eigenSymmetric, [S]],
  ["inverse", exact.inverse, [S]],
  ["logAbsDet", exact.logAbsDet, [S]],
  ["luFactors", exact.luFactors, [S]],
  ["qrFactors", exact.qrFactors, [S]],
  ["solve", exact.solve, [S, x]],
  ["solve", exact.solve, [S, S]],
  ["singularValues", exact.singularValues, [S]],
  [
    "integrate",
    exact.integrate,
    [(_: number, x: number[]) => x, x, { from: 0, to: 1, steps: 2, method: exact.euler }],
    { except: /order/ },
  ],
  ["ppcaMle", exact.ppcaMle, [{ ...pca }, 1], { except: /axes\[1\]/ }],
  ["principalComponents", exact.principalComponents, [S]],
  ["project", exact.project, [{ mean: pca.mean, axes: pca.axes }, x, 1], { except: /\.axes\[1\]/ }],
  ["entropyByQuadrature", exact.entropyByQuadrature, [{ logProb: (a: number) => -a, side: 1 }, 3]],
  ...exact.toyDensities.map(({ name, logProb }) => [name, logProb, [0.5, 0.5], { nan: "of NaN" }] as never),
  ["blindSpot", exact.blindSpot, [[true, false], 1]],
  ["reachedPixels", exact.reachedPixels, [{ height: 2, width: 2, place: [0, 1], layers: [[[0, -1]]] }]],
  ["logisticMixture", exact.logisticMixture, [mixture]],
  ["normalMixture", exact.normalMixture, [mixture]],
  ...(["logProb", "cdf", "survival", "logCdf", "logSurvival"] as const).map(
    key => ["normalMixture", exact.normalMixture(mixture)[key], [0.5], { nan: "of NaN" }] as never,
  ),
];

describe("bad input", () => {
  it("is tried on every public function, but klGaussian, whose tests have their own", () => {
    const tried = new Set(calls.flatMap(([name]) => name.split("|")).map(name => name.split(".")[0]));
    const left = Object.entries(exact).filter(([name, value]) => typeof value === "function" && !tried.has(name));
    expect(left.map(([name]) => name)).toEqual(["klGaussian"]);
  });

  it.each(calls)("%s says in one line what it does not take", (...call) => expect(unrefused(call)).toEqual([]));

  it.each(calls.filter(([, , , options]) => options?.nan))("%s gives NaN for NaN", (_, call, args) => {
    const spoilt = corruptions(args).filter(({ args }) => hasNaN(args));
    expect(spoilt.length).toBeGreaterThan(0);
    for (const { args } of spoilt) expect(hasNaN([call(...(args as never[]))])).toBe(true);
  });
});

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
