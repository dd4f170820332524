import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { binaryDigits, meanNll } from "../../../src/generative/studies/binaryDigits.ts";
import { trainedMade, trainedPixelCnn } from "../../../src/generative/studies/trained.ts";
import type { ImageSet } from "../../../src/generative/data/index.ts";

const MEGABYTE = 1e6;
const data = resolve(import.meta.dirname, "../../../data");

let test: ImageSet;
beforeAll(async () => {
  await chooseBackend();
  ({ test } = await binaryDigits(new Random(1)));
});

describe.each([
  { name: "made", load: trainedMade },
  { name: "pixelcnn", load: trainedPixelCnn },
])("data/weights/$name.weights", ({ name, load }) => {
  it("reaches the number that is stored beside it", async () => {
    const { model, result } = await load();
    const { mean } = meanNll(x => model.logProb(x), test.subset(0, 1000));
    expect(Math.abs(mean - (result.firstThousand?.mean ?? Number.NaN))).toBeLessThan(0.01);
    expect(result.testNll.mean).toBeLessThanOrEqual(result.target.atMost);
  });

  it("is small enough to travel", () => {
    const { bytes } = JSON.parse(readFileSync(`${data}/studies/${name}.json`, "utf8")).weights;
    expect(statSync(`${data}/weights/${name}.weights`).size).toBe(bytes);
    expect(bytes).toBeLessThan(4 * MEGABYTE);
  });
});
