import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile } from "../../../src/engine/index.ts";
import {
  logSigmoid,
  standardNormalLogCdf,
  standardNormalLogSurvival,
  standardNormalQuantile,
  standardNormalQuantileOfLog,
  standardNormalQuantileOfLogit,
} from "../../../src/generative/distributions/index.ts";
import {
  normalCdf,
  normalLogDensity,
  normalLogTails,
  normalTails,
} from "../../../src/generative/distributions/tails.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

// Made by test/fixtures/tails.py with mpmath 1.3.0, numpy, torch 2.15.0 and pyro 1.9.2.
const { tails, quantiles, quantilesOfLog } = fixture("tails");

type F = (x: tf.Tensor) => tf.Tensor;

/** f eager on wasm and on cpu, and compiled. */
const ways: Record<string, (f: F, x: number[]) => Promise<ArrayLike<number>>> = {
  wasm: async (f, x) => f(tf.tensor1d(x)).data(),
  compiled: async (f, x) => compile(f, { otherwise: "throw" })(tf.tensor1d(x)).data(),
  cpu: async (f, x) => {
    const before = tf.getBackend();
    await tf.setBackend("cpu");
    try {
      return await f(tf.tensor1d(x)).data();
    } finally {
      await tf.setBackend(before);
    }
  },
};

describe.each(Object.entries(ways))("tails, %s", (_, run) => {
  /** Every row's value, within a share of it that may grow with x. */
  const expectRows = async (f: F, key: string, allowed: (x: number) => number, sign = 1) => {
    const values = await run(
      f,
      tails.map((row: { x: number }) => sign * row.x),
    );
    tails.forEach((row: Record<string, number>, i: number) => {
      const [x, exact] = [row.x as number, row[key] as number];
      const error = Math.abs((values[i] as number) - exact);
      // Below 2⁻¹²⁶ float32 ends.
      expect(error, `x = ${x}: ${values[i]} for ${exact}`).toBeLessThanOrEqual(
        allowed(x) * Math.abs(exact) + 2 ** -125,
      );
    });
  };
  const stated = (x: number) => 5e-7 + (x > 0 ? 2e-7 * x * x : 0);

  it("log Φ and log (1 − Φ) have the stated error from −40 to 40", async () => {
    await expectRows(standardNormalLogCdf, "normalLogCdf", stated);
    await expectRows(standardNormalLogSurvival, "normalLogCdf", stated, -1);
  });

  it("Φ keeps the digits of its small values, and has the derivative φ", async () => {
    await expectRows(x => normalLogTails(x).logCdf, "normalLogCdf", stated);
    await expectRows(x => normalLogTails(x).logSurvival, "normalLogCdf", stated, -1);
    const x = [-9, -3, -1, 0, 0.5, 2, 5];
    // scipy.stats.norm 1.17.1: cdf, pdf and logpdf
    const cdf = [
      1.1285884059538324e-19, 0.0013498980316300933, 0.15865525393145707, 0.5, 0.6914624612740131, 0.9772498680518208,
      0.9999997133484281,
    ];
    const density = [
      1.0279773571668917e-18, 0.0044318484119380075, 0.24197072451914337, 0.3989422804014327, 0.35206532676429947,
      0.05399096651318806, 1.4867195147342979e-6,
    ];
    expectClose(await run(normalCdf, x), cdf, { relative: 5e-6 });
    expectClose(await run(x => tf.grad(normalCdf)(x), x), density, { relative: 5e-6 });
    expectClose(await run(normalLogDensity, x), density.map(Math.log), { relative: 1e-6 });
  });

  it("log σ has its digits on both sides", async () => {
    await expectRows(logSigmoid, "logisticLogCdf", () => 3e-7);
  });

  it("their derivatives are φ/Φ and 1 − σ", async () => {
    const slope = (f: F) => (x: tf.Tensor) => tf.grad(f)(x);
    const allowed = (x: number) => 3e-6 + (x > 0 ? 2e-7 * x * x : 0);
    await expectRows(slope(standardNormalLogCdf), "reversedHazard", allowed);
    await expectRows(x => normalTails(x).logReversedHazard.exp(), "reversedHazard", allowed);
    const slopes = await run(slope(logSigmoid), [-40, -1, 0, 1, 40]);
    expectClose(slopes, [1, 1 / (1 + Math.exp(-1)), 0.5, 1 / (1 + Math.E), Math.exp(-40)], { relative: 1e-6 });
  });

  it("quantiles of p, of log p and of logit p", async () => {
    const values = (rows: Record<string, number>[], key: string) => rows.map(row => row[key] as number);
    const x = values(quantiles, "x");
    const close = { absolute: 5e-7, relative: 5e-7 };
    expectClose(await run(standardNormalQuantile, values(quantiles, "p")), x, close);
    expectClose(await run(standardNormalQuantileOfLog, values(quantilesOfLog, "logP")), values(quantilesOfLog, "x"), {
      absolute: 5e-7,
      relative: 5e-7,
    });
    const logits = tails.map((row: { x: number }) => row.x);
    const back = await run(x => {
      const { logCdf, logSurvival } = normalTails(standardNormalQuantileOfLogit(x));
      return logCdf.sub(logSurvival);
    }, logits);
    expectClose(back, logits, { absolute: 1e-6, relative: 1e-6 });
  });

  it("the ends of quantiles, and what is no probability", async () => {
    expect(Array.from(await run(standardNormalQuantile, [0, 1, -0.1, 1.1, Number.NaN]))).toEqual([
      -Infinity,
      Infinity,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(Array.from(await run(standardNormalQuantileOfLog, [-Infinity, 0, 0.1]))).toEqual([
      -Infinity,
      Infinity,
      Number.NaN,
    ]);
    const [low, high] = Array.from(await run(standardNormalLogCdf, [-Infinity, Infinity]));
    expect([low, Math.abs(high as number)]).toEqual([-Infinity, 0]);
  });

  it("the derivative of a quantile is 1/φ, and Φ/φ of log p", async () => {
    const density = (x: number) => Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI);
    const some = quantiles.filter(({ p }: { p: number }) => p > 1e-12);
    const slopes = await run(
      p => tf.grad(standardNormalQuantile)(p),
      some.map(({ p }: { p: number }) => p),
    );
    expectClose(
      slopes,
      some.map(({ x }: { x: number }) => 1 / density(x)),
      { relative: 3e-5 },
    );
    const far = await run(l => tf.grad(standardNormalQuantileOfLog)(l), [-804.60844]);
    expectClose(far, [1 / 40.02497], { relative: 1e-5 });
  });
});
