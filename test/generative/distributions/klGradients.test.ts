import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  jensenShannon,
  kl,
  Laplace,
  MultivariateNormal,
  Normal,
} from "../../../src/generative/distributions/index.ts";

beforeAll(() => chooseBackend());

type Four = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
type Divergence = (...parameters: Four) => tf.Tensor;

/** Of each: its parameters, with a batch of 2 in the first and none in the others, so that gradients are summed. */
const cases: Record<string, [shapes: number[][], divergence: Divergence]> = {
  Normal: [[[2, 3], [3], [3], [3]], (m, s, n, t) => kl(new Normal(m, s.exp()), new Normal(n, t.exp()))],
  Laplace: [[[2, 3], [3], [3], [3]], (m, b, n, c) => kl(new Laplace(m, b.exp()), new Laplace(n, c.exp()))],
  Bernoulli: [[[2, 3], [3]], (q, p) => kl(new Bernoulli(q), new Bernoulli(p))],
  Categorical: [
    [
      [2, 3, 4],
      [3, 4],
    ],
    (q, p) => kl(new Categorical(q), new Categorical(p)),
  ],
  MultivariateNormal: [
    [[2, 2], [2], [2], [2]],
    (m, s, n, t) => {
      const triangle = (s: tf.Tensor) =>
        tf.stack([tf.stack([s.gather(0).exp(), tf.scalar(0)]), tf.stack([s.gather(1), s.gather(0).mul(-1).exp()])]);
      return kl(new MultivariateNormal(m, triangle(s)), new MultivariateNormal(n, triangle(t)));
    },
  ],
  JensenShannon: [
    [
      [2, 1, 4],
      [2, 1, 4],
    ],
    (q, p) => jensenShannon(new Categorical(q), new Categorical(p)),
  ],
};

it.each(Object.entries(cases))(
  "the divergence of %s has the gradient of its differences",
  (_, [shapes, divergence]) => {
    const random = new Random(3);
    for (const size of [1, 0.05]) {
      const parameters = shapes.map(shape => random.normal(shape).mul(size) as tf.Tensor);
      const value = (all: tf.Tensor[]) =>
        tf.tidy(
          () =>
            divergence(...(all as Four))
              .sum()
              .dataSync()[0] as number,
        );
      const found = tf.grads((...all: tf.Tensor[]) => divergence(...(all as Four)).sum())(parameters);
      for (const [i, gradient] of found.entries()) {
        const own = parameters[i] as tf.Tensor;
        expect(gradient.shape).toEqual(own.shape);
        const h = 2e-2;
        const differences = Array.from({ length: own.size }, (_, j) => {
          const at = (step: number) => {
            const moved = Float32Array.from(own.dataSync());
            moved[j] = (moved[j] as number) + step;
            return value(parameters.map((each, k) => (k === i ? tf.tensor(moved, own.shape) : each)));
          };
          return (at(h) - at(-h)) / (2 * h);
        });
        const largest = Math.max(1e-2, ...differences.map(Math.abs));
        for (const [j, entry] of Array.from(gradient.dataSync()).entries()) {
          expect(Math.abs(entry - (differences[j] as number)), `parameter ${i}, entry ${j}`).toBeLessThan(
            4e-3 * largest,
          );
        }
      }
    }
  },
);

it("the gradient of Laplace pairs is that of the formula in any unit: 1 − e^−v, with its sign", () => {
  for (const c of [1e-30, 1e-9, 1, 1e9, 1e30]) {
    const gradient = tf.grad(m => kl(new Laplace(m, [c]), new Laplace([0], [c])).sum())(
      tf.tensor2d([[c], [-c], [2 * c]]),
    );
    const wanted = [1, -1, 2].map(v => Math.sign(v) * (1 - Math.exp(-Math.abs(v))));
    expect(Array.from(gradient.dataSync(), (value, i) => Math.abs(value * c - (wanted[i] as number)) < 1e-6)).toEqual([
      true,
      true,
      true,
    ]);
  }
});
