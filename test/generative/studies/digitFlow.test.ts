import { describe, expect, it, beforeAll } from "vitest";
import * as tf from "@tensorflow/tfjs";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { ImageSet } from "../../../src/generative/data/index.ts";
import { makeDigitFlow } from "../../../src/generative/studies/digitFlow.ts";
import { PixelCDF } from "../../../src/generative/studies/pixelCdf.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

/** Four pixels: always dark, dark or bright, all levels alike, mostly one. */
function images(count: number): ImageSet {
  const random = new Random(3).uniformArray(4 * count);
  const level = (pixel: number, u: number) =>
    [0, u < 0.8 ? 0 : 255, Math.floor(256 * u), u < 0.9 ? 77 : 78][pixel] as number;
  const pixels = Uint8Array.from({ length: 4 * count }, (_, i) => level(i % 4, random[i] as number));
  return new ImageSet(2, 2, pixels, new Uint8Array(count));
}

describe("PixelCDF", () => {
  it("gives a logistic variable, whose density is the share of the cell (counted here in plain numbers)", () => {
    const set = images(2000);
    const layer = new PixelCDF(set, { extra: 0.1 });
    const x = tf.tensor2d([[0.25, 255.5, 100.75, 77.5]]);
    const { z, logDet } = layer.forward(x);
    const total = 2000 + 25.6;
    const shareOf = (pixel: number, from: number, to: number) => {
      let n = 0;
      for (let i = pixel; i < set.pixels.length; i += 4) {
        const grey = set.pixels[i] as number;
        if (grey >= from && grey < to) n++;
      }
      return (n + 0.1 * (to - from)) / total;
    };
    const F = [0.25, 255.5, 100.75, 77.5].map((value, pixel) => {
      const g = Math.floor(value);
      return shareOf(pixel, 0, g) + shareOf(pixel, g, g + 1) * (value - g);
    });
    expectClose(
      z.squeeze(),
      F.map(f => Math.log(f / (1 - f))),
      { absolute: 2e-5 },
    );
    const slopes = F.map((f, pixel) => {
      const g = Math.floor([0.25, 255.5, 100.75, 77.5][pixel] as number);
      return Math.log(shareOf(pixel, g, g + 1) / (f * (1 - f)));
    });
    expectClose(logDet, [slopes.reduce((a, b) => a + b, 0)], { absolute: 1e-4 });
  });

  it("inverts, also at the edges of cells and in cells that no image has", () => {
    const layer = new PixelCDF(images(2000));
    const x = tf.tensor2d([
      [0.5, 0.001, 0.5, 77.9],
      [3.25, 128.5, 255.75, 78.1],
      [200.5, 254.5, 17, 12.5],
    ]);
    expectClose(layer.inverse(layer.forward(x).z), x, { absolute: 0.02 });
    const edges = tf.tensor2d([[0, 256, 255, 78]]);
    expect(Array.from(layer.forward(edges).z.dataSync()).every(Number.isFinite)).toBe(true);
  });
});

describe("the flow of the digits", () => {
  it("inverts, and begins near what each pixel costs by itself", () => {
    const train = new ImageSet(
      28,
      28,
      Uint8Array.from({ length: 784 * 40 }, (_, i) => (i * 7919) % 256),
      new Uint8Array(40),
    );
    const { whole } = makeDigitFlow(new Random(1), { scales: 2, features: 4, blocks: 1 }, train);
    const x = new Random(2).uniform([2, 784]).mul(256);
    expectClose(whole.bijection.inverse(whole.latents(x)), x, { absolute: 0.05 });
    const bits = Array.from(whole.logProb(x).dataSync() as Float32Array, log => -log / 784 / Math.LN2);
    for (const value of bits) expect(Math.abs(value - 8)).toBeLessThan(2);
  });
});
