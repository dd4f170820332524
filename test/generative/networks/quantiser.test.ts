import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Codebook,
  lookUp,
  movingTally,
  nearestCode,
  restartDead,
  straightThrough,
  tally,
} from "../../../src/generative/networks/index.ts";
import { codebookLoss, commitmentLoss } from "../../../src/generative/objectives/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

const { quantiser, kmeans } = fixture("beyondTheVae");
const z = () => tf.tensor2d(quantiser.z);
const vectors = () => tf.tensor2d(quantiser.vectors);
const tolerance = { absolute: 1e-5, relative: 1e-5 };

/** Gradients at z and at the vectors of a loss of z and its codes, [12, 3] each. */
function gradients(loss: (z: tf.Tensor, e: tf.Tensor) => tf.Tensor): tf.Tensor[] {
  return tf.grads((z, vectors) =>
    loss(z as tf.Tensor, lookUp(nearestCode(z as tf.Tensor, vectors as tf.Tensor), vectors as tf.Tensor)).sum(),
  )([z(), vectors()]);
}

/** The losses sum over the last two axes: one image of twelve places. */
const asImage = (loss: typeof codebookLoss) => (z: tf.Tensor, e: tf.Tensor) => loss(z.expandDims(0), e.expandDims(0));

describe("nearestCode", () => {
  it.each([1e-37, 1e-30, 1e-20, 1e20, 1e30, 3e37])("is the same in units of %d, where squares leave float32", c => {
    const codes = [0, 1, 2, 4, -3, 8];
    const near = [1.9, 0.9, -2.5, 7, 0.1, 3.2];
    for (const repeated of [1, 3000]) {
      const z = Array.from({ length: repeated }, () => near.map(value => [value * c, 0])).flat();
      const found = Array.from(nearestCode(tf.tensor2d(z), tf.tensor2d(codes.map(code => [code * c, 0]))).dataSync());
      expect(found.slice(-6)).toEqual([2, 1, 4, 5, 0, 3]);
    }
  });

  it("chooses the codes that scikit-learn chooses, in any leading shape", () => {
    expectClose(nearestCode(z(), vectors()), quantiser.codes, {});
    const cube = nearestCode(z().reshape([3, 2, 2, 3]), vectors());
    expect(cube.shape).toEqual([3, 2, 2]);
    expectClose(cube, quantiser.codes, {});
  });

  it.each([1, 2, 8, 9, 20])("chooses what a loop in float64 chooses, of %i columns", d => {
    const [rows, codes] = [tf.randomNormal([30, d], 0, 1, "float32", 3), tf.randomNormal([7, d], 0, 1, "float32", 4)];
    const e = codes.arraySync() as number[][];
    const expected = (rows.arraySync() as number[][]).map(z => {
      const squares = e.map(code => z.reduce((sum, value, i) => sum + (value - (code[i] as number)) ** 2, 0));
      return squares.indexOf(Math.min(...squares));
    });
    expect(nearestCode(rows, codes).arraySync()).toEqual(expected);
  });

  it("takes the lower number of two that are equally near", () => {
    expectClose(
      nearestCode(
        tf.tensor2d([[0, 0]]),
        tf.tensor2d([
          [1, 0],
          [-1, 0],
          [0, 2],
        ]),
      ),
      [0],
      {},
    );
  });

  /** By float64, on the float32 numbers that it is given. */
  const exactly = (z: number[][], e: number[][]) =>
    z.map(row => {
      const distances = e.map(code =>
        code.reduce((sum, v, i) => sum + (Math.fround(v) - Math.fround(row[i] as number)) ** 2, 0),
      );
      return distances.indexOf(Math.min(...distances));
    });

  it.each([
    [[[1000.04]], [[1000], [1000.05]]],
    [
      [[-0.2, 1e6]],
      [
        [0, 1e6],
        [-0.3, 1e6],
      ],
    ],
    [[[1000.04]], [[0], [1000], [1000.05], [-5000]]],
    [
      [[1000.001], [1000.011], [1000.019]],
      [[1000], [-5000], [1000.01], [1000.02]],
    ],
    [[[1e-20]], [[0], [3e-20], [1]]],
    [
      [[7, 7]],
      [
        [7, 8],
        [7, 6],
        [7, 7],
        [7, 7],
      ],
    ],
  ])("tells codes apart beside a large offset: %j among %j", (z, e) => {
    expectClose(nearestCode(tf.tensor2d(z), tf.tensor2d(e)), exactly(z, e), {});
  });

  it.each([0, 1e3, 1e6])("with many codes, too, offset %d: the products are those about the middle", offset => {
    const z = (new Random(1).normal([700, 3]).add(offset) as tf.Tensor2D).arraySync();
    const e = (new Random(2).normal([60, 3]).add(offset) as tf.Tensor2D).arraySync();
    const far = Array.from(nearestCode(tf.tensor2d(z), tf.tensor2d(e)).dataSync());
    const distance = (n: number, k: number) =>
      (e[k] as number[]).reduce((sum, v, i) => sum + (v - (z[n]?.[i] as number)) ** 2, 0);
    exactly(z, e).forEach((k, n) => {
      expect(distance(n, far[n] as number) - distance(n, k)).toBeLessThan(3e-5);
    });
  });

  it.each([
    [0.9e-14, 0],
    [1.1e-14, 0],
    [0.9e16, 0],
    [1.1e16, 0],
    [1e-30, 0],
    [1e30, 0],
    [1, 3],
    [1, 30],
  ])("is right on both sides of where numbers are ordinary: %d in size, %d from 0", (size, offset) => {
    const z = new Random(1).normal([700, 12]).add(offset).mul(size) as tf.Tensor2D;
    const e = new Random(2).normal([60, 12]).add(offset).mul(size) as tf.Tensor2D;
    const [ofZ, ofE] = [z.arraySync(), e.arraySync()];
    const expected = exactly(ofZ, ofE);
    const square = (n: number, k: number) =>
      (ofE[k] as number[]).reduce((sum, v, i) => sum + ((v - (ofZ[n]?.[i] as number)) / size) ** 2, 0);
    for (const nearest of [nearestCode, compile(nearestCode, { otherwise: "throw" })]) {
      nearest(z, e)
        .dataSync()
        .forEach((k, n) => {
          expect(square(n, k) - square(n, expected[n] as number)).toBeLessThan(3e-5);
        });
    }
  });

  it("is the same compiled as not, for few differences and many", () => {
    for (const [n, K, d] of [
      [40, 7, 2],
      [40, 7, 9],
      [900, 30, 3],
    ] as const) {
      const [z, e] = [new Random(1).normal([n, d]), new Random(2).normal([K, d])];
      const compiled = compile(nearestCode, { otherwise: "throw" });
      expect(compiled(z, e).arraySync()).toEqual(nearestCode(z, e).arraySync());
    }
  });

  it("of nothing is nothing, and of rows without columns the first", () => {
    expect(nearestCode(tf.zeros([0, 3]), tf.ones([2, 3])).shape).toEqual([0]);
    expect(nearestCode(tf.zeros([4, 0]), tf.ones([2, 0])).arraySync()).toEqual([0, 0, 0, 0]);
  });

  it("takes the lower number of two equal codes among many", () => {
    const e = new Random(2).normal([40, 8]);
    const codes = nearestCode(tf.concat([e, e]), tf.concat([e, e]));
    expectClose(codes, [...Array(40).keys(), ...Array(40).keys()], {});
  });

  it("refuses NaN, shapes that differ, and a decay that is no share", () => {
    expect(() => nearestCode(tf.tensor2d([[Number.NaN]]), tf.zeros([2, 1]))).toThrow("z must be numbers, but got NaN");
    expect(() => nearestCode(tf.zeros([1, 1]), tf.tensor2d([[0], [Number.NaN]]))).toThrow("vectors must be numbers");
    expect(() => straightThrough(tf.zeros([2]), tf.zeros([3]))).toThrow("the same shape, but got [2] and [3]");
    const book = new Codebook(new Random(1), 2, 2);
    const options = { decay: 0.9, restartBelow: 0 };
    const update = (z: tf.Tensor, other = {}) => book.update(z, tf.zeros([3]), new Random(1), { ...options, ...other });
    expect(() => update(tf.zeros([3, 3]))).toThrow("z must be [n, 2] and codes [n], but got [3,3] and [3]");
    expect(() => update(tf.zeros([3, 2]), { decay: 1.5 })).toThrow("decay must be from 0 to 1, but got 1.5");
    expect(() => update(tf.zeros([3, 2]), { restartBelow: Number.NaN })).toThrow("restartBelow must be at least 0");
    expect(() => new Codebook(new Random(1), 2, 0)).toThrow("dimension must be a positive integer");
  });

  it("says what is wrong with vectors of another length", () => {
    expect(() => nearestCode(z(), tf.zeros([5, 2]))).toThrow(
      "z must be [..., d] and vectors [K, d], but got [12,3] and [5,2]",
    );
  });
});

