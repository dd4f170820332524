import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { klGaussian } from "../../../src/generative/exact/index.ts";
import { cavi } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const { target, means, variances, kl } = fixture("maximumLikelihood").meanField;

describe("cavi", () => {
  it("reaches the minimum of KL(q ‖ p) that scipy.optimize finds", () => {
    const found = cavi(target, { start: [0, 0, 0], sweeps: 60 });
    expectClose(found.means.at(-1) as number[], means, { absolute: 1e-6 });
    expectClose(found.variances, variances, { relative: 1e-6 });
    expect(-(found.elbos.at(-1) as number)).toBeCloseTo(kl, 9);
  });

  it("never lets the ELBO fall, and keeps it below log Z = 0", () => {
    const random = new Random(2);
    for (let trial = 0; trial < 10; trial++) {
      const { elbos } = cavi(target, { start: Array.from(random.normalArray(3), x => 5 * x), sweeps: 15 });
      elbos.forEach((value, i) => {
        if (i > 0) expect(value).toBeGreaterThanOrEqual((elbos[i - 1] as number) - 1e-12);
        expect(value).toBeLessThan(0);
      });
    }
  });

  it("has variances 1/Λ_ii, which are those of the conditionals: σ² (1 − ρ²) in two dimensions", () => {
    const pair = {
      mean: [1, -1],
      covariance: [
        [4, 2.4],
        [2.4, 2],
      ],
    }; // ρ² = 0.72
    expectClose(cavi(pair, { start: [0, 0], sweeps: 1 }).variances, [4 * 0.28, 2 * 0.28], { absolute: 1e-12 });
  });

  it("converges by the factor ρ² a sweep in two dimensions", () => {
    const pair = {
      mean: [0, 0],
      covariance: [
        [1, 0.9],
        [0.9, 1],
      ],
    };
    const path = cavi(pair, { start: [1, 1], sweeps: 5 }).means;
    expectClose((path[10]?.[1] as number) / (path[8]?.[1] as number), 0.81, { absolute: 1e-12 });
  });

  it("is exact, ELBO 0, where the target factorises", () => {
    const diagonal = {
      mean: [2, 3],
      covariance: [
        [1, 0],
        [0, 0.5],
      ],
    };
    const { means: path, elbos } = cavi(diagonal, { start: [0, 0], sweeps: 1 });
    expectClose(path.at(-1) as number[], [2, 3], { absolute: 1e-12 });
    expect(elbos.at(-1)).toBeCloseTo(0, 12);
  });

  it("has no better factorised Gaussian near its fixed point", () => {
    const { means: path, variances: v } = cavi(target, { start: [0, 0, 0], sweeps: 60 });
    const best = path.at(-1) as number[];
    const at = (m: number[], w: number[]) =>
      klGaussian({ mean: m, covariance: w.map((value, i) => w.map((_, j) => (i === j ? value : 0))) }, target);
    for (let i = 0; i < 3; i++) {
      for (const factor of [0.9, 1.1]) {
        expect(
          at(
            best,
            v.map((value, j) => (i === j ? factor * value : value)),
          ),
        ).toBeGreaterThan(at(best, v));
        expect(
          at(
            best.map((value, j) => (i === j ? value + factor - 1 : value)),
            v,
          ),
        ).toBeGreaterThan(at(best, v));
      }
    }
  });

  it("refuses a start of another dimension and a covariance that is none", () => {
    expect(() => cavi(target, { start: [0], sweeps: 1 })).toThrow(/each of 3 coordinates, but got 1/);
    expect(() =>
      cavi(
        {
          mean: [0, 0],
          covariance: [
            [1, 1],
            [1, 1],
          ],
        },
        { start: [0, 0], sweeps: 1 },
      ),
    ).toThrow(/got a variance of 0 for variable 1 given those before it, of 1/);
  });
});
