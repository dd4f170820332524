import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { nllTable } from "../../../src/generative/studies/nll.ts";
import { once } from "../../../src/generative/studies/once.ts";
import {
  judgeCodes,
  judgePlane,
  planeVae,
  type PlaneScore,
  type VQVAEResult,
  vae2d,
  vqVae,
} from "../../../src/generative/studies/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const folder = () => mkdtempSync(join(tmpdir(), "lectern-study-"));
const quiet = () => {};
const root = resolve(import.meta.dirname, "../../..");

/** What a study has stored, where it has. */
function stored<Result>(name: string): Result | undefined {
  const file = join(root, `data/studies/${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Result) : undefined;
}

describe("the study of a VQ-VAE", () => {
  const tiny = {
    features: 4,
    dimension: 3,
    codes: 5,
    epochs: 1,
    batchSize: 20,
    channels: 4,
    blocks: 1,
    priorEpochs: 1,
    train: 200,
    test: 60,
  };

  it("measures what adds up, and the same again when it is started again", { timeout: 60_000 }, async () => {
    const options = { checkpoints: folder(), overrides: tiny, onProgress: quiet };
    const result = await vqVae.run(options);
    const { reconstruction, rate, testNll, bitsPerDimension, perplexity, unused } = result;
    expectClose(reconstruction.mean + rate.prior.mean, testNll.mean, { absolute: 1e-3 });
    expectClose(bitsPerDimension, testNll.mean / 784 / Math.LN2, { absolute: 1e-4 });
    expectClose(rate.uniform, 49 * Math.log(5), { absolute: 1e-3 });
    expect(rate.places).toBeLessThan(rate.uniform);
    expect(testNll.mean).toBeLessThan(784 * Math.LN2);
    expect(perplexity).toBeLessThanOrEqual(5 - unused);
    expect(result.squaredError).toBeLessThan(0.25);
    expect(result.samples.map(image => image.length)).toEqual(new Array(16).fill(784));
    expect(result.reconstructions[0]?.image).toMatch(/^[0f]{784}$/);
    const { seconds: _, ...again } = await vqVae.run(options);
    const { seconds: __, ...before } = result;
    expect(again).toEqual(before);
    expect(vqVae.table(result)).toContain(`| **vqvae**, here | **≤ ${testNll.mean.toFixed(2)}`);
  });

  it("is good where the bound is that of a mixture of images or better, and codes cost less together than one by one", () => {
    const result = (nats: number, prior: number) =>
      judgeCodes({
        testNll: { mean: nats, standardError: 1 },
        rate: { prior: { mean: prior, standardError: 1 }, places: 100, uniform: 200 },
      });
    expect(result(130, 80).reached).toBe(true);
    expect(result(140, 80).reached).toBe(false);
    expect(result(130, 101).reached).toBe(false);
  });

  it("is stored with what it was to reach, and stands in the README", () => {
    const result = stored<VQVAEResult>("vqvae");
    if (result === undefined) return expect(existsSync(join(root, "data/studies"))).toBe(true);
    expect(result.target.reached).toBe(judgeCodes(result).reached);
    expectClose(result.reconstruction.mean + result.rate.prior.mean, result.testNll.mean, { absolute: 1e-3 });
    const readme = readFileSync(join(root, "README.md"), "utf8");
    for (const row of nllTable([result]).split("\n").slice(2)) expect(readme).toContain(row);
  });
});

describe("the study of the VAE over the plane", () => {
  const score = (negativeElbo: number): PlaneScore => ({
    data: "full",
    floor: 4.4473,
    negativeElbo,
    standardError: 0.001,
    reconstruction: 3,
    kl: negativeElbo - 3,
    published: { negativeElbo: 4.4388, kl: 1.6758 },
  });

  it("is good between the floor and 0.05 nats above it", () => {
    expect(judgePlane([score(4.4473), score(4.49)]).reached).toBe(true);
    expect(judgePlane([score(4.4463)]).reached).toBe(true); // one standard error below
    expect(judgePlane([score(4.443)]).reached).toBe(false);
    expect(judgePlane([score(4.4473), score(4.5)]).why).toContain("full is not");
  });

  it("measures a bound above the floor, of two parts", { timeout: 60_000 }, async () => {
    const overrides = { steps: 60, hidden: 8, test: 200 };
    const { scores } = await vae2d.run({ checkpoints: folder(), overrides, onProgress: quiet });
    expect(scores.map(({ data }) => data)).toEqual(["full", "diagonal"]);
    for (const { floor, negativeElbo, standardError, reconstruction, kl } of scores) {
      expectClose(floor, 4.4473, { absolute: 1e-4 });
      expect(negativeElbo).toBeGreaterThan(floor - 3 * standardError);
      expectClose(reconstruction + kl, negativeElbo, { absolute: 1e-3 });
    }
  });

  it("is stored as it was judged: no bound is below the entropy, and the diagonal one's KL has gone", () => {
    const result = stored<{ scores: PlaneScore[]; target: { reached: boolean } }>("vae-2d");
    if (result === undefined) return expect(existsSync(join(root, "data/studies"))).toBe(true);
    expect(judgePlane(result.scores).reached).toBe(true);
    expect(result.target.reached).toBe(true);
    expect(result.scores[1]?.kl).toBeLessThan(0.05);
    expect(result.scores[0]?.kl).toBeGreaterThan(1);
  });
});

describe("once", () => {
  it("trains the first time, and then reads what came out", async () => {
    const checkpoint = join(folder(), "x.checkpoint");
    const trained = async (settings: object) => {
      const { encoder } = planeVae(new Random(1), 3);
      let calls = 0;
      await once(checkpoint, settings, encoder.parameters, () => {
        calls++;
        const loss = () =>
          encoder
            .given(tf.ones([4, 2]))
            .mean.square()
            .mean();
        return fit({
          parameters: encoder.parameters,
          optimizer: tf.train.sgd(0.1),
          loss,
          steps: 2,
          random: new Random(1),
          checkpoint,
        });
      });
      return { calls, weights: Object.values(encoder.parameters).map(variable => [...variable.dataSync()]) };
    };
    const [first, second, other] = [await trained({ a: 1 }), await trained({ a: 1 }), await trained({ a: 2 })];
    expect([first.calls, second.calls, other.calls]).toEqual([1, 0, 1]);
    expect(second.weights).toEqual(first.weights);
  });
});