describe("straightThrough", () => {
  it("has the code as its value, and the gradients that torch gets by detaching", () => {
    const e = lookUp(nearestCode(z(), vectors()), vectors());
    expectClose(straightThrough(z(), e), e, {});
    const target = tf.tensor2d(quantiser.target);
    const [toZ, toE] = gradients((z, e) => straightThrough(z, e).sub(target).square());
    expectClose(toZ as tf.Tensor, quantiser.straightThrough[0].flat(), tolerance);
    expectClose(toE as tf.Tensor, quantiser.straightThrough[1].flat(), tolerance);
    expect(Math.max(...(toE as tf.Tensor).abs().dataSync())).toBe(0);
  });

  it("is not the derivative of the staircase, which is 0 by finite differences", () => {
    const rounded = (z: tf.Tensor) => lookUp(nearestCode(z, vectors()), vectors()).square();
    expectClose(rounded(z().add(1e-4)).sub(rounded(z().sub(1e-4))), new Array(36).fill(0), {});
  });
});

describe("the terms of the codebook", () => {
  it("sum over the last two axes, whatever stands before them", () => {
    const z = tf.range(0, 48).reshape([2, 3, 2, 4]);
    for (const loss of [codebookLoss, commitmentLoss]) {
      // In each place of [2, 3], 2 · 4 differences of its own number.
      const e = z.sub(tf.range(0, 6).reshape([2, 3, 1, 1]));
      expect(loss(z, e).shape).toEqual([2, 3]);
      expectClose(
        loss(z, e),
        [0, 1, 2, 3, 4, 5].map(k => 8 * k * k),
        { relative: 1e-6 },
      );
      expectClose(loss(tf.ones([2, 3]), tf.zeros([2, 3])), [6], {});
      expect(() => loss(tf.ones([3]), tf.ones([3]))).toThrow("must both be [batch, places, d], but got [3] and [3]");
    }
  });

  it("move only the codes, and only the vectors, as torch has it", () => {
    for (const [loss, name] of [
      [codebookLoss, "codebook"],
      [commitmentLoss, "commitment"],
    ] as const) {
      const [toZ, toE] = gradients(asImage(loss));
      expectClose(toZ as tf.Tensor, quantiser[name][0].flat(), tolerance);
      expectClose(toE as tf.Tensor, quantiser[name][1].flat(), tolerance);
    }
    const untouched = (gradient: tf.Tensor | undefined) => Math.max(...(gradient as tf.Tensor).abs().dataSync());
    expect(untouched(gradients(asImage(codebookLoss))[0])).toBe(0);
    expect(untouched(gradients(asImage(commitmentLoss))[1])).toBe(0);
  });

  it("have the gradients of finite differences, where what is stopped is held fixed", () => {
    const e = lookUp(nearestCode(z(), vectors()), vectors());
    const direction = new Random(5).normal([12, 3]);
    const distance = (z: tf.Tensor, e: tf.Tensor) => z.sub(e).square().sum().dataSync()[0] as number;
    const [h, at] = [0.01, z()];
    const slope = (distance(at.add(direction.mul(h)), e) - distance(at.sub(direction.mul(h)), e)) / (2 * h);
    const [toZ] = gradients(asImage(commitmentLoss));
    expectClose((toZ as tf.Tensor).mul(direction).sum(), slope, { relative: 1e-3 });
  });
});

