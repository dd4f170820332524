import type * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Batches, type BatchOptions, binarise, ImageSet, threshold } from "../../../src/generative/data/index.ts";

beforeAll(() => chooseBackend());

/** 1 × 3 images of one constant intensity each, with the index as label. */
const set = new ImageSet(
  1,
  3,
  Uint8Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) * 20),
  Uint8Array.from({ length: 10 }, (_, i) => i),
);
const batches = (options: Partial<BatchOptions> = {}) =>
  new Batches(set, { batchSize: 3, random: new Random(1), ...options });
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe("binarisation", () => {
  const greys = 256;
  const draws = 1000;
  const ramp = new ImageSet(
    draws,
    greys,
    Uint8Array.from({ length: draws * greys }, (_, i) => i % greys),
    Uint8Array.of(0),
  );

  it("draws each pixel with its intensity as the probability", () => {
    const ones = new Float64Array(greys);
    const { pixels } = binarise(ramp, new Random(3));
    expect([...new Set(pixels)].sort()).toEqual([0, 255]);
    for (const [i, byte] of pixels.entries()) {
      if (byte === 255) ones[i % greys] = (ones[i % greys] as number) + 1;
    }
    expect([ones[0], ones[255]]).toEqual([0, draws]);
    const scores = Array.from({ length: 254 }, (_, i) => {
      const p = (i + 1) / 255;
      return ((ones[i + 1] as number) / draws - p) / Math.sqrt((p * (1 - p)) / draws);
    });
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4.5);
    const squares = scores.reduce((sum, score) => sum + score ** 2, 0); // χ² with 254 degrees of freedom
    expect(Math.abs(squares - 254) / Math.sqrt(2 * 254)).toBeLessThan(4.5);
  });

  it("is deterministic in its stream", () => {
    expect(binarise(ramp, new Random(3)).pixels).toEqual(binarise(ramp, new Random(3)).pixels);
    expect(binarise(ramp, new Random(4)).pixels).not.toEqual(binarise(ramp, new Random(3)).pixels);
  });

  it("spends one number on a grey pixel, in order, and none on a black or a white one", () => {
    const greys = Uint8Array.of(0, 100, 255, 200, 0, 50, 128);
    const [a, b, c, d] = new Random(5).uniformArray(4) as unknown as [number, number, number, number];
    const drawn = [0, +(a < 100 / 255), 1, +(b < 200 / 255), 0, +(c < 50 / 255), +(d < 128 / 255)];
    expect([...binarise(new ImageSet(1, 7, greys, Uint8Array.of(0)), new Random(5)).pixels]).toEqual(
      drawn.map(bit => 255 * bit),
    );
    const first = new ImageSet(1, 2, Uint8Array.of(255, 0), Uint8Array.of(0));
    expect([...binarise(first, new Random(5)).pixels]).toEqual([255, 0]);
  });

  it("draws a large set as if at once", () => {
    const n = 784_003;
    const large = new ImageSet(1, n, new Uint8Array(n).fill(128), Uint8Array.of(0));
    const uniform = new Random(5).uniformArray(n);
    expect(
      binarise(large, new Random(5)).pixels.every((byte, i) => (byte === 255) === (uniform[i] as number) < 128 / 255),
    ).toBe(true);
  });

  it("cuts at one half", () => {
    const cut = threshold(ramp).pixels.subarray(0, 256);
    expect([cut.indexOf(255), cut.lastIndexOf(0), new Set(cut).size]).toEqual([128, 127, 2]);
  });

  it("cuts at 0 and at 1, and refuses a level that is no intensity", () => {
    expect(threshold(ramp, 0).pixels.indexOf(0)).toBe(-1);
    expect(threshold(ramp, 1).pixels.indexOf(255)).toBe(255);
    for (const level of [-0.1, 1.1, 128, Number.NaN]) {
      expect(() => threshold(ramp, level)).toThrow(/level must lie in \[0, 1\], but got/);
    }
  });

  it("cuts where it is told", () => {
    const cut = threshold(ramp, 0.25).pixels.subarray(0, 256);
    expect([cut.indexOf(255), cut.lastIndexOf(0)]).toEqual([64, 63]); // 64 / 255 is the first above a quarter
    expect(threshold(ramp, 0.2).pixels.subarray(0, 256).indexOf(255)).toBe(51); // 51 / 255 is a fifth
  });
});

