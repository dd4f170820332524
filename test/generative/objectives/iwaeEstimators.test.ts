import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { BentNormal, MultivariateNormal, Normal } from "../../../src/generative/distributions/index.ts";
import { gradientStatistics } from "../../../src/generative/estimates/index.ts";
import type { LatentVariableModel } from "../../../src/generative/models/index.ts";
import { detached, type IwaeEstimator, iwae, scaleGradient } from "../../../src/generative/objectives/index.ts";
import { iwaeBound, trapezoid } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const everyEstimator: IwaeEstimator[] = ["reparameterised", "stl", "dreg"];
const { gradients } = fixture("iwae");
const { x, likelihoodStd } = gradients;
const { a, m, logS } = gradients.parameters;
const theta = [a, m, logS];

/** z ~ N(0, 1), x|z ~ N(a z, 0.8²), q = N(m, s²), for each row of θ = (a, m, log s). */
function bound(rows: tf.Tensor, random: Random, samples: number, estimator?: IwaeEstimator): tf.Tensor {
  const column = (i: number) => rows.slice([0, i], [-1, 1]); // [rows, 1]
  const model: LatentVariableModel = {
    prior: new Normal<"z">([0], [1]),
    likelihood: { given: z => new Normal<"x">(z.mul(column(0)), [likelihoodStd]) },
  };
  const encoder = { given: () => new Normal<"z">(column(1), column(2).exp()) };
  const data = tf.fill([rows.shape[0] as number, 1], x);
  return iwae(model, encoder, data, random, estimator === undefined ? { samples } : { samples, estimator });
}

/** L_K in float64, without a draw. */
function exact([a, m, logS]: readonly number[], K: number): number {
  const log = (z: number, mean: number, std: number) =>
    -0.5 * ((z - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
  const { points, logWeights } = trapezoid(-9, 9, 901);
  const s = Math.exp(logS as number);
  const z = points.map(noise => (m as number) + s * noise);
  return iwaeBound(
    {
      logWeights: z.map(v => log(x, (a as number) * v, likelihoodStd) + log(v, 0, 1) - log(v, m as number, s)),
      logProbabilities: points.map((noise, i) => log(noise, 0, 1) + (logWeights[i] as number)),
    },
    K,
  );
}

/** By difference quotients of the exact bound. */
const exactGradient = (K: number) =>
  theta.map((_, i) => {
    const at = (step: number) =>
      exact(
        theta.map((value, j) => (i === j ? value + step : value)),
        K,
      );
    return (at(1e-4) - at(-1e-4)) / 2e-4;
  });

describe.each(everyEstimator)("iwae, estimator %s", estimator => {
  it("has the gradient that torch computes from the same three draws", () => {
    const noise = tf.tensor3d(gradients.noise, [3, 1, 1]);
    const given = { normal: () => noise } as unknown as Random;
    const gradient = tf.grad(rows => bound(rows, given, 3, estimator).sum())(tf.tensor2d([theta]));
    expectClose(gradient, gradients[estimator], { absolute: 2e-5 });
  });

  it("has the value of the plain one, and its gradient in the model", () => {
    const rows = tf.tile(tf.tensor2d([theta]), [20, 1]);
    const values = (kind?: IwaeEstimator) => bound(rows, new Random(1), 5, kind);
    expectClose(values(estimator), values(), { absolute: 1e-5 });
    const inModel = (kind?: IwaeEstimator) =>
      tf
        .grad(r => bound(r, new Random(1), 5, kind).sum())(rows)
        .slice([0, 0], [-1, 1]);
    expectClose(inModel(estimator), inModel(), { absolute: 1e-4 });
  });

  it("gives the same gradient compiled as eager", () => {
    const step = (rows: tf.Tensor, random: Random) => tf.grad(r => bound(r, random, 4, estimator).sum())(rows);
    const compiled = compile(step, { otherwise: "throw" });
    const rows = tf.tile(tf.tensor2d([theta]), [3, 1]);
    expectClose(compiled(rows, new Random(3)), step(rows, new Random(3)), { absolute: 1e-4 });
    compiled.dispose();
  });
});

const distance = (estimator: IwaeEstimator, K: number) => {
  const runs = 20_000;
  const { mean, standardError } = gradientStatistics(rows => bound(rows, new Random(4), K, estimator), theta, runs);
  const expected = exactGradient(K);
  return mean.map((value, i) => Math.abs(value - (expected[i] as number)) / (standardError[i] as number));
};

describe("against the exact gradient of L_K", () => {
  it.each([
    ["reparameterised", 1],
    ["reparameterised", 6],
    ["dreg", 1],
    ["dreg", 6],
    ["stl", 1],
  ] as const)("%s is unbiased for K = %d", (estimator, K) => {
    for (const errors of distance(estimator, K)) expect(errors).toBeLessThan(4.5);
  });

  it("sticking the landing is biased in the encoder for K = 6, beyond doubt, and not in the model", () => {
    const [inModel, inMean, inWidth] = distance("stl", 6) as [number, number, number];
    expect(inModel).toBeLessThan(4.5);
    expect(Math.max(inMean, inWidth)).toBeGreaterThan(10);
  });
});

describe("where q is the posterior", () => {
  // N(0, 1) and N(a z, s²): precision 1 + a²/s², mean a x / (s² + a²).
  const precision = 1 + (a / likelihoodStd) ** 2;
  const at = [a, (a * x) / (likelihoodStd ** 2 + a * a), -0.5 * Math.log(precision)];
  const varianceOf = (estimator: IwaeEstimator) =>
    gradientStatistics(rows => bound(rows, new Random(5), 4, estimator), at, 2000).variance.slice(1);

  it.each(["stl", "dreg"] as const)("%s has no noise in the encoder at all", estimator => {
    for (const variance of varianceOf(estimator)) expect(variance).toBeLessThan(1e-8);
  });

  it("the plain estimator has noise there all the same", () => {
    for (const variance of varianceOf("reparameterised")) expect(variance).toBeGreaterThan(0.05);
  });
});

describe("detached", () => {
  it("keeps both Gaussian families, and stops their gradients", () => {
    const z = tf.tensor2d([[0.3, -1]]);
    const scale = tf.tensor3d([
      [
        [1, 0],
        [0.5, 2],
      ],
    ]);
    for (const make of [
      (mean: tf.Tensor) => new Normal<"z">(mean, [1, 2]),
      (mean: tf.Tensor) => new MultivariateNormal<"z">(mean, scale),
    ]) {
      const mean = tf.tensor2d([[0.1, 0.2]]);
      expectClose(detached(make(mean)).logProb(z), make(mean).logProb(z), { absolute: 1e-6 });
      const gradient = tf.grad(value => detached(make(value)).logProb(z).sum())(mean);
      expectClose(gradient, [0, 0], { absolute: 1e-9 });
    }
  });

  it("refuses a family whose parameters it does not know", () => {
    const bent = new BentNormal<"z">(
      [0, 0],
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 0],
        [1, 0],
      ],
    );
    expect(() => detached(bent)).toThrow(/q must be a Normal or a MultivariateNormal, but got BentNormal/);
  });
});

it("scaleGradient keeps values and multiplies what comes back", () => {
  const v = tf.tensor1d([2, 3]);
  expectClose(scaleGradient(v, tf.tensor1d([5, 7])), [2, 3], { absolute: 0 });
  expectClose(
    tf.grad(x =>
      scaleGradient(x, tf.tensor1d([5, 7]))
        .square()
        .sum(),
    )(v),
    [20, 42],
    { absolute: 1e-5 },
  );
});
