import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect } from "vitest";
import { chooseBackend, type Random } from "../../../src/engine/index.ts";
import { Bernoulli, Normal } from "../../../src/generative/distributions/index.ts";
import { gaussHermite, productRule } from "../../../src/generative/exact/index.ts";
import type { LatentVariableModel, VQVAE } from "../../../src/generative/models/index.ts";
import { lookUp, nearestCode } from "../../../src/generative/networks/index.ts";
import {
  betaElbo,
  codebookLoss,
  commitmentLoss,
  detached,
  elbo,
  exactElbo,
  expectation,
  gumbelSoftmax,
  iwae,
  logImportanceWeights,
  scaleGradient,
  stopGradient,
  vqParts,
} from "../../../src/generative/objectives/index.ts";
import { expectSame, refersTo } from "../../support/references.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/objectivesReferences.py with torch 2.15.0, mpmath 1.3.0 and numpy 2.4.6.
const reference = refersTo("objectives");

interface Case {
  x: number;
  a: number;
  s: number;
  m: number;
  l: number;
  noise: number[];
  value: number | number[];
  gradient: [number, number];
}

type Encoder = { given(): Normal<"z"> };

/** z ~ N(0, 1), x|z ~ N(a z, s²), with q(z|x) = N(m, e^l) of θ = (m, l); the draws of q are those of the case. */
function setting({ x, a, s, noise }: Omit<Case, "gradient" | "value">) {
  const model: LatentVariableModel = {
    prior: new Normal<"z">([0], [1]),
    likelihood: { given: z => new Normal<"x">(z.mul(a), [s]) },
  };
  const random = { normal: (shape: number[]) => tf.tensor(noise, shape) } as unknown as Random;
  const encoder = (theta: tf.Tensor): Encoder => {
    const [m, l] = tf.split(theta, 2, 1) as [tf.Tensor, tf.Tensor];
    return { given: () => new Normal<"z">(m, l.exp()) };
  };
  return { model, random, encoder, x: tf.tensor2d([[x]]), samples: noise.length };
}

/** The value at θ, and its gradient there; float32 loses digits to the largest term that is summed. */
function expectValueAndGradient(of: (theta: tf.Tensor) => tf.Tensor, { m, l, value, gradient, x, a, s }: Case): void {
  const theta = tf.tensor2d([[m, l]]);
  const terms = 1 + Math.abs(l) + (Math.abs(x) + Math.abs(a * m)) ** 2 / s ** 2 + m * m + Math.exp(2 * l);
  expectSame(of(theta), value, { relative: 1e-5, absolute: 2e-6 * terms });
  const own = tf.grad(t => of(t).sum())(theta);
  // The two ways to m through a narrow q, by its draw and by its mean, all but cancel.
  expectSame(own, gradient, { relative: 1e-4, absolute: 1e-5 * terms + 1e-6 * Math.exp(-l) });
}

reference("logImportanceWeights", (given: Case) => {
  const { model, encoder, x, random, samples } = setting(given);
  expectValueAndGradient(t => logImportanceWeights(model, encoder(t), x, random, samples), given);
});

reference("elbo", (given: Case) => {
  const { model, encoder, x, random, samples } = setting(given);
  expectValueAndGradient(t => elbo(model, encoder(t), x, random, { samples }), given);
});

reference("betaElbo", ({ beta, ...given }: Case & { beta: number }) => {
  const { model, encoder, x, random, samples } = setting(given);
  expectValueAndGradient(t => betaElbo(model, encoder(t), x, random, { beta, samples }), given);
});

reference("iwae", (given: Case) => {
  const { model, encoder, x, random, samples } = setting(given);
  expectValueAndGradient(t => iwae(model, encoder(t), x, random, { samples }), given);
});

reference("exactElbo", (given: Case) => {
  const { model, encoder, x } = setting(given);
  const own = exactElbo(model, encoder(tf.tensor2d([[given.m, given.l]])), x, productRule(gaussHermite(8), 1));
  const terms = (Math.abs(given.x) + Math.abs(given.a * given.m)) ** 2 / given.s ** 2;
  expectSame(own, given.value, { relative: 1e-5, absolute: 2e-6 * (1 + terms) });
});

type Gradients = Record<"path" | "none" | "number" | "leaveOneOut", number[]>;

