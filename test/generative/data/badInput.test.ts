import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  Batches,
  binarise,
  formatIdx,
  ImageSet,
  parseIdx,
  sampleToy,
  threshold,
} from "../../../src/generative/data/index.ts";
import { twoMoons } from "../../../src/generative/exact/index.ts";
import { type BadInput, unrefused } from "../../support/corrupted.ts";

beforeAll(() => chooseBackend());

const set = new ImageSet(2, 2, Uint8Array.of(0, 9, 255, 3, 7, 8, 9, 1), Uint8Array.of(3, 4));
const random = () => new Random(1);
const values = Uint8Array.of(1, 2);
const nothing = { only: "bad" } as const;

const calls: BadInput[] = [
  ["Batches", (s: never) => new Batches(s, { batchSize: 1, random: random() }), [{}], nothing],
  ["Batches", (batchSize: number) => new Batches(set, { batchSize, random: random() }), [1]],
  ["Batches", (o: never) => new Batches(set, o), [{ batchSize: 1, random: { uniform: null } }], nothing],
  ["Batches", (step: number) => new Batches(set, { batchSize: 1, random: random() }).at(step), [1]],
  ["binarise", (s: never) => binarise(s, random()), [{}], nothing],
  ["binarise", (r: never) => binarise(set, r), [{}], nothing],
  ["threshold", (s: never) => threshold(s), [{}], nothing],
  ["threshold", (level: number) => threshold(set, level), [0.5], { except: /undefined/ }],
  ["formatIdx", (shape: number[]) => formatIdx({ shape, values }), [[1, 2]]],
  ["formatIdx", (array: never) => formatIdx(array), [{}], nothing],
  ["parseIdx", (bytes: never) => parseIdx(bytes), [[0, 0, 8, 1]], nothing],
  ["ImageSet", (h: number, w: number) => new ImageSet(h, w, values, Uint8Array.of(0)), [1, 2]],
  ["ImageSet", (pixels: never) => new ImageSet(1, 1, pixels, Uint8Array.of(0)), [[0]], nothing],
  ["ImageSet", (from: number, to: number) => set.images(from, to), [0, 1], { except: /undefined/ }],
  ["ImageSet", (indices: number[]) => set.select(indices), [[0, 1]]],
  ["ImageSet", (label: number) => set.ofClass(label), [3]],
  ["ImageSet", (factor: number) => set.shrunk(factor), [2]],
  ["sampleToy", (density: never) => sampleToy(density, random(), 2), [{}], nothing],
  ["sampleToy", (r: never) => sampleToy(twoMoons, r, 2), [{}], nothing],
  ["sampleToy", (n: number) => sampleToy(twoMoons, random(), n), [2]],
];

describe("bad input", () => {
  it.each(calls)("%s says in one line what it does not take", (...call) => expect(unrefused(call)).toEqual([]));

  it("leaves what was asked for", () => {
    expect(set.ofClass(4).count).toBe(1);
    expect(set.ofClass(9).count).toBe(0);
    expect(set.images(0, 1)).toBeInstanceOf(tf.Tensor);
  });
});
