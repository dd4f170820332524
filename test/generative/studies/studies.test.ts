import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { ImageSet } from "../../../src/generative/data/index.ts";
import { MADE, naturalOrdering } from "../../../src/generative/models/index.ts";
import { logitsOf, meanNll } from "../../../src/generative/studies/binaryDigits.ts";
import { type IwaeResult, type IwaeScore, iwaeTable, judgeIwae } from "../../../src/generative/studies/iwaeResult.ts";
import { stored as remembered } from "../../../src/generative/studies/stored.ts";
import type { AnyStudy } from "../../../src/generative/studies/commandLine.ts";
import type { FlowMnistResult } from "../../../src/generative/studies/flowMnist.ts";
import { judge } from "../../../src/generative/studies/flows.ts";
import { judgePlane } from "../../../src/generative/studies/vae2d.ts";
import { studies } from "../../../src/generative/studies/studies.ts";
import { renderTable } from "../../../src/generative/studies/renderTable.ts";
import { type NllResult, nllTable } from "../../../src/generative/studies/nll.ts";
import { train } from "../../../src/generative/studies/train.ts";
import { tmpdir } from "node:os";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const folder = resolve(import.meta.dirname, "../../../data/studies");

/** 1,000 images of 2 × 2: two pixels are coins, the others copy them. */
function copies(random: Random): ImageSet {
  const coins = random.uniformArray(2000);
  const pixels = Uint8Array.from({ length: 4000 }, (_, i) =>
    (coins[2 * Math.floor(i / 4) + (i % 2)] as number) < 0.5 ? 255 : 0,
  );
  return new ImageSet(2, 2, pixels, new Uint8Array(1000));
}

describe("train", () => {
  it("reaches the entropy of the data, and says so of all three sets", async () => {
    const random = new Random(1);
    const [training, validation, test] = [copies(random), copies(random), copies(random)];
    const model = new MADE(random, { ordering: naturalOrdering(4), hidden: [16] });
    const settings = { epochs: 25, batchSize: 50, learningRate: 0.03, weightDecay: 0, redraw: 0 };
    const checkpoints = mkdtempSync(join(tmpdir(), "lectern-study-"));
    const lines: string[] = [];
    const digits = { train: training, greys: training, validation, test, pixelMeans: new Float32Array(4) };
    const outcome = await train("copies", model, digits, settings, random, {
      checkpoints,
      overrides: {},
      onProgress: line => lines.push(line),
    });
    expectClose([outcome.trainNll, outcome.validationNll.mean, outcome.testNll.mean], new Array(3).fill(2 * Math.LN2), {
      absolute: 0.03,
    });
    expect(outcome.parameters).toBe(4 * 16 + 16 + 16 * 4 + 4);
    expect(lines.at(-1)).toContain("epoch 25 of 25");
  });

  it("averages the negative log-likelihood over all images", () => {
    const model = new MADE(new Random(1), { ordering: naturalOrdering(4), hidden: [3] });
    const set = copies(new Random(2));
    const expected = -(model.logProb(set.images()).mean().dataSync()[0] as number);
    expectClose(meanNll(x => model.logProb(x), set).mean, expected, { absolute: 1e-4 });
  });
});