reference("expectation", ({ m, l, value, path, none, number, leaveOneOut, ...rest }: Case & Gradients) => {
  const { encoder, random, samples } = setting({ m, l, ...rest });
  const f = (z: tf.Tensor) => z.square().add(z).sum(-1);
  const theta = tf.tensor2d([[m, l]]);
  const scale = Math.max(...[path, none, number, leaveOneOut].flat().map(Math.abs), 1);
  const scored = { samples, estimator: "score" } as const;
  for (const [options, gradient] of [
    [{ samples }, path],
    [scored, none],
    [{ ...scored, baseline: 3 }, number],
    [{ ...scored, baseline: "leave-one-out" }, leaveOneOut],
  ] as const) {
    const of = (t: tf.Tensor) => expectation(encoder(t).given(), f, random, options);
    expectSame(of(theta), value, { relative: 1e-5 });
    expectSame(tf.grad(t => of(t).sum())(theta), gradient, { relative: 1e-4, absolute: 1e-5 * scale });
  }
});

reference("detached", (given: Case) => {
  const { encoder, random, samples } = setting(given);
  const of = (t: tf.Tensor) => {
    const q = encoder(t).given();
    return detached(q).logProb(q.sample(random, samples));
  };
  const theta = tf.tensor2d([[given.m, given.l]]);
  expectSame(of(theta), given.value, { relative: 1e-5, absolute: 1e-5 });
  const gradient = tf.grad(t => of(t).sum())(theta);
  expectSame(gradient, given.gradient, { relative: 1e-5, absolute: 1e-5 * (Math.exp(-given.l) + 1) });
});

reference("stopGradient", ({ x, value, gradient }) => {
  const of = (t: tf.Tensor) => t.mul(stopGradient(t)).sum();
  expectSame(of(tf.tensor1d(x)), value, { relative: 1e-5 });
  expectSame(tf.grad(of)(tf.tensor1d(x)), gradient, { relative: 1e-6 });
});

reference("scaleGradient", ({ x, factor, value, gradient }) => {
  const of = (t: tf.Tensor) => scaleGradient(t, tf.tensor1d(factor)).square().sum();
  expectSame(of(tf.tensor1d(x)), value, { relative: 1e-5 });
  expectSame(tf.grad(of)(tf.tensor1d(x)), gradient, { relative: 1e-6 });
});

reference("gumbelSoftmax", ({ logits, uniform, temperature, value }) => {
  const random = { uniform: (shape: number[]) => tf.tensor(uniform, shape) } as unknown as Random;
  expectSame(gumbelSoftmax(tf.tensor1d(logits), random, { temperature }), value, { relative: 2e-5, absolute: 1e-7 });
});

reference("codebookLoss", ({ z, e, value, towardsCodes }) => {
  const [own, other] = [tf.tensor3d(z), tf.tensor3d(e)];
  expectSame(codebookLoss(own, other), value, { relative: 1e-5 });
  const [toZ, toE] = tf.grads((a, b) => codebookLoss(a, b).sum())([own, other]);
  expectSame(toE as tf.Tensor, towardsCodes.flat(2), { relative: 1e-5 });
  expect((toZ as tf.Tensor).abs().max().dataSync()[0]).toBe(0);
});

reference("commitmentLoss", ({ z, e, value, towardsVectors }) => {
  const [own, other] = [tf.tensor3d(z), tf.tensor3d(e)];
  expectSame(commitmentLoss(own, other), value, { relative: 1e-5 });
  const [toZ, toE] = tf.grads((a, b) => commitmentLoss(a, b).sum())([own, other]);
  expectSame(toZ as tf.Tensor, towardsVectors.flat(2), { relative: 1e-5 });
  expect((toE as tf.Tensor).abs().max().dataSync()[0]).toBe(0);
});

reference("vqParts", ({ x, vectors, scale, codes, reconstruction, distance }) => {
  const e = tf.tensor2d(vectors);
  const model = {
    encode: (images: tf.Tensor) => images.reshape([1, -1, 2]),
    codebook: { nearest: (z: tf.Tensor) => nearestCode(z, e), lookUp: (k: tf.Tensor) => lookUp(k, e) },
    decode: (rows: tf.Tensor) => new Bernoulli<"x">(rows.reshape([1, -1]).mul(scale)),
  } as unknown as VQVAE;
  const parts = vqParts(model, tf.tensor2d([x]));
  expectSame(parts.codes, codes);
  expectSame(parts.reconstruction, reconstruction, { relative: 1e-5, absolute: 1e-6 });
  expectSame(parts.codebook, distance, { relative: 1e-5 });
  expectSame(parts.commitment, distance, { relative: 1e-5 });
});
