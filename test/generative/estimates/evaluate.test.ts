import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { binarise, ImageSet } from "../../../src/generative/data/index.ts";
import { Bernoulli } from "../../../src/generative/distributions/index.ts";
import {
  type DataSet,
  evaluate,
  importanceSampling,
  type LogEvidenceEstimate,
  priorSampling,
} from "../../../src/generative/estimates/index.ts";
import { VAE } from "../../../src/generative/models/index.ts";
import { elbo, iwae } from "../../../src/generative/objectives/index.ts";
import { expectClose } from "../../support/close.ts";

let warn: MockInstance;
beforeAll(() => chooseBackend());
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => warn.mockRestore());

const images = (count: number, height = 4) =>
  binarise(
    new ImageSet(height, height, new Uint8Array(count * height ** 2).fill(90), new Uint8Array(count)),
    new Random(3),
  );
const vae = () => new VAE(new Random(1), { pixels: 16, hidden: [8], latent: 2 });

/** A function that becomes another with the last data of a set; with so many pixels, those come one by one. */
function changingAtTheEnd(dimension = 1) {
  let factor = 1;
  const data = {
    count: 40,
    dimension,
    images(from: number, to: number) {
      if (to === 40) factor = 2;
      return tf.ones([to - from, 1]);
    },
  };
  return { data, f: (x: tf.Tensor) => x.sum(-1).mul(factor) };
}

describe("evaluate", () => {
  it.each<[string, (model: VAE, x: tf.Tensor, random: Random) => tf.Tensor]>([
    ["elbo", (model, x, random) => elbo(model, model.encoder, x, random)],
    [
      "elbo from joint draws",
      (model, x, random) => elbo(model, model.encoder, x, random, { form: "joint", samples: 4 }),
    ],
    ["iwae", (model, x, random) => iwae(model, model.encoder, x, random, { samples: 6 })],
    ["log p(x|z)", (model, x, random) => model.likelihood.given(model.prior.sample(random, 1)).logProb(x)],
    ["entropy", (model, x) => model.encoder.given(x).entropy()],
  ])("gives the numbers of eager tfjs for %s, whole batches and the rest", async (_, f) => {
    const model = vae();
    const set = images(43);
    let calls = 0;
    const counted = (x: tf.Tensor, random: Random) => {
      calls++;
      return f(model, x, random);
    };
    const [one, two] = [new Random(5), new Random(5)];
    const compiled = await evaluate(counted, set, one, { batchSize: 10 });
    // Two batches, the trace and its repetition, another at the second call, and the rest of three.
    expect(calls).toBe(6);
    const eager = await evaluate(counted, set.images(), two, { batchSize: 10, compiled: false });
    expect(calls).toBe(11);
    expect(compiled.length).toBe(43);
    expectClose(compiled, eager, { relative: 2e-5 });
    expect(one.state).toEqual(two.state);
    expect(warn).not.toHaveBeenCalled();
  });

  it("sees what a compiled step has just learned", async () => {
    const w = tf.variable(tf.scalar(8));
    const optimizer = tf.train.sgd(0.5);
    const step = compile(() => optimizer.minimize(() => w.square().mul(0.5).asScalar(), true, [w]), { optimizer });
    step();
    const values = await evaluate(x => x.mul(w).sum(-1), tf.ones([8, 1]), new Random(1), { batchSize: 2 });
    expect(Array.from(values)).toEqual(Array(8).fill(4));
    step.dispose();
  });

  it("refuses data out of range in a compiled batch as in an eager one", async () => {
    const x = tf.tensor2d(Array.from({ length: 10 }, (_, i) => [0, i === 9 ? 1.5 : 1]));
    const bits = (x: tf.Tensor) => new Bernoulli(tf.zeros([2])).logProb(x);
    for (const compiled of [true, false]) {
      const before = tf.memory().numTensors;
      await expect(evaluate(bits, x, new Random(1), { batchSize: 1, compiled })).rejects.toThrow(
        "Bernoulli.logProb: x must lie in [0, 1], but got 1.5; divide pixels by 255.",
      );
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor, RegExp]>([
    [
      "reads values",
      x => x.sum(-1).mul(x.square().sum().dataSync()[0] as number),
      /dataSync of the result of Sum, shape \[\], at .*evaluate\.test\.ts:\d+:\d+; return the tensor and read it outside; the step runs eagerly/,
    ],
    [
      "makes other constants at every call",
      x => x.sum(-1).add(tf.scalar(Math.random() * 1e-9)),
      /must do the same at every call, but got .* from a constant made at .*evaluate\.test\.ts:\d+:\d+ for Add, .*; the step runs eagerly/,
    ],
  ])("runs eagerly what %s, and says where", async (_, f, message) => {
    const x = new Random(1).normal([12, 3]);
    const values = await evaluate(f, x, new Random(1), { batchSize: 2 });
    expectClose(values, await evaluate(f, x, new Random(1), { batchSize: 2, compiled: false }), {
      relative: 1e-5,
      absolute: 1e-8,
    });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(message)]]);
  });

  it("looks back at the end, and says that what changed under way may have been missed", async () => {
    const { f, data } = changingAtTheEnd();
    await evaluate(f, data, new Random(1), { batchSize: 2 });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^evaluate: .*; results so far may be wrong/)]]);
  });

  it("leaves no tensors behind", async () => {
    const model = vae();
    const set = images(21);
    const f = (x: tf.Tensor, random: Random) => elbo(model, model.encoder, x, random);
    const before = { ...tf.memory() };
    await evaluate(f, set, new Random(1), { batchSize: 4 });
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  it("refuses no data, no batch and anything but one number a datum", async () => {
    const run = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, batchSize?: number) =>
      evaluate(f, x, new Random(1), batchSize === undefined ? {} : { batchSize });
    const sum = (x: tf.Tensor) => x.sum(-1);
    await expect(run(sum, tf.zeros([0, 2]))).rejects.toThrow(/at least one datum, but got shape \[0,2\]/);
    await expect(run(sum, tf.zeros([3]))).rejects.toThrow(/data must be \[n, d\], but got shape \[3\]/);
    await expect(run(sum, tf.zeros([3, 2]), 0)).rejects.toThrow(
      "evaluate: batchSize must be a positive integer, but got 0",
    );
    await expect(run(x => x.sum(0), tf.zeros([3, 2]))).rejects.toThrow("one number a datum, [3], but got shape [2]");
    await expect(run(x => x, tf.zeros([3, 2]))).rejects.toThrow(
      /f must give one number a datum, \[3\], but got shape \[3,2\]/,
    );
  });

  it.each<[string, unknown, unknown, string]>([
    [
      "no rows",
      [],
      (x: tf.Tensor) => x.sum(-1),
      "data must be a tensor [n, d] or a set of images, but got an array of 0; make",
    ],
    [
      "rows",
      [[1, 2]],
      (x: tf.Tensor) => x.sum(-1),
      "data must be a tensor [n, d] or a set of images, but got an array of 1; make",
    ],
    [
      "nothing",
      undefined,
      (x: tf.Tensor) => x.sum(-1),
      "data must be a tensor [n, d] or a set of images, but got undefined",
    ],
    [
      "a number for each batch",
      tf.ones([3, 1]),
      () => 3,
      "f must return a tensor, one number a datum, but got 3; leave",
    ],
    [
      "a promise",
      tf.ones([3, 1]),
      async (x: tf.Tensor) => x.sum(-1),
      "a step must return its result, but got a promise; await",
    ],
  ])("refuses %s in its own words", async (_, data, f, message) => {
    for (const compiled of [true, false]) {
      const running = evaluate(f as never, data as never, new Random(1), { compiled });
      await expect(running).rejects.toThrow(`evaluate: ${message}`);
    }
  });
});

