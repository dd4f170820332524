import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  kl,
  MultivariateNormal,
  Normal,
  TransformedDistribution,
} from "../../../src/generative/distributions/index.ts";
import { average, gradientStatistics } from "../../../src/generative/estimates/index.ts";
import type { LatentVariableModel } from "../../../src/generative/models/index.ts";
import {
  detached,
  type IwaeEstimator,
  iwae,
  scaleGradient,
  stopGradient,
} from "../../../src/generative/objectives/index.ts";
import { iwaeBound, trapezoid } from "../../../src/generative/exact/index.ts";
import { bending } from "../../support/bending.ts";
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
    const bent = new TransformedDistribution<"z">(bending, new Normal<"z">([0, 0], [1, 1]), tf.tensor1d([1]));
    expect(() => detached(bent)).toThrow(
      /q must be a Normal or a MultivariateNormal, but got a TransformedDistribution/,
    );
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

describe("the signal-to-noise ratio of K draws", () => {
  // The signal is the exact gradient; the noise is measured, six times over, so that it has a standard error.
  const noise = (estimator: IwaeEstimator, K: number, parameter: number) =>
    Array.from(
      { length: 6 },
      (_, seed) =>
        0.5 *
        Math.log(
          gradientStatistics(rows => bound(rows, new Random(seed), K, estimator), theta, 250).variance[
            parameter
          ] as number,
        ),
    );
  /** The slope of log SNR against log K from K = 64 to 512, and its standard error. */
  const slope = (estimator: IwaeEstimator, parameter: number) => {
    const [low, high] = [64, 512].map(K => average(noise(estimator, K, parameter)));
    const signal = [64, 512].map(K => Math.log(Math.abs(exactGradient(K)[parameter] as number)));
    const rise = Math.log(8);
    return {
      value: ((signal[1] as number) - (high?.mean as number) - (signal[0] as number) + (low?.mean as number)) / rise,
      standardError: Math.hypot(low?.standardError as number, high?.standardError as number) / rise,
    };
  };

  it.each([
    ["reparameterised", "model", 0.5, 0],
    ["reparameterised", "encoder", -0.5, 1],
    ["dreg", "encoder", 0.5, 1],
  ] as const)("%s: in the %s it goes as K to the power %d", (estimator, _, power, parameter) => {
    const { value, standardError } = slope(estimator, parameter);
    expect(standardError).toBeLessThan(0.04);
    // The powers are those of large K: the next term is of order 1/K, some hundredths here.
    expect(Math.abs(value - power)).toBeLessThan(0.06 + 4.5 * standardError);
  });
});

describe("the gradient of log (1/K) Σ w", () => {
  const K = 6;
  const rows = () => tf.tensor2d([theta]);
  const column = (t: tf.Tensor, i: number) => t.slice([0, i], [-1, 1]);
  /** log w_k, [K, rows], as a function of θ with the noise held. */
  const logWeights = (t: tf.Tensor, random = new Random(11)) => {
    const n = t.shape[0] as number;
    const [mean, std] = [column(t, 1), column(t, 2).exp()];
    const z = mean.add(std.mul(random.normal([K, n, 1])));
    const likelihood = new Normal<"x">(z.mul(column(t, 0)), [likelihoodStd]).logProb(tf.fill([n, 1], x));
    return likelihood.add(new Normal([0], [1]).logProb(z)).sub(new Normal<"z">(mean, std).logProb(z));
  };
  const share = (log: tf.Tensor) => log.sub(log.logSumExp(0, true)).exp();
  /** Σ_k v_k ∇ log w_k with v held fixed. */
  const weighted = (weights: (log: tf.Tensor) => tf.Tensor) => {
    const fixed = tf.tensor(weights(logWeights(rows())).arraySync());
    return tf
      .grad(t => logWeights(t).mul(fixed).sum())(rows())
      .dataSync();
  };
  const autodiff = () => tf.grad(t => bound(t, new Random(11), K).sum())(rows());

  it("is Σ w̃_k ∇ log w_k, the weights held fixed", () => {
    expectClose(
      weighted(log => share(log)),
      autodiff(),
      { absolute: 1e-5 },
    );
  });

  it("is another one with the softmax of the loss, which favours the worst draws", () => {
    const wrong = weighted(log => share(log.neg()));
    const right = autodiff().dataSync();
    expect(Math.max(...right.map((value, i) => Math.abs(value - (wrong[i] as number))))).toBeGreaterThan(0.2);
    // On average too: beyond ten standard errors from the exact gradient.
    const many = gradientStatistics(t => wrongBound(t), theta, 4000);
    const off = exactGradient(K).map(
      (g, i) => Math.abs((many.mean[i] as number) - g) / (many.standardError[i] as number),
    );
    expect(Math.max(...off)).toBeGreaterThan(10);
  });

  it("belongs to no bound where each draw has the whole KL in closed form: at the posterior it is above log p(x)", () => {
    const precision = 1 + (a / likelihoodStd) ** 2;
    const posterior = new Normal<"z">([(a * x) / (likelihoodStd ** 2 + a * a)], [precision ** -0.5]);
    const z = posterior.sample(new Random(12), 400 * 50); // [20 000, 1]
    const likelihood = new Normal<"x">(z.mul(a), [likelihoodStd]).logProb(tf.tensor1d([x])).reshape([50, 400]);
    const values = likelihood
      .sub(kl(posterior, new Normal<"z">([0], [1])))
      .logSumExp(0)
      .sub(Math.log(50));
    const { mean, standardError } = average(values.dataSync());
    const logEvidence = exact([a, posterior.mean.dataSync()[0] as number, Math.log(precision ** -0.5)], 1);
    expect(mean - logEvidence).toBeGreaterThan(10 * standardError);
  });

  /** What has the gradient Σ softmax(−log w)_k ∇ log w_k, for each row of θ. */
  function wrongBound(t: tf.Tensor): tf.Tensor {
    const log = logWeights(t, new Random(13));
    return log.mul(stopGradient(share(log.neg()))).sum(0);
  }
});