describe("the moving codebook", () => {
  const points = () => tf.tensor2d(kmeans.points);
  const start = () => tf.tensor2d(kmeans.start);
  const batch = () => tally(points(), nearestCode(points(), start()), 4);

  it("with decay 0 takes the step of Lloyd's algorithm that scikit-learn takes", () => {
    const { counts, sums } = movingTally({ counts: tf.ones([4]), sums: start() }, batch(), 0);
    expectClose(sums.div(counts.expandDims(1)), kmeans.step.flat(), tolerance);
  });

  it("mixes counts and sums as torch does", () => {
    const before = { counts: tf.tensor1d(kmeans.counts), sums: tf.tensor2d(kmeans.sums) };
    const { counts, sums } = movingTally(before, batch(), 0.9);
    expectClose(counts, kmeans.movingCounts, tolerance);
    expectClose(sums, kmeans.movingSums.flat(), tolerance);
  });

  it("leaves where it was a code that nobody chose", () => {
    const none = { counts: tf.zeros([4]), sums: tf.zeros([4, 2]) };
    const { counts, sums } = movingTally(
      { counts: tf.tensor1d(kmeans.counts), sums: tf.tensor2d(kmeans.sums) },
      none,
      0.9,
    );
    expectClose(sums.div(counts.expandDims(1)), kmeans.start.flat(), tolerance);
  });

  it("restarts the dead and no others", () => {
    const candidates = tf.tensor2d([
      [9, 9],
      [8, 8],
      [7, 7],
    ]);
    const { counts, sums } = restartDead(
      {
        counts: tf.tensor1d([5, 0.1, 2]),
        sums: tf.tensor2d([
          [5, 0],
          [1, 1],
          [2, 4],
        ]),
      },
      candidates,
      0.5,
      3,
    );
    expectClose(counts, [5, 3, 2], {});
    expectClose(sums.div(counts.expandDims(1)), [1, 0, 8, 8, 1, 2], tolerance);
  });

  it("comes to use every code where dead ones are restarted, and few where not", () => {
    const used = (restartBelow: number) => {
      const random = new Random(2);
      const codebook = new Codebook(random, 12, 2);
      codebook.sums.assign(random.normal([12, 2]).mul(0.1).add(20) as tf.Tensor2D);
      const z = random.normal([300, 2]);
      for (let i = 0; i < 40; i++) codebook.update(z, codebook.nearest(z), random, { decay: 0.8, restartBelow });
      return new Set(codebook.nearest(z).dataSync()).size;
    };
    expect(used(0.1)).toBe(12);
    expect(used(0)).toBeLessThan(6);
  });

  it("restarts the codes that were chosen by less than that part of a fair share, with the count of one", () => {
    const codebook = new Codebook(new Random(1), 4, 1);
    const codes = [4, 6, 10, 20].flatMap((count, k) => Array<number>(count).fill(k)); // a fair share is 10
    const z = tf.tensor2d(codes.map((code, i) => [100 * code + i / 64]));
    codebook.update(z, tf.tensor1d(codes, "int32"), new Random(2), { decay: 0, restartBelow: 0.5 });
    expectClose(codebook.counts, [10, 6, 10, 20], {});
    const [first, ...others] = codebook.vectors.dataSync();
    expectClose(others, [100 + 6.5 / 64, 200 + 14.5 / 64, 300 + 29.5 / 64], tolerance);
    expect(Math.min(...z.dataSync().map(value => Math.abs(value - (first as number))))).toBeLessThan(1e-4);
  });

  it("never rises in squared error with decay 0 on one batch, as k-means does not", () => {
    const random = new Random(4);
    const z = random.normal([200, 2]);
    const codebook = new Codebook(random, 6, 2);
    const errors = Array.from({ length: 8 }, () => {
      const codes = codebook.nearest(z);
      const error = z.sub(codebook.lookUp(codes)).square().sum().dataSync()[0] as number;
      codebook.update(z, codes, random, { decay: 0, restartBelow: 1e-9 });
      return error;
    });
    for (const [i, error] of errors.slice(1).entries()) expect(error).toBeLessThanOrEqual((errors[i] as number) + 1e-3);
    expect(errors.at(-1)).toBeLessThan(0.9 * (errors[0] as number));
  });

  it("wants two codes at least", () => {
    expect(() => new Codebook(new Random(1), 1, 2)).toThrow("K must be an integer of at least 2, but got 1");
  });
});
