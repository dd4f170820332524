import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  DiscretizedLogisticMixture,
  type Distribution,
  GumbelSoftmax,
  jensenShannon,
  kl,
  Laplace,
  Logistic,
  logSigmoid,
  lowerTriangular,
  Mixture,
  MultivariateNormal,
  Normal,
  standardNormalLogCdf,
  standardNormalLogSurvival,
  standardNormalQuantile,
  standardNormalQuantileOfLog,
  standardNormalQuantileOfLogit,
  TransformedDistribution,
  Uniform,
} from "../../../src/generative/distributions/index.ts";
import { logitLayer } from "../../../src/generative/flows/index.ts";
import { expectSame, refersTo } from "../../support/references.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/distributionsReferences.py with torch 2.15.0, mpmath 1.3.0 and numpy 2.4.6.
const reference = refersTo("distributions");
const single = { relative: 3e-6, absolute: 1e-6 };

/** log p of each row of x, and the entropy where there is one. */
function expectDistribution(
  own: Distribution & { entropy?(): tf.Tensor },
  { x, logProb, entropy }: { x: number[][]; logProb: number[]; entropy: number | null },
): void {
  expectSame(own.logProb(tf.tensor2d(x)), logProb, single);
  if (entropy !== null && own.entropy) expectSame(own.entropy(), entropy, single);
}

reference("Normal", ({ mean, std, ...given }) => expectDistribution(new Normal(mean, std), given));
reference("Logistic", ({ mean, scale, ...given }) => expectDistribution(new Logistic(mean, scale), given));
reference("Uniform", ({ low, high, ...given }) => expectDistribution(new Uniform(low, high), given));
reference("Bernoulli", ({ logits, ...given }) => expectDistribution(new Bernoulli(logits), given));
reference("Categorical", ({ logits, ...given }) => expectDistribution(new Categorical(logits), given));

reference("MultivariateNormal", ({ mean, scale, ...given }) =>
  expectDistribution(new MultivariateNormal(mean, scale), given),
);

const families: Record<string, (...parameters: number[][]) => Distribution> = {
  normal: (mean, std) => new Normal(mean as number[], std as number[]),
  bernoulli: logits => new Bernoulli(logits as number[]),
  categorical: logits => new Categorical(logits as unknown as number[][]),
  triangular: (mean, scale) => new MultivariateNormal(mean as number[], scale as unknown as number[][]),
};

reference("kl", ({ kind, q, p, value }) => {
  const make = families[kind] as (...parameters: number[][]) => Distribution;
  expectSame(kl(make(...q), make(...p)), value, single);
});

reference("Mixture", ({ kind, logits, parameters, x, logProb, responsibilities }) => {
  const [a, b] = parameters.map((values: number[][]) => tf.tensor2d(values));
  const components = {
    normal: () => new Normal(a, b),
    uniform: () => new Uniform(a, b),
    bernoulli: () => new Bernoulli(a),
  };
  const own = new Mixture(logits, components[kind as keyof typeof components]());
  expectSame(own.logProb(tf.tensor2d(x)), logProb, single);
  if (responsibilities) expectSame(own.responsibilities(tf.tensor2d(x)), responsibilities.flat(), single);
});

reference("lowerTriangular", ({ entries, d, value }) => {
  const own = lowerTriangular(tf.tensor1d(entries));
  expect(own.shape).toEqual([d, d]);
  expectSame(own, value.flat(), { relative: 1e-5 });
});

reference("TransformedDistribution", ({ mean, std, x, value }) => {
  const own = new TransformedDistribution(logitLayer(), new Normal([mean], [std]));
  expectSame(own.logProb(tf.tensor2d(x, [x.length, 1])), value, { relative: 1e-5, absolute: 1e-5 });
});

reference("DiscretizedLogisticMixture", ({ K, logits, means, logScales, x, logProb }) => {
  const own = new DiscretizedLogisticMixture(K, { logits: [logits], means: [means], logScales: [logScales] });
  expectSame(own.logProb(tf.tensor2d(x, [x.length, 1])), logProb, { relative: 1e-5, absolute: 2e-6 });
});

const tails = { standardNormalLogCdf, standardNormalLogSurvival, logSigmoid };
for (const [name, tail] of Object.entries(tails)) {
  // log(1 − p) keeps the digits that the square of x has.
  reference(name, ({ x, value }) => expectSame(tail(tf.tensor1d(x)), value, { relative: 2e-5 }));
}

const quantiles = { standardNormalQuantile, standardNormalQuantileOfLog, standardNormalQuantileOfLogit };
for (const [name, quantile] of Object.entries(quantiles)) {
  reference(name, ({ p, value }) => expectSame(quantile(tf.tensor1d(p)), value, { relative: 1e-6, absolute: 1e-6 }));
}

reference("Laplace", ({ mean, scale, ...given }) => expectDistribution(new Laplace(mean, scale), given));

reference("GumbelSoftmax", ({ logits, temperature, y, value }) =>
  expectSame(new GumbelSoftmax(logits, temperature).logProb(tf.tensor1d(y)), value, { relative: 1e-5, absolute: 1e-5 }),
);

reference("jensenShannon", ({ p, q, value }) =>
  expectSame(jensenShannon(new Categorical([p]), new Categorical([q])), value, { relative: 1e-5, absolute: 1e-7 }),
);
