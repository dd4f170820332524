import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { importanceSampling, priorSampling } from "../../../src/generative/estimates/index.ts";
import { secondMoment } from "../../../src/generative/exact/index.ts";
import { constantEncoder, diagonalModel, exactEncoder } from "../../support/linearGaussian.ts";

beforeAll(() => chooseBackend());

const points = [
  [0.8, -1.2],
  [0.1, 0.2],
  [-1.5, 1],
];
const { model, exact } = diagonalModel([1, 1.5], 0.7);
const x = () => tf.tensor2d(points);

describe("priorSampling and importanceSampling", () => {
  it("lie within 4.5 of their own standard errors of the exact evidence", async () => {
    const estimates = [
      ...(await priorSampling(model, x(), new Random(1), { samples: 20_000, chunk: 3000 })),
      ...(await importanceSampling(model, constantEncoder([0, 0], [0.8, 0.8]), x(), new Random(2), {
        samples: 20_000,
      })),
    ];
    estimates.forEach(({ logProb, standardError }, i) => {
      expect(standardError).toBeGreaterThan(0);
      expect(Math.abs(logProb - exact.logEvidence(points[i % 3] as number[])) / standardError).toBeLessThan(4.5);
    });
  });

  it("are exact with one draw from the exact posterior", async () => {
    const [estimate] = await importanceSampling(model, exactEncoder(exact), tf.tensor2d([[0.8, -1.2]]), new Random(3), {
      samples: 1,
    });
    expect(Math.abs((estimate?.logProb as number) - exact.logEvidence([0.8, -1.2]))).toBeLessThan(1e-5);
  });

  it("have the relative variance of the closed form", async () => {
    // Per dimension: posterior N(a x / (a² + s²), s² / (a² + s²)) under the prior N(0, 1).
    const a = 1;
    const s = 0.5;
    const one = diagonalModel([a], s).model;
    const datum = Math.sqrt(a * a + s * s);
    const posterior = { mean: (a * datum) / (a * a + s * s), variance: (s * s) / (a * a + s * s) };
    const moment = secondMoment({ posterior, proposal: { mean: 0, variance: 1 } });
    const runs = await priorSampling(one, tf.tensor2d(Array(60).fill([datum])), new Random(4), {
      samples: 5000,
      chunk: 5000,
    });
    const variances = runs.map(r => r.relativeVariance);
    const mean = variances.reduce((sum, v) => sum + v, 0) / variances.length;
    const standardError = Math.sqrt(variances.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (60 * 59));
    expect(Math.abs(mean - (moment - 1)) / standardError).toBeLessThan(4.5);
    const { effectiveSampleSize } = runs[0] as { effectiveSampleSize: number };
    expect(Math.abs((effectiveSampleSize * moment) / 5000 - 1)).toBeLessThan(0.1);
  });

  it("do not depend on the chunk size", async () => {
    const run = (chunk: number) =>
      importanceSampling(model, constantEncoder([0, 0], [1, 1]), tf.tensor2d([[0.8, -1.2]]), new Random(5), {
        samples: 300,
        chunk,
      });
    // One sampler a chunk draws its normals in pairs, so equality needs chunks of even counts.
    const [[a], [b]] = [await run(100), await run(300)];
    expect(Math.abs((a?.logProb as number) - (b?.logProb as number))).toBeLessThan(1e-6);
  });

  it("take as many data at once as make four million numbers with the draws of a chunk", async () => {
    const sizes: number[][] = [];
    const counting = {
      prior: { sample: (_: Random, count: number) => tf.zeros([count, 1]) },
      likelihood: {
        given: (z: tf.Tensor) => ({
          logProb: (x: tf.Tensor) => {
            sizes.push([z.shape[0] as number, x.shape[0] as number]);
            return tf.zeros(z.shape.slice(0, 2));
          },
        }),
      },
    };
    const run = async (samples: number, chunk: number) => {
      sizes.length = 0;
      const data = tf.zeros([3, 2 ** 20]);
      await priorSampling(counting as never, data, new Random(1), { samples, chunk, compiled: false });
      data.dispose();
      return [...sizes];
    };
    // 2²² / (2 · 2²⁰) = 2 data at once, and then the third.
    expect(await run(3, 2)).toEqual([
      [2, 2],
      [1, 2],
      [2, 1],
      [1, 1],
    ]);
    expect(await run(1, 2)).toEqual([[1, 3]]);
    expect(await run(9, 8)).toEqual(
      [1, 1, 1].flatMap(() => [
        [8, 1],
        [1, 1],
      ]),
    ); // prettier-ignore
  });

  it("leave no tensors behind", async () => {
    const data = x();
    const encoder = constantEncoder([0, 0], [1, 1]);
    const before = tf.memory().numTensors;
    await importanceSampling(model, encoder, data, new Random(6), { samples: 250 });
    await priorSampling(model, data, new Random(6), { samples: 250 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuse an empty batch and zero samples", async () => {
    await expect(priorSampling(model, tf.zeros([0, 2]), new Random(1), { samples: 5 })).rejects.toThrow(
      /at least one datum, but got shape \[0,2\]/,
    );
    await expect(priorSampling(model, x(), new Random(1), { samples: 0 })).rejects.toThrow(
      /samples must be a positive integer, but got 0/,
    );
  });
});
