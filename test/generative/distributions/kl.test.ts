import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Bernoulli, Categorical, type Distribution, kl, Normal } from "../../../src/generative/distributions/index.ts";
import { klDivergence } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

/** Σ q(x) (log q(x) − log p(x)) over a fine grid, in float64. */
function klOnGrid(logQ: (x: number) => number, logP: (x: number) => number): number {
  let sum = 0;
  for (let x = -30; x <= 30; x += 0.005) sum += Math.exp(logQ(x)) * (logQ(x) - logP(x)) * 0.005;
  return sum;
}

const normal = (m: number, s: number) => (x: number) =>
  -0.5 * ((x - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);

describe("kl", () => {
  it.each([
    [0, 1, 0, 1],
    [1, 0.5, 0, 1],
    [-2, 0.3, 0.5, 2],
    [0, 3, 1, 1],
  ])("of N(%f, %f²) and N(%f, %f²) equals the integral", (m1, s1, m2, s2) => {
    const exact = klOnGrid(normal(m1, s1), normal(m2, s2));
    expectClose(kl(new Normal([m1], [s1]), new Normal([m2], [s2])), exact, { relative: 1e-5, absolute: 1e-6 });
  });

  it("is the sum over dimensions, not their mean", () => {
    const one = kl(new Normal([1], [0.5]), new Normal([0], [1])).dataSync()[0] as number;
    const seven = kl(new Normal(tf.fill([2, 7], 1), tf.fill([2, 7], 0.5)), new Normal(tf.zeros([7]), tf.ones([7])));
    expectClose(seven, [7 * one, 7 * one], { relative: 1e-5 });
  });

  it("of two Bernoulli distributions equals the sum over both outcomes", () => {
    const [p, q] = [0.2, 0.7];
    const logit = (v: number) => Math.log(v / (1 - v));
    const exact = q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));
    expectClose(kl(new Bernoulli([logit(q), logit(q)]), new Bernoulli([logit(p), logit(p)])), 2 * exact, {
      relative: 1e-5,
    });
  });

  it("of two categorical distributions equals the sum over their values", () => {
    const [q, p] = [
      [0.1, 0.2, 0.7],
      [0.5, 0.25, 0.25],
    ];
    const logits = (values: number[], shift: number) => values.map(value => Math.log(value) + shift);
    const exact = klDivergence(q as number[], p as number[]);
    const [a, b] = [logits(q as number[], 3), logits(p as number[], -1)];
    expectClose(kl(new Categorical([a, a]), new Categorical([b, b])), 2 * exact, { relative: 1e-5 });
  });

  it("is not symmetric", () => {
    const [a, b] = [new Normal([0], [1]), new Normal([1], [2])];
    expect(Math.abs((kl(a, b).dataSync()[0] as number) - (kl(b, a).dataSync()[0] as number))).toBeGreaterThan(0.1);
  });

  it("equals the sampled mean of log q − log p", () => {
    const q = new Normal([1, -1], [0.5, 2]);
    const p = new Normal([0, 0], [1, 1.5]);
    const z = q.sample(new Random(1), 20_000);
    expectMean(q.logProb(z).sub(p.logProb(z)).dataSync(), kl(q, p).dataSync()[0] as number);
  });

  it("names both families where it has no closed form", () => {
    expect(() => kl(new Normal([0], [1]) as Distribution, new Bernoulli([0]))).toThrow(
      /closed form, but got Normal and Bernoulli/,
    );
  });

  it("names both batches where they do not fit", () => {
    const [three, two] = [new Normal(tf.zeros([3, 2]), [1, 1]), new Normal(tf.zeros([2, 2]), [1, 1])];
    expect(() => kl(three, two)).toThrow(
      "kl of Normal and Normal: parameters must broadcast to [...batch, d], but got q [3,2] and p [2,2];",
    );
  });
});
