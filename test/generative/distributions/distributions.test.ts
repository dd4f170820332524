import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  type Distribution,
  Logistic,
  Mixture,
  Normal,
} from "../../../src/generative/distributions/index.ts";
import { GaussianMixture } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

interface Member {
  name: string;
  /** The distribution of a single variable, from its parameters. */
  make: (parameters: tf.Tensor) => Distribution & { entropy?(): tf.Tensor };
  parameters: number[];
  /** The same for a batch of 3 vectors of 4 such variables. */
  wide: () => Distribution;
  /** Points and weights that integrate (or sum) over all values of a single variable. */
  measure: { points: number[]; weight: number };
}

const grid = { points: Array.from({ length: 2001 }, (_, i) => -20 + i * 0.02), weight: 0.02 };
const bits = { points: [0, 1], weight: 1 };

const normal = (parameters: tf.Tensor) => new Normal(parameters.slice(0, 1), parameters.slice(1, 1));
const mixture = (parameters: tf.Tensor) => {
  const part = (from: number) => parameters.slice(from, 2);
  return new Mixture(part(0), new Normal(part(2).reshape([2, 1]), part(4).reshape([2, 1])));
};

const everyDistribution: Member[] = [
  {
    name: "Normal",
    make: normal,
    parameters: [0.3, 0.7],
    wide: () => new Normal(tf.fill([3, 4], 0.3), tf.fill([4], 0.7)),
    measure: grid,
  },
  {
    name: "narrow Normal",
    make: normal,
    parameters: [-1, 0.1],
    wide: () => new Normal(tf.fill([3, 4], -1), tf.fill([4], 0.1)),
    measure: grid,
  },
  {
    name: "Bernoulli",
    make: logits => new Bernoulli(logits),
    parameters: [-0.8],
    wide: () => new Bernoulli(tf.fill([3, 4], -0.8)),
    measure: bits,
  },
  {
    name: "Categorical",
    make: logits => new Categorical(logits.expandDims(0)),
    parameters: [0.5, -1.2, 0.9],
    wide: () => new Categorical(tf.tile(tf.tensor([[[0.5, -1.2, 0.9]]]), [3, 4, 1])),
    measure: { points: [0, 1, 2], weight: 1 },
  },
  {
    name: "Mixture of Normals",
    make: mixture,
    parameters: [0.7, -0.4, -2, 1.5, 0.6, 1.1],
    // Variables of one vector share the component: wide ones are equal to single ones only with one component.
    wide: () => new Mixture(tf.zeros([3, 1]), new Normal(tf.fill([3, 1, 4], 0.3), tf.fill([4], 0.7))),
    measure: grid,
  },
];

