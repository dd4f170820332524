import type * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { kl, Normal } from "../../../src/generative/distributions/index.ts";
import { ProbabilisticPCA } from "../../../src/generative/models/index.ts";
import { betaElbo, elbo } from "../../../src/generative/objectives/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const weights = [
  [1, 0.5],
  [0.2, -1],
  [0.7, 0.3],
];
const model = (variance: number) => new ProbabilisticPCA({ weights, offset: [0, 0.1, 0], noise: Math.sqrt(variance) });
const encoder = { given: (x: tf.Tensor) => new Normal<"z">(x.slice([0, 0], [-1, 2]).mul(0.4), [0.5, 0.8]) };
const x = () => new Random(3).normal([6, 3]);

describe("betaElbo", () => {
  it("is the ELBO at β = 1, and falls by the KL for each β more", () => {
    const at = (beta: number) => betaElbo(model(0.5), encoder, x(), new Random(1), { beta, samples: 3 });
    expectClose(at(1), elbo(model(0.5), encoder, x(), new Random(1), { samples: 3 }), { absolute: 1e-5 });
    expectClose(at(2).sub(at(5)), kl(encoder.given(x()), model(0.5).prior).mul(3), { relative: 1e-4 });
  });

  it("is the reconstruction alone at β = 0", () => {
    const z = encoder.given(x()).sample(new Random(1), 3);
    const reconstruction = model(0.5).likelihood.given(z).logProb(x()).mean(0);
    expectClose(betaElbo(model(0.5), encoder, x(), new Random(1), { beta: 0, samples: 3 }), reconstruction, {
      relative: 1e-5,
    });
  });

  it("is β times the ELBO of a decoder with the variance β σ², and a constant", () => {
    const [beta, variance] = [3, 0.5];
    const left = betaElbo(model(variance), encoder, x(), new Random(1), { beta });
    const log2pi = (value: number) => Math.log(2 * Math.PI * value);
    const constant = 1.5 * (beta * log2pi(beta * variance) - log2pi(variance));
    const right = elbo(model(beta * variance), encoder, x(), new Random(1))
      .mul(beta)
      .add(constant);
    expectClose(left, right, { absolute: 1e-4 });
  });

  it("says what is wrong with a β below 0", () => {
    expect(() => betaElbo(model(1), encoder, x(), new Random(1), { beta: -1 })).toThrow(
      "beta must be 0 or more, but got -1",
    );
  });
});
