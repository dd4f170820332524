import { describe, expect, it } from "vitest";
import {
  AffineFlow,
  cholesky,
  Covariance,
  klGaussian,
  LinearGaussian,
  logDeterminant,
  meanField,
  ppcaMle,
  principalComponents,
} from "../../../src/generative/exact/index.ts";
import { doubled, get, rounded, set } from "../../../src/generative/exact/doubleDouble.ts";
import { expectClose } from "../../support/close.ts";
import { dot, dyadic, dyadicCovariance, dyadicRows } from "../../support/dyadic.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("covariances");
const exactly = { relative: 1e-10 };

describe("a covariance by hand", () => {
  // L = [1; ½ 1; −½ ½ 1], D = (1, 9/4, ½), S = (2, 2, 8).
  const rows = [
    [4, 2, -8],
    [2, 10, 14],
    [-8, 14, 84],
  ];
  const covariance = new Covariance("test", rows);

  it("is S L D Lᵀ S, with powers of 2 in S", () => {
    const { dimension, exponents, factors } = covariance;
    expect([dimension, exponents]).toEqual([3, [1, 1, 3]]);
    expect([0, 1, 2].map(i => covariance.pivot(i)[0])).toEqual([1, 2.25, 0.5]);
    expect([get(factors, 1, 0), get(factors, 2, 0), get(factors, 2, 1)].map(([high]) => high)).toEqual([
      0.5, -0.5, 0.5,
    ]);
    expect(factors.low.every(low => low === 0)).toBe(true);
    expectClose(covariance.logDeterminant, Math.log(4 * 9 * 32), { relative: 1e-15 });
    expectClose(covariance.cholesky.flat(), [2, 0, 0, 1, 3, 0, -4, 6, 4 * Math.SQRT2], { relative: 1e-15 });
  });

  it("whitens to L⁻¹ S⁻¹, and has the inverse and the distances that fractions say", () => {
    expect(rounded(covariance.inverseFactor)).toEqual([
      [0.5, 0, 0],
      [-0.25, 0.5, 0],
      [0.375, -0.25, 0.125],
    ]);
    expect(rounded(covariance.whiten(doubled([[1], [2], [3]])))).toEqual([[0.5], [0.75], [0.25]]);
    expectClose(
      covariance.precision.flat(),
      [161 / 288, -35 / 144, 3 / 32, -35 / 144, 17 / 72, -1 / 16, 3 / 32, -1 / 16, 1 / 32],
      { relative: 1e-15 },
    );
    expectClose(covariance.squaredDistance([11, 22, 33], [10, 20, 30]), 0.625, { relative: 1e-15 });
    expect(covariance.squaredDistance([1, 2, 3], [1, 2, 3])).toBe(0);
  });

  it("keeps low parts, and takes the mean of both triangles", () => {
    const exact = doubled([
      [4, 2],
      [2, 4],
    ]);
    set(exact, 0, 1, [2, 2 ** -60]);
    expect(get(new Covariance("test", exact).factors, 1, 0)).toEqual([0.5, 2 ** -63]);
    set(exact, 1, 0, [2, 3 * 2 ** -60]);
    expect(get(new Covariance("test", exact).factors, 1, 0)).toEqual([0.5, 2 ** -61]);
    const uneven = [
      [4, 3],
      [3 + 2 ** -30, 9],
    ];
    expect(get(new Covariance("test", uneven).factors, 1, 0)).toEqual([0.75 + 2 ** -33, 0]);
    const X = doubled([[0], [0], [8]]);
    set(X, 2, 0, [8, 2 ** -60]);
    expect(get(covariance.whiten(X), 2, 0)).toEqual([1, 2 ** -63]);
  });

  it("is symmetric where entries differ by 1e-8 of the standard deviations", () => {
    const off = (by: number) => [
      [4, 1],
      [1 + by, 9],
    ];
    for (const by of [5.9e-8, -5.9e-8]) expect(() => logDeterminant(off(by))).not.toThrow();
    expect(() =>
      logDeterminant([
        [1, 0],
        [1e-8, 1],
      ]),
    ).not.toThrow();
    for (const by of [6.1e-8, -6.1e-8]) expect(() => logDeterminant(off(by))).toThrow(/must be symmetric/);
  });

  it("is definite where more than rounding is left of a variance: d 2⁻⁵³ of it, or 2⁻⁹⁰ with 31 digits", () => {
    const pair = (last: number) => [
      [1, 1],
      [1, last],
    ];
    expectClose(logDeterminant(pair(1 + 2 ** -51)), -51 * Math.LN2, { relative: 1e-15 });
    expect(() => logDeterminant(pair(1 + 2 ** -52))).toThrow(/positive definite/);
    expectClose(new Covariance("test", doubled(pair(1 + 2 ** -52))).logDeterminant, -52 * Math.LN2, {
      relative: 1e-15,
    });
    const exact = doubled(pair(1));
    set(exact, 1, 1, [1, 2 ** -89]);
    expect(new Covariance("test", exact).pivot(1)[0]).toBe(2 ** -89);
    for (const e of [-90, -91]) {
      set(exact, 1, 1, [1, 2 ** e]);
      expect(() => new Covariance("test", exact)).toThrow(/positive definite/);
    }
  });

  it("that is none shows its two numbers in the given units", () => {
    const indefinite = [
      [16, 32],
      [32, 16],
    ];
    expect(() => cholesky(indefinite)).toThrow(
      "cholesky: a covariance must be positive definite, but got a variance of -48 for variable 1 given those before it, of 16;",
    );
    expect(() => logDeterminant(indefinite)).toThrow(/^logDeterminant: /);
    expect(() =>
      logDeterminant([
        [1, 0],
        [0, 0],
      ]),
    ).toThrow("got a variance of 0 for variable 1; no direction may have variance 0");
  });

  it("with variables that almost determine each other has the inverse of fractions, to 1e-15", () => {
    // det = 2⁻³⁹ − 2⁻⁸⁰
    const r = 1 - 2 ** -40;
    const determinant = 2 ** -39 - 2 ** -80;
    const { precision } = new Covariance("test", [
      [1, r],
      [r, 1],
    ]);
    expectClose(
      precision.flat(),
      [1, -r, -r, 1].map(v => v / determinant),
      { relative: 1e-15 },
    );
  });

  it("with two variables that a third separates has a precision of 0 between them, to 31 digits", () => {
    // A chain with correlations of ½, its middle last: −¼ · 16/15 and 0.4² / 0.6 cancel.
    const { precision } = new Covariance("test", [
      [1, 0.25, 0.5],
      [0.25, 1, 0.5],
      [0.5, 0.5, 1],
    ]);
    expect(Math.abs(precision[0]?.[1] as number)).toBeLessThan(1e-30);
    expectClose(precision[2] as number[], [-2 / 3, -2 / 3, 5 / 3], { relative: 1e-15 });
  });
});