describe.each(everyDistribution)("$name", ({ make: from, parameters, wide: makeWide, measure }) => {
  const { points, weight } = measure;
  const make = (values: number[]) => from(tf.tensor1d(values));
  const x = () => tf.tensor2d(points, [points.length, 1]);

  it("integrates to 1", () => {
    const total = make(parameters).logProb(x()).exp().sum().mul(weight);
    expectClose(total, 1, { absolute: 1e-4 });
  });

  it("has the entropy of its own density", () => {
    const logProb = make(parameters).logProb(x());
    const entropy = logProb.exp().mul(logProb.maximum(-200)).sum().mul(-weight);
    const own = make(parameters).entropy?.();
    if (own !== undefined) expectClose(own, entropy, { absolute: 1e-4 });
  });

  it("samples what its density says: mean and mean square", () => {
    const draws = make(parameters).sample(new Random(1), 40_000).dataSync();
    const p = make(parameters).logProb(x()).exp().dataSync();
    for (const power of [1, 2]) {
      const exact = points.reduce((sum, point, i) => sum + point ** power * (p[i] as number) * weight, 0);
      expectMean(
        Float64Array.from(draws, v => v ** power),
        exact,
      );
    }
  });

  it("has the gradient of its finite differences", () => {
    const at = points[Math.floor(points.length / 2)] as number;
    const x = tf.tensor2d([at + 0.3 * (points.length > 3 ? 1 : 0)], [1, 1]);
    const f = (values: tf.Tensor) => from(values).logProb(x).asScalar();
    const gradient = tf.grad(f)(tf.tensor1d(parameters)).dataSync();
    const h = 1e-2 * Math.min(...parameters.map(Math.abs));
    parameters.forEach((value, i) => {
      const moved = (delta: number) =>
        f(tf.tensor1d(parameters.map((p, j) => (j === i ? value + delta : p)))).dataSync()[0] as number;
      expectClose(gradient[i] as number, (moved(h) - moved(-h)) / (2 * h), { relative: 2e-2, absolute: 2e-2 });
    });
  });

  it("sums its log-probability over the last axis and keeps the batch", () => {
    const wide = makeWide();
    const single = wide instanceof Mixture ? new Normal([0.3], [0.7]) : make(parameters);
    const one = single.logProb(tf.tensor2d([[1]])).dataSync()[0] as number;
    expectClose(wide.logProb(tf.ones([3, 4])), [4 * one, 4 * one, 4 * one], { relative: 1e-5 });
    expect(wide.sample(new Random(1)).shape).toEqual([3, 4]);
    expect(wide.sample(new Random(1), 5).shape).toEqual([5, 3, 4]);
    expect(wide.logProb(wide.sample(new Random(1), 5)).shape).toEqual([5, 3]);
  });

  it("refuses an x whose last axis is not its own, and zero samples", () => {
    expect(() => make(parameters).logProb(tf.ones([2, 3]))).toThrow(
      /logProb: the last axis of x must have 1 entries, but got shape \[2,3\]/,
    );
    expect(() => make(parameters).sample(new Random(1), 0)).toThrow(/samples must be a positive integer, but got 0/);
  });
});

describe("Normal", () => {
  it("agrees with reference values of scipy.stats.norm.logpdf", () => {
    // scipy 1.14: norm.logpdf([0, 1.5, -3], loc=[0, 1, 2], scale=[1, 0.5, 3])
    const reference = [-0.9189385332046727, -0.7257913526447274, -3.406439710761671];
    const logProb = new Normal([[0], [1], [2]], [[1], [0.5], [3]]).logProb(tf.tensor2d([[0], [1.5], [-3]]));
    expectClose(logProb, reference, { relative: 1e-6 });
  });

  it("has an entropy for each of its batch, where only one parameter has the batch", () => {
    const each = 0.5 * Math.log(2 * Math.PI * Math.E * 4); // σ = 2
    for (const p of [new Normal(tf.zeros([3, 2]), [2, 2]), new Normal([0, 0], tf.fill([3, 2], 2))]) {
      expectClose(p.entropy(), [2 * each, 2 * each, 2 * each], { relative: 1e-6 });
    }
  });

  it("may have a density above 1", () => {
    expectClose(new Normal([0], [0.1]).logProb(tf.tensor1d([0])).exp(), 3.989422804, { relative: 1e-5 });
  });

  it("is differentiable through its samples in mean and std", () => {
    const noise = new Random(3).normal([5, 1]);
    const [gm, gs] = tf.grads((m: tf.Tensor, s: tf.Tensor) => new Normal(m, s).sample(new Random(3), 5).sum())([
      tf.tensor1d([2]),
      tf.tensor1d([0.5]),
    ]) as [tf.Tensor, tf.Tensor];
    expectClose(gm, 5, { absolute: 1e-6 });
    expectClose(gs, noise.sum(), { absolute: 1e-5 });
  });

  it.each([0, -1, Number.NaN])("refuses the standard deviation %s", std => {
    expect(() => new Normal([0, 0], [1, std])).toThrow(/Normal: std must be positive, but got/);
  });

  it("refuses shapes that do not broadcast", () => {
    expect(() => new Normal([0, 0], [1, 1, 1])).toThrow(/mean \[2\] and std \[3\]/);
  });
});

