import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { identifyRun } from "../../../src/generative/training/identify.ts";
import { cosine, fit } from "../../../src/generative/training/index.ts";

let folder: string;
let warn: MockInstance;
beforeAll(async () => {
  await chooseBackend();
  folder = await mkdtemp(join(tmpdir(), "lectern-identify-"));
});
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => warn.mockRestore());
afterAll(() => rm(folder, { recursive: true }));

/** What a person may change between two starts of a run; the text of its functions stays what it is. */
const settings = {
  clipNorm: 1,
  seed: 1,
  start: 0.01,
  momentum: 0.5,
  batchSize: 4,
  data: 7,
  steps: 20,
  from: 3,
  adam: false,
};

function setUp({ clipNorm, seed, start, momentum, batchSize, data, steps, from, adam }: typeof settings) {
  const w = tf.variable(tf.fill([2], from));
  return {
    parameters: { w },
    optimizer: adam ? tf.train.adam(0.01) : tf.train.momentum(0.01, momentum),
    learningRate: cosine({ start, end: 0, steps: 20 }),
    batch: (step: number) => new Random(data).child(step).normal([batchSize, 2]),
    loss: (x: tf.Tensor) => w.sub(x).square().mean(),
    clipNorm,
    steps,
    random: new Random(seed),
  };
}

/** Starts a run that is cut off before its first step. */
async function begin(name: string): Promise<string> {
  const checkpoint = join(folder, name.replaceAll(" ", "-"));
  await expect(fit({ ...setUp(settings), checkpoint, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  return checkpoint;
}

it("is another where a schedule of thousands of steps differs at its end only", () => {
  const rates = (last: number) =>
    identifyRun({ ...setUp(settings), steps: 5000, learningRate: step => (step < 4500 ? 0.1 : last) }).learningRate;
  expect(rates(0.01)).toBe(rates(0.01));
  expect(rates(0.01)).not.toBe(rates(0.02));
});

describe("a run that was cut off", () => {
  it("is gone on with where nothing has changed", async () => {
    const checkpoint = await begin("unchanged");
    await fit({ ...setUp(settings), checkpoint });
    expect(existsSync(`${checkpoint}.previous`)).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<typeof settings>, string]>([
    ["schedule", { start: 0.02 }, "learningRate"],
    ["seed", { seed: 2 }, "random"],
    ["constant of the optimizer", { momentum: 0.9 }, "optimizer"],
    ["kind of optimizer", { adam: true }, "optimizer"],
    ["clipping of the gradient", { clipNorm: 2 }, "clipNorm"],
    ["size of the batches", { batchSize: 5 }, "batch"],
    ["data set", { data: 8 }, "batch"],
    ["number of steps", { steps: 21 }, "learningRate, another steps"],
    ["beginning", { from: 4 }, "parameters"],
  ])("is kept aside, with a word on it, where the %s has changed", async (name, change, part) => {
    const checkpoint = await begin(name);
    const history = await fit({ ...setUp({ ...settings, ...change }), checkpoint });
    expect(history.resumedAt).toBe(0);
    expect(existsSync(`${checkpoint}.previous`)).toBe(true);
    expect(warn.mock.calls).toEqual([
      [
        `fit: a checkpoint must be of the same run to go on from it, but got another ${part} than in ${checkpoint}; that is kept as ${checkpoint}.previous, and training begins anew`,
      ],
    ]);
  });
});