describe("everything on a Gaussian, against mpmath with 80 digits", () => {
  it.each(reference.gaussians as Gaussians[])("d = $d, smallest eigenvalue at least $ridge, q $change", entry => {
    const { d, ridge, change } = entry;
    const p = { mean: dyadic(31, d), covariance: dyadicCovariance(11, d, ridge) };
    const q =
      change === "other"
        ? { mean: dyadic(37, d), covariance: dyadicCovariance(23, d, 0.25) }
        : {
            mean: p.mean,
            covariance: p.covariance.map((row, i) => row.map((v, j) => (i === j ? v * (1 + change) : v))),
          };
    expectClose(klGaussian(q, p), entry.kl, exactly);
    const { variances, gap } = meanField(p);
    expectClose(gap, entry.gap, { absolute: d === 1 ? 1e-80 : 0, ...exactly });
    expectClose(variances[Math.floor(d / 2)] as number, entry.variance, exactly);
    expectClose(logDeterminant(p.covariance), entry.logDeterminant, { absolute: 1e-12, ...exactly });
    const A = cholesky(p.covariance);
    for (const i of [0, d - 1]) {
      expectClose(dot(A[i] as number[], A[d - 1] as number[]), p.covariance[i]?.[d - 1] as number, {
        absolute: 1e-13 * Math.sqrt(p.covariance[i]?.[i] as number),
      });
    }
  });
});

