import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Mixture, Normal } from "../../../src/generative/distributions/index.ts";
import {
  gaussHermite,
  GaussianMixture,
  LatentGrid,
  LinearGaussian,
  productRule,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { ProbabilisticPCA } from "../../../src/generative/models/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const log = (value: number, mean: number, std: number) =>
  -0.5 * ((value - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
const logPrior = (z: readonly number[]) => z.reduce((sum, value) => sum + log(value, 0, 1), 0);

const everyLinear = [
  { latent: 1, weights: [[1.2]], x: [0.9] },
  { latent: 2, weights: [[1, 0.5]], x: [0.8] },
  {
    latent: 2,
    weights: [
      [1, 0.5],
      [-0.3, 0.9],
    ],
    x: [0.8, -1.1],
  },
].map(options => ({ ...options, d: options.x.length, offset: options.x.map((_, i) => 0.1 * i), noise: 0.6 }));

describe.each(everyLinear)(
  "log p(x) of a model with $latent latent and $d visible dimensions",
  ({ latent, x, ...options }) => {
    const exact = new LinearGaussian(options);
    const logLikelihood = (z: readonly number[]) =>
      options.weights.reduce((sum, row, i) => {
        const mean = row.reduce((m, w, j) => m + w * (z[j] as number), options.offset[i] as number);
        return sum + log(x[i] as number, mean, options.noise);
      }, 0);

    it("is the same by the covariance of x, by two quadratures and by enumerating a discrete z", () => {
      const byTrapezoid = new LatentGrid({
        logPrior,
        logLikelihood,
        rule: productRule(trapezoid(-8, 8, 241), latent),
      });
      expect(byTrapezoid.logEvidence).toBeCloseTo(exact.logEvidence(x), 9);
      // The nodes of Gauss–Hermite carry N(0, 1) in their weights: as the prior of a discrete z they are enumerated.
      const { points, logWeights } = productRule(gaussHermite(60), latent);
      const byEnumeration = new LatentGrid<number>({
        logPrior: k => logWeights[k] as number,
        logLikelihood: k => logLikelihood(points[k] as readonly number[]),
        rule: { points: points.map((_, k) => k) },
      });
      expect(byEnumeration.logEvidence).toBeCloseTo(exact.logEvidence(x), 6);
    });

    it("is the same by Woodbury's identity, and the posterior by conditioning the joint Gaussian directly", () => {
      const { mean, covariance } = exact.posterior(x);
      const W = tf.tensor2d(options.weights);
      const residual = x.map((value, i) => value - (options.offset[i] as number));
      // Direct: μ = Wᵀ C⁻¹ (x − b), Σ = I − Wᵀ C⁻¹ W with C the covariance of x, of d × d.
      const inverse = inverseOf(exact.covariance);
      const Wt = W.transpose();
      const gain = Wt.matMul(tf.tensor2d(inverse)); // [latent, d]
      expectClose(gain.matMul(tf.tensor2d(residual, [x.length, 1])), mean, { absolute: 1e-5 });
      expectClose(tf.eye(latent).sub(gain.matMul(W)), covariance.flat(), { absolute: 1e-5 });
      // Woodbury: (x − b)ᵀ C⁻¹ (x − b) = (|x − b|² − (x − b)ᵀ W μ)/s², and |C| = s^2(d − k) |M|, M = s² Σ⁻¹.
      const s2 = options.noise ** 2;
      const back = options.weights.map(row => row.reduce((sum, w, j) => sum + w * (mean[j] as number), 0));
      const squared = residual.reduce((sum, r, i) => sum + r * (r - (back[i] as number)), 0) / s2;
      const logDeterminant = x.length * Math.log(s2) - Math.log(determinantOf(covariance));
      const woodbury = -0.5 * (squared + logDeterminant + x.length * Math.log(2 * Math.PI));
      expect(exact.logEvidence(x)).toBeCloseTo(woodbury, 10);
    });

    it("is the logarithm of the mean of p(x|z) over draws from the prior", () => {
      const model = new ProbabilisticPCA(options);
      const z = model.prior.sample(new Random(1), 40_000);
      expectMean(model.likelihood.given(z).logProb(tf.tensor1d(x)).exp().dataSync(), Math.exp(exact.logEvidence(x)));
    });
  },
);

function determinantOf(A: number[][]): number {
  if (A.length === 1) return A[0]?.[0] as number;
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = A;
  return a * d - b * c;
}

function inverseOf(A: number[][]): number[][] {
  const determinant = determinantOf(A);
  if (A.length === 1) return [[1 / determinant]];
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = A;
  return [
    [d / determinant, -b / determinant],
    [-c / determinant, a / determinant],
  ];
}

describe("a mixture of Gaussians as a latent-variable model", () => {
  const [logits, means, logStds] = [
    [0.4, -0.3, 0],
    [-1.5, 0.2, 2],
    [-0.4, 0.1, -0.9],
  ];
  const data = [-1.2, 0.3, 1.7, 4];
  const weights = (l: number[]) => l.map(value => Math.exp(value) / l.reduce((sum, other) => sum + Math.exp(other), 0));
  const exact = ([l = [], m = [], s = []]: number[][]) =>
    new GaussianMixture({ weights: weights(l), means: m, stds: s.map(Math.exp) });
  const theta = [logits, means, logStds];

  it("has the gradient of autodiff, of difference quotients, and of the posterior-weighted sum by hand", () => {
    const logProb = (l: tf.Tensor, m: tf.Tensor, s: tf.Tensor) =>
      new Mixture<"x">(l, new Normal(m.expandDims(1), s.exp().expandDims(1)))
        .logProb(tf.tensor2d(data, [data.length, 1]))
        .sum();
    const gradients = tf.grads((l, m, s) => logProb(l as tf.Tensor, m as tf.Tensor, s as tf.Tensor))(
      theta.map(values => tf.tensor1d(values)),
    );
    const mixture = exact(theta);
    const pi = weights(logits);
    // Fisher's identity: ∇ log p(x) = Σ_k p(k|x) ∇ log p(x, k).
    const byHand = [0, 1, 2].map(parameter =>
      means.map((mean, k) =>
        data.reduce((sum, x) => {
          const r = mixture.responsibilities(x)[k] as number;
          const std = Math.exp(logStds[k] as number);
          const distance = (x - mean) / std;
          return sum + ([r - (pi[k] as number), (r * distance) / std, r * (distance ** 2 - 1)][parameter] as number);
        }, 0),
      ),
    );
    const total = (t: number[][]) => data.reduce((sum, x) => sum + exact(t).logProb(x), 0);
    const quotient = (parameter: number, k: number) => {
      const moved = (h: number) =>
        total(theta.map((row, p) => row.map((v, i) => (p === parameter && i === k ? v + h : v))));
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    };
    for (const parameter of [0, 1, 2]) {
      const expected = byHand[parameter] as number[];
      expectClose(
        means.map((_, k) => quotient(parameter, k)),
        expected,
        { absolute: 1e-7 },
      );
      expectClose(gradients[parameter] as tf.Tensor, expected, { absolute: 1e-4 });
    }
  });

  it("has no such gradient without the weights of the posterior: the sum over all k alike is another one", () => {
    const alike = means.map((mean, k) =>
      data.reduce((sum, x) => sum + (x - mean) / Math.exp(2 * (logStds[k] as number)), 0),
    );
    const h = 1e-5;
    const at = (step: number) =>
      data.reduce(
        (sum, x) => sum + exact([logits, [(means[0] as number) + step, ...means.slice(1)], logStds]).logProb(x),
        0,
      );
    expect(Math.abs((at(h) - at(-h)) / (2 * h) - (alike[0] as number))).toBeGreaterThan(1);
  });
});
