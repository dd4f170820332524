import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  kl,
  lowerTriangular,
  MultivariateNormal,
  Normal,
  type Reparameterised,
  TransformedDistribution,
} from "../../../src/generative/distributions/index.ts";
import { forwardSubstitution } from "../../../src/generative/distributions/triangular.ts";
import { AdditiveCoupling, AffineCoupling, Composition } from "../../../src/generative/flows/index.ts";
import { bending } from "../../support/bending.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const reference = fixture("variational");
const { q, p, std, x } = reference.triangular;
const mean = [0.3, -0.5];
const scale = [
  [0.8, 0],
  [0.6, 0.4],
];

/** z₁ is scaled by what z₂ says, with a context c of one number for each member of the batch: (c, z₁, z₂). */
const scaling = new AffineCoupling(new Random(1), {
  mask: [1, 0, 1],
  network: () => ({
    parameters: {},
    apply: h => {
      const [c, , second] = tf.split(h, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const first = c.mul(second).mul([0, 1, 0]);
      return [first, first.mul(0.5)];
    },
  }),
});
const context = (value: number, batch: number) => (batch === 1 ? tf.tensor1d([value]) : tf.fill([batch, 1], value));

type Member = Reparameterised & { entropy?(): tf.Tensor; shape: readonly number[] };

const everyTriangular: { name: string; make: (batch?: number) => Member }[] = [
  { name: "Normal", make: (batch = 1) => new Normal(repeated(mean, batch), [0.8, 0.4]) },
  { name: "MultivariateNormal", make: (batch = 1) => new MultivariateNormal(repeated(mean, batch), scale) },
  {
    name: "TransformedDistribution, one coupling",
    make: (batch = 1) => {
      const base = new MultivariateNormal(repeated(mean, batch), scale);
      const bent = new TransformedDistribution(bending, base, context(0.5, batch));
      return Object.assign(bent, { entropy: () => base.entropy() }); // it keeps volumes
    },
  },
  {
    name: "TransformedDistribution, two couplings",
    make: (batch = 1) =>
      new TransformedDistribution(
        new Composition([bending, scaling]),
        new MultivariateNormal(repeated(mean, batch), scale),
        context(0.4, batch),
      ),
  },
];

function repeated(values: number[], batch: number): tf.Tensor {
  return batch === 1 ? tf.tensor1d(values) : tf.tile(tf.tensor2d([values]), [batch, 1]);
}

describe.each(everyTriangular)("$name", ({ make }) => {
  /** A grid over the plane, and the area of its cells. */
  const axis = Array.from({ length: 161 }, (_, i) => -6 + i * 0.075);
  const plane = () => tf.tensor2d(axis.flatMap(a => axis.map(b => [a, 2 * b + 3])));
  const cell = 0.075 * 0.15;

  it("integrates to 1 over the plane, and has the entropy of its density", () => {
    const logProb = make().logProb(plane());
    expectClose(logProb.exp().sum().mul(cell), 1, { absolute: 1e-4 });
    const entropy = make().entropy?.();
    if (entropy) expectClose(entropy, logProb.exp().mul(logProb).sum().mul(-cell), { absolute: 1e-3 });
  });

  it("samples what its density says: first and second moments", () => {
    const density = make().logProb(plane()).exp().mul(cell).dataSync();
    const [draws, points] = [make().sample(new Random(3), 20_000), plane()].map(t => t.arraySync() as number[][]);
    const powers: ((z: number[]) => number)[] = [
      ([a = 0]) => a,
      ([, b = 0]) => b,
      ([a = 0, b = 0]) => a * b,
      ([a = 0, b = 0]) => a * a * b,
      ([, b = 0]) => b * b,
    ];
    for (const power of powers) {
      const exact = (points ?? []).reduce((sum, z, i) => sum + (density[i] as number) * power(z), 0);
      expectMean((draws ?? []).map(power), exact);
    }
  });

  it("has the density of its own map: log q(T(ε)) = log N(ε) − log |det ∂T/∂ε|, by autodiff", () => {
    const noise = tf.tensor2d([[0.7, -1.2]]);
    const rows = [0, 1].map(i =>
      tf
        .grad(e => make().transform(e).slice([0, i], [1, 1]).asScalar())(noise)
        .dataSync(),
    );
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows;
    const logNoise = -0.5 * (0.7 ** 2 + 1.2 ** 2) - Math.log(2 * Math.PI);
    expectClose(make().logProb(make().transform(noise)), logNoise - Math.log(Math.abs(a * d - b * c)), {
      absolute: 1e-5,
    });
  });

  it("keeps batch and samples apart", () => {
    const batched = make(3);
    expect(batched.shape).toEqual([3, 2]);
    const draws = batched.sample(new Random(1), 5);
    expect(draws.shape).toEqual([5, 3, 2]);
    expect(batched.logProb(draws).shape).toEqual([5, 3]);
    expectClose(batched.logProb(draws).slice([0, 1], [5, 1]), make().logProb(draws.slice([0, 1, 0], [5, 1, 2])), {
      absolute: 1e-5,
    });
  });

  it("has the same gradient compiled as eager", () => {
    const shift = tf.variable(tf.zeros([2]));
    const step = () => {
      const at = tf.tensor2d([[0.4, 1.1]]);
      return tf.grad(z => make().logProb(z).sum())(at.add(shift));
    };
    const compiled = compile(step, { otherwise: "throw" });
    expectClose(compiled(), step(), { absolute: 1e-5 });
    compiled.dispose();
  });
});

describe("MultivariateNormal", () => {
  it("has the log-density and the entropy that torch has", () => {
    const own = new MultivariateNormal(q.mean, q.scale);
    expectClose(own.logProb(tf.tensor2d(x)), reference.triangular.logProb, { relative: 1e-5 });
    expectClose(own.entropy(), reference.triangular.entropy, { relative: 1e-5 });
  });

  it("has the divergences that torch has, to and from a diagonal Gaussian too", () => {
    const [a, b] = [new MultivariateNormal(q.mean, q.scale), new MultivariateNormal(p.mean, p.scale)];
    const diagonal = new Normal(p.mean, std);
    expectClose(kl(a, b), reference.triangular.kl, { relative: 1e-5 });
    expectClose(kl(a, diagonal), reference.triangular.klToDiagonal, { relative: 1e-5 });
    expectClose(kl(diagonal, a), reference.triangular.klFromDiagonal, { relative: 1e-5 });
    expectClose(kl(a, a), 0, { absolute: 1e-6 });
  });

  it("is the diagonal one where its scale is diagonal", () => {
    const own = new MultivariateNormal(mean, [
      [0.8, 0],
      [0, 0.4],
    ]);
    expectClose(own.logProb(tf.tensor1d([1, 2])), new Normal(mean, [0.8, 0.4]).logProb(tf.tensor1d([1, 2])), {
      absolute: 1e-5,
    });
  });

  it("has gradients in one dimension too, those of a Normal", () => {
    const at = tf.tensor1d([0.7]);
    const gradient = (f: (s: tf.Tensor) => tf.Tensor) => tf.grad(s => f(s).sum())(tf.tensor1d([0.4]));
    const [one, other] = [
      gradient(s => new MultivariateNormal([0.2], lowerTriangular(s)).logProb(at)),
      gradient(s => new Normal([0.2], s.exp()).logProb(at)),
    ];
    expectClose(one, other, { absolute: 1e-5 });
  });

  it("broadcasts its mean, its scale and x, and has an entropy for each of its batch", () => {
    const single = new MultivariateNormal(mean, scale);
    const at = tf.tensor1d([1, 2]);
    for (const own of [
      new MultivariateNormal(tf.tensor1d(mean).broadcastTo([4, 5, 2]), scale),
      new MultivariateNormal(mean, tf.tensor2d(scale).broadcastTo([4, 5, 2, 2])),
    ]) {
      expect(own.shape).toEqual([4, 5, 2]);
      const [logProb, entropy] = [own.logProb(at), own.entropy()];
      expect([logProb.shape, entropy.shape]).toEqual([
        [4, 5],
        [4, 5],
      ]);
      expectClose(logProb.flatten(), new Array(20).fill(single.logProb(at).dataSync()[0]), { relative: 1e-6 });
      expectClose(entropy.flatten(), new Array(20).fill(single.entropy().dataSync()[0]), { relative: 1e-6 });
    }
  });

  it("refuses shapes that do not fit", () => {
    const shapes = [
      [[], []],
      [[], [2, 2]],
      [[2], [2]],
      [[2], [2, 3]],
      [[2], [3, 2]],
      [[2], [7, 2, 3]],
    ] as number[][][];
    for (const [m = [], s = []] of shapes) {
      expect(() => new MultivariateNormal(tf.zeros(m), tf.zeros(s))).toThrow(
        `MultivariateNormal: mean must be [...batch, d] and scale [...batch, d, d], but got [${m}] and [${s}]`,
      );
    }
    expect(() => new MultivariateNormal(tf.zeros([3, 2]), tf.eye(2).tile([4, 1]).reshape([4, 2, 2]))).toThrow(
      "MultivariateNormal: mean and scale must have one batch, but got [3,2] and [4,2,2]",
    );
  });

  it("names what is wrong with its arguments", () => {
    expect(() => new MultivariateNormal([0, 0], [[1]])).toThrow(/scale \[...batch, d, d\], but got \[2\] and \[1,1\]/);
    expect(() => new MultivariateNormal([0], [[-1]])).toThrow(/diagonal of scale must be positive, but got -1/);
    const full = [
      [1, 0.5],
      [0.5, 1],
    ];
    expect(() => new MultivariateNormal([0, 0], full)).toThrow(/0 above its diagonal, but got 0.5; pass a Cholesky/);
  });
});

describe("TransformedDistribution", () => {
  it("has the map, and the density by its Jacobian, that torch has", () => {
    const { bend: C, noise, z, logProb } = reference.bent;
    const { mean: m, scale: L } = q;
    // z = μ + L ε + C (ε² − 1) is two couplings after y = μ + L ε: first z₁ bends the others, then z₁ and z₂ the third.
    const less1 = (e: tf.Tensor) => e.square().sub(1);
    const parts = (h: tf.Tensor) => tf.split(h, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const first = (z1: tf.Tensor) => z1.sub(m[0]).div(L[0][0]);
    const second = (z1: tf.Tensor, z2: tf.Tensor) =>
      z2
        .sub(m[1])
        .sub(first(z1).mul(L[1][0]))
        .sub(less1(first(z1)).mul(C[1][0]))
        .div(L[1][1]);
    const coupling = (mask: (0 | 1)[], shift: (h: tf.Tensor) => tf.Tensor) =>
      new AdditiveCoupling(new Random(1), { mask, network: () => ({ parameters: {}, apply: h => [shift(h)] }) });
    const own = new TransformedDistribution(
      new Composition([
        coupling([1, 1, 0], h => less1(second(parts(h)[0], parts(h)[1])).mul([0, 0, -C[2][1]])),
        coupling([1, 0, 0], h => less1(first(parts(h)[0])).mul([0, -C[1][0], -C[2][0]])),
      ]),
      new MultivariateNormal(m, L),
    );
    expectClose(own.transform(tf.tensor2d(noise)), z.flat(), { absolute: 1e-5 });
    expectClose(own.logProb(tf.tensor2d(z)), logProb, { relative: 1e-4 });
  });

  it("has a density for each context, and a gradient in it", () => {
    const base = new MultivariateNormal(tf.tile(tf.tensor2d([mean]), [2, 1]), scale);
    const at = tf.tensor2d([[1, 1]]);
    const both = (c: tf.Tensor) => new TransformedDistribution(bending, base, c).logProb(at.tile([2, 1]));
    const each = [0, 0.7].map(
      c =>
        new TransformedDistribution(bending, new MultivariateNormal(mean, scale), tf.tensor1d([c]))
          .logProb(at)
          .dataSync()[0] as number,
    );
    expectClose(both(tf.tensor2d([[0], [0.7]])), each, { absolute: 1e-5 });
    expectClose(each[0] as number, new MultivariateNormal(mean, scale).logProb(at), { absolute: 1e-5 });
    const gradient = tf
      .grad(c => both(c).sum())(tf.tensor2d([[0.2], [0.7]]))
      .dataSync();
    const value = (c: number) => both(tf.fill([2, 1], c)).dataSync()[0] as number;
    expectClose(gradient[0] as number, (value(0.21) - value(0.19)) / 0.02, { absolute: 5e-3 });
  });

  it("refuses a context of another batch", () => {
    const base = new MultivariateNormal(mean, scale);
    expect(() => new TransformedDistribution(bending, base, tf.zeros([3, 1]))).toThrow(
      /context must be \[...batch, k\] for a base of shape \[2\], but got \[3,1\]/,
    );
    const two = new MultivariateNormal(repeated(mean, 2), scale);
    for (const [other, shape] of [
      [base, [2, 1]],
      [two, [3, 1]],
      [two, [1]],
      [two, [2, 2, 1]],
    ] as const) {
      expect(() => new TransformedDistribution(bending, other, tf.zeros([...shape]))).toThrow(
        `TransformedDistribution: context must be [...batch, k] for a base of shape [${other.shape}], but got [${shape}]`,
      );
    }
  });

  it("names itself where x, or the number of draws, is not what it takes", () => {
    const own = new TransformedDistribution(bending, new MultivariateNormal(mean, scale), tf.zeros([1]));
    expect(() => own.sample(new Random(1), 0)).toThrow(
      "TransformedDistribution.sample: samples must be a positive integer, but got 0",
    );
    expect(() => own.logProb(tf.zeros([3]))).toThrow(
      "TransformedDistribution.logProb: the last axis of x must have 2 entries, but got shape [3]",
    );
  });
});

describe("triangles", () => {
  it("are filled row by row, with exp on the diagonal or without one", () => {
    expectClose(lowerTriangular(tf.tensor1d([0, 2, 0, 3, 4, 0])), [1, 0, 0, 2, 1, 0, 3, 4, 1], { absolute: 1e-6 });
    expect(() => lowerTriangular(tf.tensor1d([1, 2]))).toThrow(/must have 1, 3, 6, 10, … entries/);
    expect(() => lowerTriangular(tf.zeros([4, 0]))).toThrow(/must have 1, 3, 6, 10, … entries/);
  });

  it("are solved row by row, with what is NaN left to be seen", () => {
    const L = tf.tensor2d([
      [2, 0],
      [3, 4],
    ]);
    expectClose(forwardSubstitution(L, tf.tensor1d([2, 11])), [1, 2], { absolute: 1e-6 });
    expect(forwardSubstitution(L, tf.tensor1d([Number.NaN, 1])).arraySync()).toEqual([Number.NaN, Number.NaN]);
    expect(forwardSubstitution(L, tf.tensor1d([2, Infinity])).arraySync()).toEqual([1, Infinity]);
    expectClose(forwardSubstitution(L, tf.tensor1d([2, Infinity]), 1e9), [1, 1e9], { relative: 1e-6 });
  });
});

it("divergences of one family are those of torch", () => {
  const { normal } = reference.kl;
  expectClose(kl(new Normal([1, -0.5], [0.5, 2]), new Normal([0, 0.3], [1, 1.5])), normal, { relative: 1e-5 });
});
