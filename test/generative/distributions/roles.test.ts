import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { type Conditional, type Distribution, kl, Normal } from "../../../src/generative/distributions/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import { elbo } from "../../../src/generative/objectives/index.ts";

beforeAll(() => chooseBackend());

// `npm run types` checks this file: an `@ts-expect-error` over a line that compiles is itself an error.
it("keeps p(x|z) and q(z|x) apart at compile time", () => {
  const vae = new VAE(new Random(1), { pixels: 4, hidden: [3], latent: 2 });
  const x = tf.ones([1, 4]);
  const decoder: Conditional<"x", "z"> = vae.likelihood;
  const encoder: Conditional<"z", "x"> = vae.encoder;
  expect(elbo(vae, encoder, x, new Random(1)).shape).toEqual([1]);
  // @ts-expect-error p(x|z) where q(z|x) is wanted
  expect(() => elbo(vae, decoder, x, new Random(1))).toThrow();
  // @ts-expect-error q(z|x) is not p(x|z)
  const wrong: Conditional<"x", "z"> = encoder;
  expect(wrong).toBe(encoder);
});

it("keeps p(x) and p(z) apart at compile time", () => {
  const prior: Distribution<"z"> = new Normal([0], [1]);
  const other: Distribution<"x"> = new Normal([0], [1]);
  // @ts-expect-error a distribution over x where one over z is wanted
  const wrong: Distribution<"z"> = other;
  expect(wrong).toBe(other);
  // @ts-expect-error a divergence between distributions over different variables
  expect(kl(prior, other).shape).toEqual([]);
});