describe("Bernoulli", () => {
  it("stays finite at extreme logits", () => {
    const logProb = new Bernoulli([[200], [-200], [200]]).logProb(tf.tensor2d([[1], [1], [0]]));
    expectClose(logProb, [0, -200, -200], { absolute: 1e-4 });
  });

  it("refuses to draw from logits of NaN, which would all be 0", () => {
    const lost = new Bernoulli<"x">([Number.NaN, 1]);
    expect(() => lost.sample(new Random(1), 3)).toThrow("Bernoulli.sample: logits must be numbers, but got NaN");
    const compiled = compile((logits: tf.Tensor, random: Random) => new Bernoulli<"x">(logits).sample(random, 2), {
      otherwise: "throw",
    });
    expect(compiled(tf.tensor1d([0, 1]), new Random(1)).shape).toEqual([2, 2]);
    expect(() => compiled(tf.tensor1d([0, Number.NaN]), new Random(1))).toThrow("but got NaN");
    compiled.dispose();
  });

  it("refuses pixels from 0 to 255", () => {
    expect(() => new Bernoulli([0]).logProb(tf.tensor1d([255]))).toThrow(
      /x must lie in \[0, 1\], but got 255; divide pixels by 255/,
    );
  });
});

describe("Categorical", () => {
  it("is normalised, whatever the logits sum to, and finite at extreme ones", () => {
    const categorical = new Categorical([[1000, 0, -1000]]);
    expectClose(categorical.probabilities, [1, 0, 0], { absolute: 1e-6 });
    expectClose(categorical.logProb(tf.tensor2d([[0], [1], [2]])), [0, -1000, -2000], { relative: 1e-6 });
  });

  it("draws as often as it says: chi-square of 20,000 draws from 6 values", () => {
    const probabilities = [0.05, 0.3, 0.1, 0.25, 0.02, 0.28];
    const draws = new Categorical([probabilities.map(Math.log)]).sample(new Random(8), 20_000).dataSync();
    const statistic = probabilities.reduce((sum, p, k) => {
      const count = draws.filter(value => value === k).length;
      return sum + (count - 20_000 * p) ** 2 / (20_000 * p);
    }, 0);
    expect(draws.every(value => Number.isInteger(value) && value >= 0 && value < 6)).toBe(true);
    expect(statistic).toBeGreaterThan(0.2); // chi-square with 5 degrees of freedom: 0.1 % on either side
    expect(statistic).toBeLessThan(20.5);
  });

  it("has the entropy of each vector of a batch: Σ log K, of values that are alike", () => {
    const alike = [
      [0, -Infinity, -Infinity],
      [0, 0, -Infinity],
      [0, 0, 0],
    ];
    const logits = tf.tensor([
      [
        [alike[2], alike[1]],
        [alike[0], alike[1]],
        [alike[2], alike[2]],
      ],
    ] as never);
    expect(logits.shape).toEqual([1, 3, 2, 3]);
    const expected = [Math.log(6), Math.LN2, Math.log(9)];
    expectClose(new Categorical(logits).entropy(), expected, { relative: 1e-6 });
  });

  it("has a log-probability of each vector of a batch, which may be of none", () => {
    const two = new Categorical(tf.zeros([2, 1, 3, 4]));
    expect(two.logProb(tf.zeros([0, 3])).shape).toEqual([2, 0]);
    expect(two.logProb(tf.zeros([5, 3])).shape).toEqual([2, 5]);
  });

  it("draws variables of a vector independently, each from its own row", () => {
    const draws = new Categorical([
      [0, -1e4],
      [-1e4, 0],
    ]).sample(new Random(1), 50);
    expect(draws.shape).toEqual([50, 2]);
    expectClose(draws.mean(0), [0, 1], { absolute: 1e-6 });
  });

  it("refuses to draw from logits of NaN, which would all be 0", () => {
    const lost = new Categorical<"x">([[Number.NaN, 1]]);
    expect(() => lost.sample(new Random(1))).toThrow("Categorical.sample: logits must be numbers, but got NaN");
    const mixture = new Mixture<"x">([0, Number.NaN], new Normal([[0], [1]], [[1], [1]]));
    expect(() => mixture.sample(new Random(1))).toThrow("Mixture.sample: logits must be numbers, but got NaN");
  });

  it("refuses logits without an axis of values, and an x that is none of them", () => {
    expect(() => new Categorical([0, 0])).toThrow(/must be \[...batch, d, K\], but got shape \[2\]/);
    for (const x of [3, -1, 0.5]) {
      expect(() => new Categorical([[0, 0, 0]]).logProb(tf.tensor1d([x]))).toThrow(/integers from 0 to 2, but got/);
    }
  });
});

