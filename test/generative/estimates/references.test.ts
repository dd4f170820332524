import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Bernoulli, Normal } from "../../../src/generative/distributions/index.ts";
import {
  activeUnits,
  average,
  bitsFromNats,
  bitsPerDimension,
  copiedShare,
  countCalls,
  dependencyMatrix,
  energyDistance,
  evaluate,
  fisherInformation,
  fisherScore,
  gradientStatistics,
  importanceSampling,
  linearProbe,
  logProbFromBitsPerDimension,
  natsFromBits,
  nearestNeighbours,
  paretoK,
  perplexity,
  predictor,
  priorSampling,
  rocArea,
  sensitivity,
  summariseWeights,
  tabulate,
  unitActivity,
  paretoSmoothedImportanceSampling,
} from "../../../src/generative/estimates/index.ts";
import { binaryVectors, logSumExp, vectors } from "../../../src/generative/exact/index.ts";
import type { Autoregressive, LatentVariableModel } from "../../../src/generative/models/index.ts";
import { expectSame, refersTo, scattered, spreads } from "../../support/references.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/estimatesReferences.py with numpy 2.4.6, scipy 1.17.1, mpmath 1.3.0, torch 2.15.0,
// scikit-learn 1.9.1 and arviz 0.23.4.
const reference = refersTo("estimates");

const square = (d: number, entry: (i: number, j: number) => number) =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => entry(i, j)));

/** An encoder that gives back what it sees as its mean. */
const identity = { given: (x: tf.Tensor) => ({ mean: x }) };

reference("unitActivity", ({ rows, value }) =>
  expectSame(unitActivity(identity, tf.tensor2d(rows)), value, { relative: 1e-6 }),
);

reference("activeUnits", ({ value, threshold, active }) => expect(activeUnits(value, threshold)).toBe(active));

reference("average", ({ values, mean, standardError }) => {
  const own = average(values);
  expectSame(own.mean, mean, { relative: 1e-14, absolute: standardError * 1e-14 });
  expectSame(own.standardError, standardError, { relative: 1e-12 });
  expect(own.count).toBe(values.length);
});

reference("bitsFromNats", ({ x, value }) => expectSame(bitsFromNats(x), value, { relative: 1e-15 }));
reference("natsFromBits", ({ x, value }) => expectSame(natsFromBits(x), value, { relative: 1e-15 }));

reference("bitsPerDimension", ({ logProb, d, levels, value }) =>
  expectSame(bitsPerDimension(logProb, d, { levels }), value, { relative: 1e-14 }),
);

reference("logProbFromBitsPerDimension", ({ logProb, d, levels, value }) =>
  expectSame(logProbFromBitsPerDimension(value, d, { levels }), logProb, { relative: 1e-12 }),
);

reference("evaluate", async ({ rows, batch, value }) => {
  const own = await evaluate(x => x.square().sum(-1), tf.tensor2d(rows), new Random(1), { batchSize: batch });
  expectSame(own, value, { relative: 1e-6 });
});

reference("gradientStatistics", ({ rows, ...given }) => {
  const c = tf.tensor2d(rows);
  const own = gradientStatistics(theta => theta.mul(c).sum(1), rows[0], rows.length);
  expectSame(own.mean, given.mean, { relative: 1e-12 });
  expectSame(own.variance, given.variance, { relative: 1e-6 });
  expectSame(own.standardError, given.standardError, { relative: 1e-6 });
});

reference("linearProbe", ({ features, labels, classes, penalty, new: fresh, predicted, accuracy }) => {
  const own = linearProbe(features, labels, { classes, penalty });
  expect(own.predict(fresh)).toEqual(predicted);
  expect(own.accuracy(features, labels)).toBe(accuracy);
});

interface Evidence {
  x: number;
  a: number;
  s: number;
  m: number;
  v: number;
  noise: number[];
  prior: number;
  importance: number;
}

/** z ~ N(0, 1), x|z ~ N(a z, s²), with draws that are given. */
function setting({ x, a, s, noise }: Evidence) {
  const model: LatentVariableModel = {
    prior: new Normal<"z">([0], [1]),
    likelihood: { given: z => new Normal<"x">(z.mul(a), [s]) },
  };
  const random = { normal: (shape: number[]) => tf.tensor(noise, shape) } as unknown as Random;
  return { model, random, x: tf.tensor2d([[x]]), options: { samples: noise.length, compiled: false } };
}

/** float32 knows the squares in log w to so much. */
const lost = ({ x, a, s, m }: Evidence) => 1e-6 * (1 + ((Math.abs(x) + Math.abs(a * m) + a) / s) ** 2);

reference("priorSampling", async (given: Evidence) => {
  const { model, random, x, options } = setting(given);
  const [own] = await priorSampling(model, x, random, options);
  expectSame(own?.logProb as number, given.prior, { absolute: lost(given) });
});