describe("a linear Gaussian model, against mpmath with 80 digits", () => {
  it.each(reference.linear as Linear[])("d = $d, $k latents, noise 2^$exponent $kind", entry => {
    const { model, x } = linear(entry);
    expectClose(model.logEvidence(x), entry.logEvidence, exactly);
    const { mean, covariance } = model.posterior(x);
    expectClose(mean, entry.mean, { relative: 1e-10, absolute: 1e-13 });
    entry.covariance.forEach((row, i) => {
      // An entry is known to the rounding of its row and column.
      row.forEach((value, j) => {
        const size = Math.sqrt((entry.covariance[i]?.[i] ?? 1) * (entry.covariance[j]?.[j] ?? 1));
        expectClose(covariance[i]?.[j] as number, value, { absolute: 1e-10 * size });
      });
    });
  });
});

describe("principal components, against mpmath with 80 digits", () => {
  it.each(reference.components as Components[])("of $n rows in $d dimensions, noise 2^$exponent", entry => {
    const { n, d, k, exponent } = entry;
    const [Z, A, N] = [dyadicRows(61, n, k), dyadicRows(67, k, d), dyadicRows(71, n, d)];
    const data = N.map((noise, i) =>
      noise.map(
        (value, j) =>
          dot(
            Z[i] as number[],
            A.map(row => row[j] as number),
          ) +
          2 ** exponent * value,
      ),
    );
    const components = principalComponents(data);
    expectClose(components.variances.slice(0, entry.variances.length), entry.variances, exactly);
    expect(components.variances.slice(entry.variances.length).every(value => value === 0)).toBe(true);
    for (const [i, axis] of components.axes.entries()) {
      for (const other of components.axes.slice(i)) {
        expectClose(dot(axis, other), axis === other ? 1 : 0, { absolute: 1e-13 });
      }
    }
    if (entry.noise === undefined) return;
    const best = ppcaMle(components, k);
    expectClose(best.noise, entry.noise, exactly);
    const model = new LinearGaussian(best);
    const mean = data.reduce((sum, x) => sum + model.logEvidence(x), 0) / n;
    // W is rounded: 1e-16 of the signal is 1e-7 of noise at 1e-9 of it, squared where the noise is estimated.
    expectClose(mean, entry.logLikelihood as number, { relative: exponent === 0 ? 1e-10 : 1e-7 });
  });
});