describe("Logistic", () => {
  it("draws around its mean, with a standard deviation of π s / √3 and half of the draws within s log 3", () => {
    const draws = new Logistic([3], [0.5]).sample(new Random(4), 20_000).dataSync();
    expectMean(draws, 3);
    expectMean(
      draws.map(x => (x - 3) ** 2),
      (Math.PI * 0.5) ** 2 / 3,
    );
    expectMean(
      draws.map(x => Number(Math.abs(x - 3) < 0.5 * Math.log(3))),
      0.5,
    );
  });
});

describe("Mixture", () => {
  const twin = new GaussianMixture({ weights: [0.25, 0.75], means: [-2, 1], stds: [0.5, 1.5] });
  const two = new Mixture([Math.log(0.25), Math.log(0.75)], new Normal([[-2], [1]], [[0.5], [1.5]]));

  it("agrees with its float64 twin, also where every component underflows", () => {
    const x = [-60, -2, 0, 3, 100];
    const column = tf.tensor2d(x, [x.length, 1]);
    expectClose(
      two.logProb(column),
      x.map(value => twin.logProb(value)),
      { relative: 1e-5, absolute: 1e-5 },
    );
    expectClose(
      two.responsibilities(column),
      x.flatMap(value => twin.responsibilities(value)),
      { absolute: 1e-5 },
    );
  });

  it("keeps the variables of one draw in one component", () => {
    const far = new Mixture(
      [0, 0],
      new Normal(
        [
          [-50, -50],
          [50, 50],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    );
    const draws = far.sample(new Random(2), 200).arraySync() as [number, number][];
    expect(draws.every(([a, b]) => Math.sign(a) === Math.sign(b))).toBe(true);
    expect(draws.some(([a]) => a > 0) && draws.some(([a]) => a < 0)).toBe(true);
  });

  it("takes other families and batches: independent bits", () => {
    const bernoulli = new Mixture(
      tf.zeros([2]),
      new Bernoulli(
        tf.tensor2d([
          [3, 3],
          [-3, -3],
        ]),
      ),
    );
    const x = tf.tensor2d([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expectClose(bernoulli.logProb(x).exp().sum(), 1, { absolute: 1e-5 });
  });

  it("draws each member of a batch by its own weights, or all by the same", () => {
    const components = new Normal(
      [
        [[0], [10]],
        [[20], [30]],
      ] as never,
      [0.1],
    );
    const sure = (k: number) => [0, 1].map(j => (j === k ? 0 : -Infinity));
    const means = (logits: number[][] | number[]) =>
      new Mixture(logits, components).sample(new Random(1), 20).mean(0).flatten();
    expectClose(means([sure(1), sure(0)]), [10, 20], { absolute: 0.2 });
    expectClose(means([sure(1)]), [10, 30], { absolute: 0.2 });
    expectClose(means(sure(1)), [10, 30], { absolute: 0.2 });
    // A batch of the weights along an axis that comes behind others of the components.
    const deeper = new Normal(tf.stack([components.mean, components.mean.add(100)]), [0.1]);
    const draws = new Mixture([sure(1), sure(0)], deeper).sample(new Random(1), 20);
    expectClose(draws.mean(0).flatten(), [10, 20, 110, 120], { absolute: 0.2 });
  });

  it("keeps axes of one entry in its batch", () => {
    const p = new Mixture([0, 0], new Normal(tf.zeros([2, 1, 2, 1]), [1]));
    expectClose(p.logProb(tf.zeros([2, 1, 1])), [-0.91893853, -0.91893853], { relative: 1e-6 });
    expect(p.logProb(tf.zeros([2, 1, 1])).shape).toEqual([2, 1]);
  });

  it("refuses components that are not as many as the weights", () => {
    expect(() => new Mixture([0, 0, 0], new Normal([[0], [1]], [[1], [1]]))).toThrow(
      /as many members as logits, but got shape \[2,1\] and logits \[3\]/,
    );
  });
});
