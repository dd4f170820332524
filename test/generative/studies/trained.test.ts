import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { average } from "../../../src/generative/estimates/index.ts";
import { loadMnistSplit } from "../../../src/generative/data/index.ts";
import { binaryDigits, meanNll } from "../../../src/generative/studies/binaryDigits.ts";
import { bitsOf } from "../../../src/generative/studies/flowMnist.ts";
import { trainedDigitFlow, trainedMade, trainedPixelCnn } from "../../../src/generative/studies/index.ts";

const MEGABYTE = 1e6;
const data = resolve(import.meta.dirname, "../../../data");

beforeAll(() => chooseBackend());

describe("weights of studies", () => {
  it.each([
    ["MADE", trainedMade, 91],
    ["PixelCNN", trainedPixelCnn, 88.4],
  ] as const)("those of the %s reach the number that is stored beside them", async (_, load, atMost) => {
    const { model, result } = await load();
    const { test } = await binaryDigits(new Random(Number(result.settings.seed)));
    const { mean } = meanNll(x => model.logProb(x), test.subset(0, 1000));
    expect(Math.abs(mean - (result.firstThousand?.mean ?? Number.NaN))).toBeLessThan(0.01);
    expect(result.testNll.mean).toBeLessThanOrEqual(atMost);
  });

  it("the flow's reach theirs, to 4.5 standard errors of 300 images", async () => {
    const [{ model, result }, test] = await Promise.all([trainedDigitFlow(), loadMnistSplit("test")]);
    const { mean, standardError } = average(bitsOf(model, test.subset(0, 300), new Random(9)));
    expect(Math.abs(mean - result.bitsPerDimension)).toBeLessThan(4.5 * standardError);
    expect(result.bitsPerDimension).toBeLessThanOrEqual(1.4);
  });

  it.each(["made", "pixelcnn", "flow-mnist"])("those of %s are small enough to travel", name => {
    const { bytes } = JSON.parse(readFileSync(`${data}/studies/${name}.json`, "utf8")).weights;
    expect(statSync(`${data}/weights/${name}.weights`).size).toBe(bytes);
    expect(bytes).toBeLessThan(4 * MEGABYTE);
  });
});
