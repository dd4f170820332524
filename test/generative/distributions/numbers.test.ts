import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../../src/engine/index.ts";
import { Bernoulli, Categorical, kl, Normal } from "../../../src/generative/distributions/index.ts";
import {
  areWithin,
  isKnownWithin,
  nearExpm1,
  nearExpRest,
  nearLogRatio,
  numbersOf,
  sumOfFew,
} from "../../../src/generative/distributions/numbers.ts";

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

describe("the divergence of bits that are nearly certain", () => {
  const large = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (12 + i / 3));

  it("is not below 0 by rounding in a compiled step", () => {
    const divergence = () => kl(new Bernoulli(rows(large)), new Bernoulli(columns(large)));
    const compiled = compile(divergence, { otherwise: "throw" })().dataSync();
    expect(compiled).toHaveLength(1600);
    expect(Math.min(...compiled)).toBe(0);
  });
});

describe("a look at numbers", () => {
  it("sees the one that is out of range, wherever it stands", () => {
    for (const n of [1, 4, 7, 9]) {
      const inside = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1 : 2));
      expect(areWithin(inside, -1, 2)).toBe(true);
      expect(
        areWithin(
          inside.map(value => 1 - value),
          -1,
          2,
        ),
      ).toBe(true); // the ends in each other's place
      for (let at = 0; at < n; at++) {
        for (const wrong of [-1.01, 2.01, Number.NaN]) {
          const numbers = inside.map((value, i) => (i === at ? wrong : value));
          expect(areWithin(numbers, -1, 2), `${wrong} at ${at} of ${n}`).toBe(false);
        }
      }
    }
  });

  it.each([
    [0, 1],
    [2 ** -126, 1 - 2 ** -24],
    [0.1, 0.3],
    [2 ** -149, Number.MAX_VALUE],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
    [-Infinity, Infinity],
    [-80, 16],
    [-1, 1],
    [-3, -1],
    [-1, 0],
  ])("sees the same among many of float32, from %d to %d", (least, most) => {
    const corners = [
      0,
      -0,
      2 ** -149,
      2 ** -126,
      0.1,
      0.3,
      1 - 2 ** -24,
      1,
      1 + 2 ** -23,
      2,
      3,
      16,
      17,
      80,
      81,
      3.4e38,
    ];
    const both = [...corners, ...corners.map(x => -x), Infinity, -Infinity, Number.NaN].map(Math.fround);
    const all = [...both, ...[least, most].flatMap(end => [end * (1 - 1e-6), end * (1 + 1e-6)]).map(Math.fround)];
    const inside = all.find(x => x >= least && x <= most) as number;
    for (const value of all) {
      for (const at of [0, 200, 299]) {
        const numbers = new Float32Array(300).fill(inside);
        numbers[at] = value;
        expect(areWithin(numbers, least, most), `${value} at ${at}`).toBe(value >= least && value <= most);
      }
    }
    const shifted = new Float32Array(301).fill(inside).subarray(1);
    expect(areWithin(shifted, least, most)).toBe(true);
  });

  it("is taken of tensors, but not in a compiled step", () => {
    const x = tf.tensor2d([[1, 2]]);
    expect([isKnownWithin(x, 1, 2), isKnownWithin(x, 1.5, 2)]).toEqual([true, false]);
    const looks: boolean[] = [];
    compile(
      (x: tf.Tensor) => {
        looks.push(isKnownWithin(x, 1, 2));
        return x.add(1);
      },
      { otherwise: "throw" },
    )(x);
    expect(looks).not.toContain(true);
  });
});

describe("a sum of few", () => {
  const product = (a: number, b: number) => a * b;

  it("is taken over the last axis of what they broadcast to", () => {
    const sums = sumOfFew(product, tf.tensor3d([[[1, 2]], [[3, 4]]]), tf.tensor2d([[1], [10]]));
    expect(sums?.arraySync()).toEqual([
      [3, 30],
      [7, 70],
    ]);
    expect(sumOfFew(a => a, tf.zeros([3, 0]))?.arraySync()).toEqual([0, 0, 0]);
  });

  it("is left to operators where they are many, or a gradient is recorded", () => {
    expect(sumOfFew(product, tf.ones([2, 512]), tf.ones([512]))?.arraySync()).toEqual([512, 512]);
    expect(sumOfFew(product, tf.ones([5, 205]), tf.ones([205]))).toBeUndefined();
    expect(sumOfFew(product, tf.ones([40, 1]), tf.ones([1, 40]))).toBeUndefined();
    const inGradient: unknown[] = [];
    tf.grad(x => {
      inGradient.push(sumOfFew(product, x, x));
      return x.sum();
    })(tf.ones([2]));
    expect(inGradient).toEqual([undefined]);
  });
});

describe("few numbers, in a loop,", () => {
  const zeros = (n: number) => Array<number>(n).fill(0);
  const bits = () => rows(logits).add(columns(zeros(logits.length)));
  const grey = () => columns(logits.map((_, i) => [0, 1, 0.25][i % 3] as number)).add(rows(zeros(logits.length)));
  type Several = (x: tf.Tensor) => tf.Tensor;
  const one = (several: Several) => new Normal(several(rows(scales)), several(columns(scales)));
  const other = (several: Several) => new Normal(several(columns(scales)), several(rows(scales)));
  const values: Record<string, (several: Several) => tf.Tensor> = {
    "log-probability of Bernoulli": several => new Bernoulli(several(bits())).logProb(several(grey())),
    "entropy of Bernoulli": several => new Bernoulli(several(bits())).entropy(),
    "log-density of Normal": several => one(several).logProb(several(rows(scales).mul(2))),
    "log-probability of Categorical": several => {
      const finite = logits.filter(logit => logit < 4);
      const two = tf.concat([rows(finite), columns(finite.map(() => -1)), columns(finite.map(() => 0.5))], -1);
      const first = tf.zeros([finite.length, finite.length]);
      return new Categorical(several(two)).logProb(several(first.expandDims(-1)).squeeze([-1]));
    },
    "divergence of Normal": several => kl(one(several), other(several)),
  };

  it.each(Object.entries(values))("have the %s that many have", (_, value) => {
    const few = tf.tidy(() => value(x => x).dataSync());
    const many = tf.tidy(() => value(x => tf.tile(x.expandDims(0), [8, 1, 1, 1])).dataSync());
    for (const [i, each] of few.entries()) {
      const wanted = many[i] as number;
      if (!Number.isFinite(wanted)) expect(each, `entry ${i}`).toBe(wanted);
      else expect(Math.abs(each - wanted), `entry ${i}: ${each}`).toBeLessThanOrEqual(2e-6 * Math.abs(wanted) + 1e-35);
    }
  });
});