describe("log p(x) of a data set", () => {
  type Options = { samples: number; chunk: number; compiled?: boolean };
  type Estimate = (x: DataSet, random: Random, options: Options) => Promise<LogEvidenceEstimate[]>;
  const model = new VAE(new Random(1), { hidden: [4], latent: 2 });

  it.each<[string, Estimate]>([
    ["importanceSampling", (x, random, options) => importanceSampling(model, model.encoder, x, random, options)],
    ["priorSampling", (x, random, options) => priorSampling(model, x, random, options)],
  ])("is the same compiled and eagerly by %s", async (_, estimate) => {
    // Four million numbers hold 5 images of 784 pixels with 1000 draws each: three batches and a rest of two.
    const set = images(17, 28);
    const options = { samples: 2500, chunk: 1000 };
    const [one, two] = [new Random(6), new Random(6)];
    const compiled = await estimate(set, one, options);
    const eager = await estimate(set.images(), two, { ...options, compiled: false });
    expect(compiled.length).toBe(17);
    for (const key of ["logProb", "standardError", "effectiveSampleSize"] as const) {
      const [a, b] = [compiled, eager].map(list => list.map(each => each[key])) as [number[], number[]];
      expectClose(a, b, { relative: 1e-3 });
    }
    expect(one.state).toEqual(two.state);
    expect(warn).not.toHaveBeenCalled();
  });

  it("may be of a model that changed under way, which is told", async () => {
    const { f, data } = changingAtTheEnd(2 ** 22);
    const changing = { prior: model.prior, likelihood: { given: (z: tf.Tensor) => ({ logProb: logProb(z) }) } };
    const logProb = (z: tf.Tensor) => (x: tf.Tensor) => f(x).add(z.sum(-1).mul(0));
    await priorSampling(changing as never, data, new Random(1), { samples: 2 });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^priorSampling: .*; results so far may be wrong/)]]);
  });

  it("asks for what is missing under its own name", async () => {
    const x = images(2, 28).images();
    const without = importanceSampling as unknown as (...given: unknown[]) => Promise<unknown>;
    await expect(without(model, model.encoder, x, new Random(1))).rejects.toThrow(
      "importanceSampling: samples must be a positive integer, but got undefined; as in { samples: 100 }.",
    );
    await expect(without(model, model.encoder, [1, 2], new Random(1), { samples: 2 })).rejects.toThrow(
      "importanceSampling: x must be a tensor [n, d] or a set of images, but got an array of 2; make",
    );
    await expect(priorSampling(model, tf.zeros([0, 2]), new Random(1), { samples: 2 })).rejects.toThrow(
      "priorSampling: x must have at least one datum, but got shape [0,2]; add some.",
    );
  });
});