it("renders the table of stored results between two marks, and again to the same bytes", async () => {
  const root = mkdtempSync(join(tmpdir(), "lectern-table-"));
  const [file, results] = [join(root, "README.md"), join(root, "studies")];
  const error = { mean: 95.5, standardError: 0.25 };
  const result = { name: "made", testNll: error, published: [{ what: "theirs", nats: 94.5, source: "a paper" }] };
  mkdirSync(results);
  writeFileSync(join(results, "made.json"), JSON.stringify(result));
  writeFileSync(file, "before\n<!-- studies -->\nold\n<!-- /studies -->\nafter\n");
  const other = {
    name: "other",
    title: "Something else",
    settings: {},
    table: ({ value }: { value: number }) => `| ${value} |`,
  };
  writeFileSync(join(results, "other.json"), JSON.stringify({ name: "other", value: 7 }));
  const both = [other, { ...other, name: "made" }, { ...other, name: "not run yet" }] as unknown as AnyStudy[];
  await renderTable(file, results, both);
  const once = readFileSync(file, "utf8");
  expect(once).toContain("| **made**, here | **95.50 ± 0.25** |");
  expect(once).toContain("| theirs | 94.5 | a paper |\n\nSomething else (`npm run study other`):\n\n| 7 |\n");
  expect(once).not.toContain("old");
  await renderTable(file, results, both);
  expect(readFileSync(file, "utf8")).toBe(once);
  writeFileSync(file, "no marks");
  await expect(renderTable(file, results, both)).rejects.toThrow("must have <!-- studies -->");
});

describe("the study of the IWAE", () => {
  const score = (k: number, seed: number, nll: number): IwaeScore => ({
    k,
    seed,
    nll,
    standardError: 0.5,
    negativeBound: nll + 4,
    activeUnits: 20 + seed,
  });
  const scores = [
    score(1, 1, 96),
    score(1, 2, 95.5),
    score(5, 1, 94),
    score(5, 2, 94.4),
    score(50, 1, 93),
    score(50, 2, 92),
  ];

  it("is reached where every seed of more draws is below every seed of fewer", () => {
    expect(judgeIwae(scores).reached).toBe(true);
    expect(judgeIwae([...scores, score(5, 3, 95.6)]).reached).toBe(false);
    expect(judgeIwae([...scores, score(50, 3, 94.1)]).reached).toBe(false);
  });

  it("stands beside the paper: mean and range over the seeds", () => {
    const result: IwaeResult = {
      name: "iwae",
      title: "",
      target: judgeIwae(scores),
      settings: { epochs: 7 },
      data: "",
      scores,
    };
    const table = iwaeTable(result);
    expect(table).toContain("7 epochs");
    expect(table).toContain("| IWAE, k = 5 | 94.20 | 94.00 to 94.40 | 21 to 22 | 85.54 | 22 |");
  });

  it("is computed once, and again where a setting differs", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "lectern-stored-")), "inner", "value.json");
    let computed = 0;
    const value = (settings: object) => remembered(file, settings, async () => ++computed);
    expect(await value({ a: 1 })).toBe(1);
    expect(await value({ a: 1 })).toBe(1);
    expect(await value({ a: 2 })).toBe(2);
  });
});

it("logits are those of the means, kept away from infinity", () => {
  expectClose(logitsOf(Float32Array.from([0.5, 0.25, 0, 1])), [0, -Math.log(3), -9.21, 9.21], { absolute: 1e-3 });
});

describe.each(studies)("data/studies/$name.json", study => {
  const result = JSON.parse(readFileSync(join(folder, `${study.name}.json`), "utf8"));

  it("stands in the README as it was stored", () => {
    const readme = readFileSync(join(folder, "../../README.md"), "utf8");
    const table = "testNll" in result ? nllTable([result]) : study.table(result);
    for (const row of table.split("\n").slice(2)) expect(readme).toContain(row);
  });

  it("was made with the settings that the study has", () => {
    expect(result.settings).toMatchObject(study.settings);
  });

  it("reached its target", () => {
    expect(result.target.reached).toBe(true);
    expect(reached(result)).toBe(true);
  });
});

/** The verdict once more, from the numbers that are stored. */
function reached(result: { name: string }): boolean {
  if ("testNll" in result) {
    const { testNll, target } = result as NllResult;
    return testNll.mean <= target.atMost;
  }
  if (result.name === "flow-mnist") return (result as FlowMnistResult).bitsPerDimension <= 1.4;
  const judges: Record<string, (scores: never) => { reached: boolean }> = {
    flows: judge,
    iwae: judgeIwae,
    "vae-2d": judgePlane,
  };
  return judges[result.name]?.((result as unknown as { scores: never }).scores).reached ?? false;
}