describe("a covariance", () => {
  it("is accepted with variances from 1e-16 to 1e16 at d = 200, badly scaled coordinates and all", () => {
    const d = 200;
    const scales = Array.from({ length: d }, (_, i) => 10 ** (8 - (16 * i) / (d - 1)));
    const base = dyadicCovariance(5, d, 1);
    const scaled = base.map((row, i) => row.map((v, j) => v * (scales[i] as number) * (scales[j] as number)));
    const shift = 2 * scales.reduce((sum, s) => sum + Math.log(s), 0);
    expectClose(logDeterminant(scaled), logDeterminant(base) + shift, { relative: 1e-12 });
    expect(
      logDeterminant([
        [1e-300, 0],
        [0, 1e300],
      ]),
    ).toBeCloseTo(0, 9); // prettier-ignore
  });

  it("has a precision that is its inverse", () => {
    const covariance = dyadicCovariance(3, 6, 2 ** -20);
    const { precision } = new Covariance("test", covariance);
    const product = precision.map(row =>
      covariance.map((_, j) =>
        dot(
          row,
          covariance.map(r => r[j] as number),
        ),
      ),
    );
    product.forEach((row, i) => {
      expectClose(
        row,
        row.map((_, j) => (i === j ? 1 : 0)),
        { absolute: 1e-9 },
      );
      expect(row.map((_, j) => precision[j]?.[i])).toEqual(precision[i]);
    });
  });

  it.each([
    [
      "an asymmetric one",
      [
        [1, 0.5],
        [0.4, 1],
      ],
      "must be symmetric, but got 0.4 in row 1, column 0 and 0.5 across",
    ],
    [
      "one with negative variances",
      [
        [-1, 0],
        [0, -1],
      ],
      "positive definite, but got a variance of -1 for variable 0",
    ],
    [
      "an indefinite one",
      [
        [1, 2],
        [2, 1],
      ],
      "got a variance of -3 for variable 1 given those before it, of 1",
    ],
    [
      "a singular one",
      [
        [1, 1],
        [1, 1],
      ],
      "got a variance of 0 for variable 1 given those before it, of 1",
    ],
    [
      "one that is singular but for rounding",
      [
        [0.01, 0.03],
        [0.03, 0.09],
      ],
      "for variable 1 given those before it, of 0.09",
    ],
    [
      "a singular one in other units",
      [
        [1e-20, 3e-20],
        [3e-20, 9e-20],
      ],
      "for variable 1 given those before it",
    ],
    ["one that is not square", [[1, 0]], "must be square, but got 1 rows and 2 columns"],
    ["a ragged one", [[1, 0], [0]], "equally long, but got 2 numbers in row 0 and 1 in row 1"],
    [
      "NaN",
      [
        [1, Number.NaN],
        [Number.NaN, 1],
      ],
      "finite, but got NaN in row 0, column 1",
    ],
    ["Infinity", [[Number.POSITIVE_INFINITY]], "finite, but got Infinity in row 0, column 0"],
    ["none", [], "must have a number, but got none"],
  ] as [string, number[][], string][])("is not %s, and says so in a line", (_, covariance, message) => {
    const mean = covariance.map(() => 0);
    const good = { mean, covariance: covariance.map((__, i) => covariance.map((___, j) => (i === j ? 1 : 0))) };
    for (const use of [
      () => cholesky(covariance),
      () => logDeterminant(covariance),
      () => meanField({ mean, covariance }),
      () => AffineFlow.fromMoments(mean, covariance),
      ...(mean.length > 0
        ? [() => klGaussian({ mean, covariance }, good), () => klGaussian(good, { mean, covariance })]
        : []),
    ]) {
      const said = messageOf(use);
      expect(said).toContain(message);
      expect(said.length).toBeLessThan(220);
    }
  });

  it("is refused in a line at d = 200 too, with the place", () => {
    const covariance = dyadicCovariance(5, 200, 1);
    (covariance[150] as number[])[20] = 9;
    expect(messageOf(() => cholesky(covariance))).toMatch(/got 9 in row 150, column 20 and \S+ across/);
  });

  it("belongs to a mean that is as long, and finite", () => {
    const covariance = [[1]];
    expect(() => meanField({ mean: [0, 0], covariance })).toThrow(/mean must have 1 entries, but got 2/);
    expect(() => klGaussian({ mean: [Number.NaN], covariance }, { mean: [0], covariance })).toThrow(/got NaN at 0/);
  });
});

function linear({ d, k, exponent, kind }: Linear): { model: LinearGaussian; x: number[] } {
  let weights = dyadicRows(41, d, k);
  if (kind === "twice") weights = weights.map(row => [...row.slice(0, -1), row.at(-2) as number]);
  const s = 2 ** exponent;
  const [z, e, offset] = [dyadic(43, k), dyadic(47, d), dyadic(53, d)];
  const noise = kind === "each" ? weights.map((_, i) => s * (1 + (i % 3))) : s;
  const x = weights.map((row, i) => (offset[i] as number) + dot(row, z) + s * (e[i] as number));
  return { model: new LinearGaussian({ weights, offset, noise: noise as number }), x };
}

function messageOf(use: () => unknown): string {
  try {
    use();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

interface Gaussians {
  d: number;
  ridge: number;
  change: number | "other";
  kl: number;
  gap: number;
  variance: number;
  logDeterminant: number;
}

interface Linear {
  d: number;
  k: number;
  exponent: number;
  kind: "same" | "each" | "twice";
  logEvidence: number;
  mean: number[];
  covariance: number[][];
}

interface Components {
  n: number;
  d: number;
  k: number;
  exponent: number;
  variances: number[];
  noise?: number;
  logLikelihood?: number;
}
