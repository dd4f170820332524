import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  type Conditional,
  type Distribution,
  kl,
  MultivariateNormal,
  Normal,
  type Reparameterised,
  TransformedDistribution,
} from "../../../src/generative/distributions/index.ts";
import {
  gaussHermite,
  LatentGrid,
  LinearGaussian,
  productRule,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { type LatentVariableModel, ProbabilisticPCA } from "../../../src/generative/models/index.ts";
import { elbo, exactElbo, iwae } from "../../../src/generative/objectives/index.ts";
import { bending } from "../../support/bending.ts";
import { expectClose, expectMean, numbersOf } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

// Two latent dimensions that explain one observation away: the posterior is correlated.
const options = { weights: [[1, 0.8]], offset: [0.1], noise: 0.5 };
const [model, exact] = [new ProbabilisticPCA(options), new LinearGaussian(options)];
const point = 1.3;
const { mean, covariance } = exact.posterior([point]);
const [[a = 0, b = 0] = [], [, c = 0] = []] = covariance;
const cholesky = [
  [Math.sqrt(a), 0],
  [b / Math.sqrt(a), Math.sqrt(c - (b * b) / a)],
];
const logEvidence = exact.logEvidence([point]);
const rule = productRule(gaussHermite(12), 2);

/** q(z|x) that is the same for every x. */
const constant = (q: (batch: number) => Reparameterised<"z">) => ({ given: (x: tf.Tensor) => q(x.shape[0] as number) });
const tiled = (values: readonly number[], batch: number) => tf.tile(tf.tensor2d([[...values]]), [batch, 1]);

const everyPosterior = [
  { name: "diagonal", encoder: constant(batch => new Normal<"z">(tiled([0.4, 0.2], batch), [0.6, 0.5])) },
  { name: "full", encoder: constant(batch => new MultivariateNormal<"z">(tiled([0.6, 0.4], batch), cholesky)) },
  {
    name: "bent",
    encoder: constant(
      batch =>
        new TransformedDistribution<"z">(
          bending,
          new MultivariateNormal<"z">(tiled(mean, batch), cholesky),
          tf.fill([batch, 1], 0.3),
        ),
    ),
  },
];

type Bound = (m: LatentVariableModel, encoder: Conditional<"z", "x">, x: tf.Tensor, random: Random) => tf.Tensor;
const everyBound: { name: string; bound: Bound }[] = [
  {
    name: "elbo, KL in closed form or not",
    bound: (m, e, x, r) => elbo(m, e, x, r, { form: closed(e, x) ? "kl" : "joint" }),
  },
  { name: "elbo, joint form", bound: (m, e, x, r) => elbo(m, e, x, r, { form: "joint" }) },
  { name: "iwae, K = 1", bound: (m, e, x, r) => iwae(m, e, x, r, { samples: 1 }) },
  { name: "iwae, K = 5", bound: (m, e, x, r) => iwae(m, e, x, r, { samples: 5 }) },
  { name: "iwae, K = 50", bound: (m, e, x, r) => iwae(m, e, x, r, { samples: 50 }) },
];
const closed = (encoder: Conditional<"z", "x">, x: tf.Tensor) => !(encoder.given(x) instanceof TransformedDistribution);
const copies = (n: number) => tf.fill([n, 1], point);
const meanOf = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** KL(q ‖ p(z|x)) by a sum over the plane. */
function gap(q: Distribution): number {
  const grid = trapezoid(-5, 8, 201);
  const plane = productRule(grid, 2);
  const points = tf.tensor2d(plane.points as number[][]);
  const [logQ, logPosterior] = [q, new MultivariateNormal(mean, cholesky)].map(d => d.logProb(points).dataSync());
  return plane.logWeights.reduce((sum, weight, i) => {
    const log = logQ?.[i] as number;
    return sum + Math.exp(log + weight) * (log - (logPosterior?.[i] as number));
  }, 0);
}

describe.each(everyPosterior)("with a $name q", ({ encoder }) => {
  it.each(everyBound)("$name lies below log p(x), on average", ({ bound }) => {
    const values = numbersOf(bound(model, encoder, copies(1500), new Random(1)));
    expect(meanOf(values)).toBeLessThan(logEvidence);
  });

  it.each(everyBound.slice(0, 3))("$name is log p(x) − KL(q ‖ p(z|x)), on average", ({ bound }) => {
    const values = numbersOf(bound(model, encoder, copies(5000), new Random(2)));
    expectMean(values, logEvidence - gap(encoder.given(copies(1))));
  });

  it("the bounds are ordered: ELBO ≤ L₅ ≤ L₅₀", () => {
    const bounds = everyBound
      .slice(2)
      .map(({ bound }) => meanOf(numbersOf(bound(model, encoder, copies(1500), new Random(3)))));
    expect(bounds).toEqual([...bounds].sort((x, y) => x - y));
  });

  it("the exact ELBO is log p(x) − KL(q ‖ p(z|x)), without noise", () => {
    const value = exactElbo(model, encoder, copies(2), rule);
    const expected = logEvidence - gap(encoder.given(copies(1)));
    expectClose(value, [expected, expected], { absolute: 2e-4 });
  });
});

it.each(everyBound)("at the posterior $name is log p(x) (its mean, for the form with the KL)", ({ name, bound }) => {
  const posterior = constant(batch => new MultivariateNormal<"z">(tiled(mean, batch), cholesky));
  const values = numbersOf(bound(model, posterior, copies(2000), new Random(4)));
  if (name.startsWith("elbo, KL")) expectMean(values, logEvidence);
  else expectClose(values, Array(2000).fill(logEvidence), { absolute: 2e-4 });
});

describe("exactElbo", () => {
  const { square } = fixture("variational");
  const parabola: LatentVariableModel = {
    prior: new Normal<"z">([0], [1]),
    likelihood: { given: z => new Normal<"x">(z.square(), [square.noise]) },
  };
  const q = constant(() => new Normal<"z">([[square.q.mean]], [square.q.std]));
  const x = () => tf.tensor2d([[square.x]]);
  const line = productRule(gaussHermite(24), 1);

  it("has the value that scipy integrates, and its maximum where scipy finds it", () => {
    expectClose(exactElbo(parabola, q, x(), line), square.elbo, { absolute: 2e-5 });
    const { mean: m, std, elbo: best } = square.best;
    const at = (dm: number, ds: number) =>
      numbersOf(
        exactElbo(
          parabola,
          constant(() => new Normal<"z">([[m + dm]], [std + ds])),
          x(),
          line,
        ),
      )[0] as number;
    expectClose(at(0, 0), best, { absolute: 2e-5 });
    for (const [dm, ds] of [
      [0.03, 0],
      [-0.03, 0],
      [0, 0.02],
      [0, -0.02],
    ] as const)
      expect(at(dm, ds)).toBeLessThan(best);
  });

  it("agrees with a grid over z in float64", () => {
    const log = (value: number, m: number, s: number) =>
      -0.5 * ((value - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);
    const grid = new LatentGrid({
      logPrior: (z: number) => log(z, 0, 1),
      logLikelihood: z => log(square.x, z * z, square.noise),
      rule: trapezoid(-9, 9, 3601),
    });
    const { elbo: expected } = grid.parts(z => log(z, 0.5, 0.9));
    const wide = constant(() => new Normal<"z">([[0.5]], [0.9]));
    expectClose(exactElbo(parabola, wide, x(), line), expected, { absolute: 1e-4 });
  });

  it("gives the same number compiled as eager", () => {
    const compiled = compile((data: tf.Tensor) => exactElbo(parabola, q, data, line), { otherwise: "throw" });
    expectClose(compiled(x()), exactElbo(parabola, q, x(), line), { absolute: 1e-5 });
    compiled.dispose();
  });
});

it("the KL to the prior is in closed form for both Gaussian families", () => {
  for (const { name, encoder } of everyPosterior) {
    const q = encoder.given(copies(1));
    if (name === "bent")
      expect(() => kl(q, model.prior)).toThrow(/closed form, but got TransformedDistribution and Normal/);
    else expect(kl(q, model.prior).shape).toEqual([1]);
  }
});
