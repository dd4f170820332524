import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { sampleToy } from "../../../src/generative/data/index.ts";
import { entropyByQuadrature, toyDensities, trapezoid, twoMoons } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

/** Entropies in nats; those of 8 Gaussians, the checkerboard and two moons are held to values found elsewhere. */
const known: Record<string, { entropy: number; within: number }> = {
  "8 Gaussians": { entropy: 2.8328, within: 0.003 },
  checkerboard: { entropy: Math.log(32), within: 1e-12 },
  "two moons": { entropy: 1.009, within: 0.005 },
  banana: { entropy: Math.log(2 * Math.PI * Math.E), within: 1e-12 },
  rings: { entropy: 2.5957, within: 1e-3 },
};

it("two moons have mpmath's log-density, out to e^−367", () => {
  for (const { x, logProb } of fixture("scalars").moons) {
    expectClose(twoMoons.logProb(x[0], x[1]), logProb, { relative: 1e-11 });
  }
});

it("sampleToy draws one point too", () => expect(sampleToy(twoMoons, new Random(1), 1).shape).toEqual([1, 2]));

it("sampleToy refuses a number of points that is none", () => {
  for (const n of [0, -1, 1.5, Number.NaN]) {
    expect(() => sampleToy(twoMoons, new Random(1), n)).toThrow(/n must be a positive integer, but got/);
  }
});

describe.each(toyDensities)("$name", density => {
  it("is NaN at NaN and 0 at infinity", () => {
    expect(density.logProb(Number.NaN, 0)).toBeNaN();
    expect(density.logProb(0, Number.NaN)).toBeNaN();
    for (const x of [1e200, -1e200]) expect(density.logProb(x, 0)).toBe(-Infinity);
  });

  it("integrates to 1", () => {
    const n = 401; // an even number of cells, whose edges are those of the checkerboard
    const { points } = trapezoid(-density.side, density.side, n);
    const h = (2 * density.side) / (n - 1);
    const middles = points.slice(1).map(x => x - h / 2);
    const total = middles.reduce(
      (sum, a) => sum + middles.reduce((inner, b) => inner + Math.exp(density.logProb(a, b)), 0),
      0,
    );
    expectClose(total * h * h, 1, { absolute: density.name === "checkerboard" ? 0.02 : 1e-4 });
  });

  it("has the entropy that is known, and that of its own samples", () => {
    const { entropy, within } = known[density.name] as { entropy: number; within: number };
    expectClose(density.entropy, entropy, { absolute: within });
    const draws = sampleToy(density, new Random(8), 20_000).arraySync();
    if (density.name === "checkerboard") {
      expect(draws.every(([a, b]) => density.logProb(a as number, b as number) === -Math.log(32))).toBe(true);
    } else {
      expectMean(
        draws.map(([a, b]) => -density.logProb(a as number, b as number)),
        density.entropy,
      );
    }
  });

  it("draws where its density is: chi-square over 64 cells", () => {
    const n = 20_000;
    const draws = sampleToy(density, new Random(9), n).arraySync() as [number, number][];
    const cells = 8;
    const { side } = density;
    const index = (v: number) => Math.min(cells - 1, Math.max(0, Math.floor(((v + side) / (2 * side)) * cells)));
    const seen = new Float64Array(cells * cells);
    for (const [a, b] of draws) seen[index(a) * cells + index(b)] = (seen[index(a) * cells + index(b)] as number) + 1;
    const fine = 40;
    const h = (2 * side) / (cells * fine);
    const expected = new Float64Array(cells * cells);
    for (let i = 0; i < cells * fine; i++) {
      for (let j = 0; j < cells * fine; j++) {
        const at = Math.floor(i / fine) * cells + Math.floor(j / fine);
        const log = density.logProb(-side + (i + 0.5) * h, -side + (j + 0.5) * h);
        expected[at] = (expected[at] as number) + n * h * h * Math.exp(log);
      }
    }
    let statistic = 0;
    let freedom = -1;
    expected.forEach((e, k) => {
      if (e < 20) return;
      statistic += ((seen[k] as number) - e) ** 2 / e;
      freedom++;
    });
    // The midpoint sums of a density with edges are good to a percent of a cell.
    expect((statistic - freedom) / Math.sqrt(2 * freedom)).toBeLessThan(density.name === "checkerboard" ? 12 : 4.5);
  });

  it("is the same again from the same seed", () => {
    const draw = (seed: number) => sampleToy(density, new Random(seed), 5).dataSync();
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

it("the entropy by quadrature does not depend on the spacing", () => {
  for (const density of toyDensities.filter(({ name }) => name === "8 Gaussians" || name === "rings")) {
    expectClose(entropyByQuadrature(density, 200), density.entropy, { absolute: 1e-5 });
  }
});
