import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../../src/engine/index.ts";
import { Bernoulli, Categorical, kl, Normal } from "../../../src/generative/distributions/index.ts";
import { nearExpm1, nearExpRest, nearLogRatio, numbersOf } from "../../../src/generative/distributions/numbers.ts";

beforeAll(() => chooseBackend());

const upTo = (most: number) => Array.from({ length: 81 }, (_, i) => (most * (i - 40)) / 40);

describe("a series of float64", () => {
  it.each(upTo(0.999))("of e^x − 1 and e^x − 1 − x has eight digits at %s", x => {
    expect(Math.abs(nearExpm1(x) - Math.expm1(x))).toBeLessThanOrEqual(1e-8 * Math.abs(x));
    // From the even and the odd part, of which each is a sum of positive numbers.
    const rest = 2 * Math.sinh(x / 2) ** 2 + (Math.abs(x) < 0.1 ? x ** 3 / 6 + x ** 5 / 120 : Math.sinh(x) - x);
    expect(Math.abs(nearExpRest(x) - rest)).toBeLessThanOrEqual(1e-7 * rest);
  });

  it.each(upTo(1 / 3))("of log((1 + x)/(1 − x)) has eight digits at %s", x => {
    expect(Math.abs(nearLogRatio(x) - 2 * Math.atanh(x))).toBeLessThanOrEqual(1e-8 * Math.abs(x));
  });
});

describe("numbers of several tensors", () => {
  it("are repeated over the shape that all of them have together", () => {
    const { shape, numbers } = numbersOf(tf.tensor2d([[1], [2]]), tf.tensor1d([3, 4, 5]), tf.scalar(6));
    expect(shape).toEqual([2, 3]);
    expect(numbers.map(each => Array.from(each))).toEqual([
      [1, 1, 1, 2, 2, 2],
      [3, 4, 5, 3, 4, 5],
      [6, 6, 6, 6, 6, 6],
    ]);
  });
});

const logits = [-Infinity, -95, -40, -9, -2, -1.3, -1, -0.9, -1e-3, 0, 1e-5, 0.2, 0.3, 1.1, 3, 20, 88, 110, Infinity];
const scales = [1e-20, 1e-3, 0.5, 0.74, 0.76, 0.99999, 1, 1.001, 1.24, 1.26, 3, 1e4, 1e20];

const pairs: Record<string, () => tf.Tensor> = {
  bits: () => kl(new Bernoulli(rows(logits)), new Bernoulli(columns(logits))),
  normals: () => kl(new Normal(0, rows(scales)), new Normal(0, columns(scales))),
  categories: () => {
    const finite = logits.slice(0, -1);
    const two = (each: tf.Tensor) => tf.stack([each, tf.zerosLike(each)], -1);
    return kl(new Categorical(two(rows(finite))), new Categorical(two(columns(finite))));
  },
};

/** Every value with every other: [n, n, 1]. */
const rows = (values: readonly number[]) => tf.tensor3d(values.map(value => values.map(() => [value])));
const columns = (values: readonly number[]) => tf.tensor3d(values.map(() => values.map(value => [value])));

describe.each(Object.entries(pairs))("the divergence of all pairs of %s", (_, divergence) => {
  // Small ones are held by the references: a compiled softplus is right to 1e-7 and not to 1e-7 of itself.
  it("is the same in a compiled step as outside of one", () => {
    const outside = tf.tidy(() => divergence().dataSync());
    const compiled = compile(() => divergence(), { otherwise: "throw" })().dataSync();
    expect(outside.length).toBeGreaterThan(150);
    for (const [i, value] of outside.entries()) {
      const other = compiled[i] as number;
      if (Number.isFinite(value)) expect(Math.abs(value - other), `${i}`).toBeLessThanOrEqual(5e-6 * value + 1e-7);
      else expect(other).toBe(value);
    }
  });
});
