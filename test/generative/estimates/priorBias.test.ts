import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { average, priorSampling } from "../../../src/generative/estimates/index.ts";
import { secondMoment } from "../../../src/generative/exact/index.ts";
import { expectMean } from "../../support/close.ts";
import { diagonalModel } from "../../support/linearGaussian.ts";

beforeAll(() => chooseBackend());

it("is unbiased for p(x), and its logarithm low by χ²/2K, to 10 %", async () => {
  const { model, exact } = diagonalModel([1], 0.3);
  const { mean, covariance } = exact.posterior([1]);
  const posterior = { mean: mean[0] as number, variance: covariance[0]?.[0] as number };
  const chi2 = secondMoment({ posterior, proposal: { mean: 0, variance: 1 } }) - 1;
  const samples = 200;
  const estimates = await priorSampling(model, tf.ones([4500, 1]), new Random(1), { samples });
  const ratios = estimates.map(({ logProb }) => Math.exp(logProb - exact.logEvidence([1])));
  expectMean(ratios, 1);
  // p̂/p − 1 has mean 0 and moves with log p̂: taken off, little noise is left.
  const bias = average(ratios.map(ratio => Math.log(ratio) - (ratio - 1)));
  expect(bias.standardError / (chi2 / (2 * samples))).toBeLessThan(0.1 / 4.5);
  expect(bias.mean / (-chi2 / (2 * samples))).toBeGreaterThan(0.9);
  expect(bias.mean / (-chi2 / (2 * samples))).toBeLessThan(1.1);
});
