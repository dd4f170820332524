import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import { gaussHermite, productRule, trapezoid } from "../../../src/generative/exact/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import * as objectives from "../../../src/generative/objectives/index.ts";

beforeAll(() => chooseBackend());

const random = new Random(1);
const vae = new VAE(random, { pixels: 2, hidden: [2], latent: 1 });
const { encoder } = vae;
const x = tf.zeros([1, 2]);
const z = tf.zeros([1, 1, 2]);
const named: Record<string, unknown> = { ...objectives };
const one = { samples: 2 };
const rule = productRule(gaussHermite(3), 1);
const q = new Normal([0], [1]);
const f = (z: tf.Tensor) => z.sum(-1);

/** A valid call each, its arguments, and which of them cannot be left out or be something else. */
const calls: [name: keyof typeof objectives, args: unknown[], needed: number][] = [
  ["elbo", [vae, encoder, x, random], 4],
  ["betaElbo", [vae, encoder, x, random, { beta: 2 }], 5],
  ["iwae", [vae, encoder, x, random, one], 5],
  ["logImportanceWeights", [vae, encoder, x, random, 2], 5],
  ["exactElbo", [vae, encoder, x, rule], 4],
  ["expectation", [q, f, random], 3],
  ["gumbelSoftmax", [x, random, { temperature: 1 }], 3],
  ["detached", [q], 1],
  ["scaleGradient", [x, x], 2],
  ["stopGradient", [x], 1],
  ["codebookLoss", [z, z], 2],
  ["commitmentLoss", [z, z], 2],
  ["vqParts", [undefined, x], 0],
];

describe.each(calls)("%s", (name, args, needed) => {
  const call = named[name] as (...args: unknown[]) => unknown;
  if (needed > 0) it("takes what it should", () => expect(() => call(...args)).not.toThrow());

  it(`${name} says in one line what it does not take`, () => {
    for (let i = 0; i < Math.max(needed, 1); i++) {
      for (const wrong of [undefined, null, "text", 0.5, [[0, 1]], {}]) {
        const spoilt = args.map((arg, j) => (j === i ? wrong : arg));
        expect(() => call(...spoilt), `argument ${i}: ${wrong}`).toThrow(
          new RegExp(`^${name}: \\S[^\\n]* must [^\\n]*, but got [^\\n]*; [^\\n]*\\.$`),
        );
      }
    }
  });
});

it("every public function is tried", () => {
  expect(Object.keys(objectives).filter(name => !calls.some(([tried]) => tried === name))).toEqual([]);
});

it.each<[name: keyof typeof objectives, option: string, args: unknown[], choices: string]>([
  ["elbo", "form", [vae, encoder, x, random], "kl, joint"],
  ["iwae", "estimator", [vae, encoder, x, random, one], "reparameterised, stl, dreg"],
  ["expectation", "estimator", [q, f, random, one], "reparameterised, score"],
])("%s lists the choices of %s", (name, option, args, choices) => {
  const call = named[name] as (...args: unknown[]) => unknown;
  const options = { ...(args.at(-1) === one ? one : {}), [option]: "other" };
  const given = [...args.filter(each => each !== one), options];
  expect(() => call(...given)).toThrow(`${name}: ${option} must be one of ${choices}, but got "other";`);
});

it("vqParts wants images", () => {
  const model = { encode: () => z, decode: () => x };
  const vqParts = named.vqParts as (...args: unknown[]) => unknown;
  expect(() => vqParts(model, [[0, 1]])).toThrow(/^vqParts: x must /);
});

it("numbers in options must be numbers", () => {
  const bad: [string, () => unknown][] = [
    ["elbo: samples", () => objectives.elbo(vae, encoder, x, random, { samples: "2" as never })],
    ["iwae: samples", () => objectives.iwae(vae, encoder, x, random, { samples: "2" as never })],
    ["logImportanceWeights: samples", () => objectives.logImportanceWeights(vae, encoder, x, random, 1.5)],
    ["betaElbo: beta", () => objectives.betaElbo(vae, encoder, x, random, { beta: "2" as never })],
    ["betaElbo: samples", () => objectives.betaElbo(vae, encoder, x, random, { beta: 2, samples: 0 })],
    [
      "expectation: baseline",
      () => objectives.expectation(q, f, random, { estimator: "score", baseline: "1" as never }),
    ],
    ["GumbelSoftmax: temperature", () => objectives.gumbelSoftmax(x, random, { temperature: "1" as never })],
  ];
  for (const [what, call] of bad) expect(call).toThrow(new RegExp(`^${what} must be .*, but got .*; .*\\.$`));
});

it("exactElbo wants a rule for an expectation: as many weights as points, that sum to 1", () => {
  const { points, logWeights } = rule;
  const use = (other: typeof rule) => () => objectives.exactElbo(vae, encoder, x, other);
  expect(use({ points, logWeights: logWeights.slice(1) })).toThrow("exactElbo: a rule must have a weight for each");
  expect(use(productRule(trapezoid(-5, 5, 11), 1))).toThrow(
    "exactElbo: the weights of the rule must sum to 1, but got 1",
  );
  expect(use({ points: [1, 2] as never, logWeights: [0, 0] })).toThrow("exactElbo: row 0 must be an array, but got 1;");
  expect(use({ points, logWeights: logWeights.map(String) as never })).toThrow(
    "log-weights of the rule must be numbers",
  );
});