reference("importanceSampling", async (given: Evidence) => {
  const { model, random, x, options } = setting(given);
  const proposal = { given: () => new Normal<"z">([[given.m]], [given.v]) };
  const [own] = await importanceSampling(model, proposal, x, random, options);
  expectSame(own?.logProb as number, given.importance, { absolute: lost(given) });
});

reference("paretoK", ({ logWeights, value }) => expectSame(paretoK(logWeights), value, { absolute: 1e-6 }));

reference("perplexity", ({ counts, value }) => expectSame(perplexity(counts), value, { relative: 1e-13 }));

reference("rocArea", ({ normal, anomalous, area, standardError }) => {
  const own = rocArea(normal, anomalous);
  expectSame(own.area, area, { relative: 1e-14 });
  expectSame(own.standardError, standardError, { relative: 1e-12 });
});

reference("summariseWeights", ({ logWeights, ...given }) => {
  const own = summariseWeights(logWeights);
  expectSame(own.logProb, given.logProb, { relative: 1e-14 });
  expectSame(own.effectiveSampleSize, given.effectiveSampleSize, { relative: 1e-11 });
  expectSame(own.relativeVariance, given.relativeVariance, { relative: 1e-11, absolute: 1e-28 });
  expectSame(own.standardError, given.standardError, { relative: 1e-11, absolute: 1e-14 });
});

reference("dependencyMatrix", ({ d, K, scale, value }) => {
  const W = tf.tensor2d(square(d, (i, j) => ((i + j) % 3 ? scale * scattered(i, j) : 0)));
  const own = dependencyMatrix(x => x.matMul(W).abs(), tf.tensor2d(vectors(d, K)), K);
  expectSame(own.flat(), value.flat(), { relative: 1e-5, absolute: scale * 1e-6 });
});

reference("energyDistance", ({ x, y, value }) => expectSame(energyDistance(x, y), value, { absolute: 1e-12 }));

const bits = (logits: number[]) => {
  const theta = tf.variable(tf.tensor1d(logits));
  return { parameters: { theta }, logProb: (x: tf.Tensor) => new Bernoulli(theta).logProb(x) };
};

reference("fisherScore", ({ theta, x, value }) => {
  const own = fisherScore(bits(theta), tf.tensor2d(x));
  expectSame(
    own.flatMap(row => Array.from(row)),
    value.flat(),
    { relative: 1e-5, absolute: 1e-7 },
  );
});

reference("fisherInformation", ({ theta, information }) => {
  const model = bits(theta);
  const every = binaryVectors(theta.length);
  const p = Float64Array.from(model.logProb(tf.tensor2d(every)).exp().dataSync());
  const own = fisherInformation(fisherScore(model, tf.tensor2d(every)), p);
  expectSame(own.flat(), information.flat(), { absolute: 1e-6 });
});

reference("nearestNeighbours", ({ queries, data, index, squared }) => {
  const own = nearestNeighbours(tf.tensor2d(queries), [tf.tensor2d(data)]);
  expect(own.map(neighbour => neighbour.index)).toEqual(index);
  expectSame(
    own.map(({ squaredDistance }) => squaredDistance),
    squared,
    { relative: 1e-5 },
  );
});

reference("copiedShare", ({ samples, heldOut, value }) =>
  expectSame(copiedShare(samples, heldOut), value, { absolute: 1e-15 }),
);

reference("predictor", ({ logits, value }) => {
  let step = 0;
  const model = { stepwise: () => ({ next: () => Float64Array.from(logits[step++]) }) } as unknown as Autoregressive;
  const predict = predictor(model);
  value.forEach((p: number[], i: number) => {
    expectSame(Array.from(predict(Array(i).fill(0))), p, { relative: 1e-12, absolute: 1e-300 });
  });
});

reference("tabulate", ({ logits, sum, first, second, last }) => {
  const own = tabulate(new Bernoulli(logits), logits.length);
  expect(own.length).toBe(2 ** logits.length);
  expectSame(logSumExp(own), sum, { absolute: 1e-5 });
  expectSame([own[0], own[1], own.at(-1)] as number[], [first, second, last], { relative: 1e-5, absolute: 1e-6 });
});

reference("sensitivity", ({ d, i, scale, value }) => {
  const W = tf.tensor2d(square(d, scattered));
  const x = tf.tensor1d(spreads(d).map(v => scale * v));
  const own = sensitivity(row => row.matMul(W).tanh(), x, i);
  expectSame(own, value, { relative: 1e-4, absolute: 1e-6 });
});

reference("countCalls", ({ calls, value }) => {
  const meter = { read: (i: number) => i };
  const own = countCalls(meter, "read", () => {
    for (let i = 0; i < calls; i++) meter.read(i);
  });
  expect(own).toBe(value);
});

reference("paretoSmoothedImportanceSampling", ({ logWeights, smoothed, k }) => {
  const own = paretoSmoothedImportanceSampling(logWeights);
  expectSame(own.logWeights, smoothed, { relative: 1e-9, absolute: 1e-6 });
  expectSame(own.paretoK, k, { absolute: 1e-6 });
});