describe("Batches", () => {
  it("shows an image at most once an epoch, in another order every epoch", () => {
    const all = batches();
    expect(all.perEpoch).toBe(3);
    const epochs = [0, 1].map(epoch => [...all.epoch(epoch)].flatMap(({ indices }) => [...indices]));
    for (const epoch of epochs) expect(new Set(epoch).size).toBe(9);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it("shows every image about as often as every other", () => {
    const all = batches();
    const seen = new Array<number>(10).fill(0);
    for (let step = 0; step < 3000; step++) for (const i of all.at(step).indices) seen[i] = (seen[i] as number) + 1;
    // Each of 1000 epochs leaves one image out: a binomial count with mean 900 and standard deviation 9.5.
    for (const count of seen) expect(Math.abs(count - 900)).toBeLessThan(4.5 * 9.5);
  });

  it("takes orders and pixels from streams of their own", () => {
    const grey = new ImageSet(1, 8, new Uint8Array(32).fill(128), Uint8Array.of(0, 1, 2, 3));
    const make = (binarisation: "fixed" | "dynamic") =>
      new Batches(grey, { batchSize: 2, random: new Random(7), binarisation });
    const [orders, pixels] = [new Random(7).split().child(0), new Random(7).split().child(1)];
    const step = make("dynamic").at(3); // the second of epoch 1
    expect(step.indices).toEqual(orders.child(1).permutation(4).slice(2, 4));
    expect(numbers(step.images)).toEqual(numbers(binarise(grey.select(step.indices), pixels.child(3)).images()));
    const fixed = make("fixed").at(0);
    expect(numbers(fixed.images)).toEqual(numbers(binarise(grey, pixels.child(0)).select(fixed.indices).images()));
  });

  it("keeps image, label and index together", () => {
    const { images, labels, indices } = batches().at(4);
    expect(images.shape).toEqual([3, 3]);
    expect([...labels]).toEqual([...indices]);
    for (const [i, row] of images.arraySync().entries()) {
      for (const value of row) expect(value).toBeCloseTo((20 * (indices[i] as number)) / 255, 6);
    }
  });

  it.each(["none", "fixed", "dynamic", "threshold"] as const)(
    "gives a resumed run the same batches: %s",
    binarisation => {
      const whole = batches({ binarisation });
      const steps = [0, 1, 2, 3, 4, 5, 6].map(step => numbers(whole.at(step).images));
      const resumed = batches({ binarisation });
      expect(numbers(resumed.at(5).images)).toEqual(steps[5]);
      expect(numbers(resumed.at(2).images)).toEqual(steps[2]);
      const values = new Set(steps.flat());
      if (binarisation !== "none") expect([...values].sort()).toEqual([0, 1]);
    },
  );

  it("keeps a fixed draw and renews a dynamic one", () => {
    const grey = new ImageSet(10, 10, new Uint8Array(100).fill(128), Uint8Array.of(0));
    const draw = (binarisation: "fixed" | "dynamic", step: number) =>
      numbers(new Batches(grey, { batchSize: 1, random: new Random(1), binarisation }).at(step).images);
    expect(draw("fixed", 1)).toEqual(draw("fixed", 0));
    expect(draw("dynamic", 1)).not.toEqual(draw("dynamic", 0));
  });

  it("depends on the stream it is given", () => {
    const orders = [1, 2].map(seed => [...batches({ random: new Random(seed), batchSize: 10 }).at(0).indices]);
    expect(orders[0]).not.toEqual(orders[1]);
  });

  it("refuses sizes and steps that are no integers, and a binarisation that is none", () => {
    for (const size of [1.5, Number.NaN, -3, Infinity]) {
      expect(() => batches({ batchSize: size })).toThrow(/batchSize must be an integer from 1 to the 10 images/);
    }
    for (const step of [0.5, Number.NaN]) expect(() => batches().at(step)).toThrow(/non-negative integer, but got/);
    expect(() => batches({ binarisation: "static" as never })).toThrow(
      /must be one of fixed, dynamic, threshold, none, but got "static"/,
    );
  });

  it("takes a batch of all images, and of one", () => {
    expect([...batches({ batchSize: 10 }).at(3).indices].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([batches({ batchSize: 10 }).perEpoch, batches({ batchSize: 1 }).perEpoch]).toEqual([1, 10]);
  });

  it("refuses an empty batch, a too large one, and a step before the first", () => {
    expect(() => batches({ batchSize: 0 })).toThrow("from 1 to the 10 images, but got 0");
    expect(() => batches({ batchSize: 11 })).toThrow("but got 11; use a smaller batch");
    expect(() => batches().at(-1)).toThrow("non-negative integer, but got -1");
  });
});
