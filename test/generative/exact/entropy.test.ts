import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  crossEntropy,
  entropy,
  gaussHermite,
  jensenShannonDivergence,
  jensenShannonIntegral,
  JointTable,
  klDivergence,
  klIntegral,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { assertProbabilities, expectation } from "../../../src/generative/exact/entropy.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

function randomDistribution(random: Random, n: number): number[] {
  const values = Array.from(random.uniformArray(n), u => u ** 3 + 1e-3);
  const total = values.reduce((a, b) => a + b);
  return values.map(v => v / total);
}

describe("entropy and divergence", () => {
  const { finite } = fixture("maximumLikelihood");

  it("agree with scipy.special.entr and rel_entr", () => {
    expect(entropy(finite.p)).toBeCloseTo(finite.entropy, 13);
    expect(klDivergence(finite.p, finite.q)).toBeCloseTo(finite.kl, 13);
  });

  it("satisfy KL(p ‖ q) = H(p, q) − H(p) to 1e-12, for random pairs", () => {
    const random = new Random(1);
    for (let n = 2; n < 40; n++) {
      const [p, q] = [randomDistribution(random, n), randomDistribution(random, n)];
      expect(Math.abs(klDivergence(p, q) - (crossEntropy(p, q) - entropy(p)))).toBeLessThan(1e-12);
      expect(klDivergence(p, q)).toBeGreaterThan(0);
      expect(klDivergence(p, p)).toBe(0);
      expect(entropy(p)).toBeLessThan(Math.log(n));
    }
  });

  it("are not symmetric", () => {
    // ½ log 2 + ½ log ⅔ and ¼ log ½ + ¾ log 3/2, by hand
    expect(klDivergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 14);
    expect(klDivergence([0.25, 0.75], [0.5, 0.5])).toBeCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 14);
  });

  it("satisfy the chain rule KL(joint) = KL(first) + E KL(second | first)", () => {
    const random = new Random(2);
    const [p, q] = [randomDistribution(random, 6), randomDistribution(random, 6)]; // [2 · 3], row by row
    const rows = (joint: number[]) => [joint.slice(0, 3), joint.slice(3)];
    const mass = (row: number[]) => row.reduce((a, b) => a + b);
    const given = (row: number[]) => row.map(v => v / mass(row));
    const inner = rows(p).reduce((sum, row, i) => {
      const other = rows(q)[i] as number[];
      return sum + mass(row) * klDivergence(given(row), given(other));
    }, 0);
    const outer = klDivergence(rows(p).map(mass), rows(q).map(mass));
    expect(klDivergence(p, q)).toBeCloseTo(outer + inner, 12);
  });

  it("have the same gradient in q: the entropy of the data is a constant", () => {
    const p = [0.1, 0.2, 0.7];
    const logits = tf.tensor1d([0.3, -0.2, 0.5]);
    const cost = (l: tf.Tensor) => l.logSoftmax().mul(tf.tensor1d(p)).sum().neg().asScalar();
    const difference = (l: tf.Tensor) => tf.tensor1d(p).log().sub(l.logSoftmax()).mul(tf.tensor1d(p)).sum().asScalar();
    expectClose(tf.grad(cost)(logits), tf.grad(difference)(logits), { absolute: 1e-7 });
  });

  it("count what p does not have as nothing, and what q rules out as infinite", () => {
    expect(entropy([1, 0])).toBe(0);
    expect(crossEntropy([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
    expect(klDivergence([1, 0], [1, 0])).toBe(0);
  });

  it("refuse what is not a distribution, or pairs that differ in length", () => {
    expect(() => entropy([0.5, 0.6])).toThrow(/probabilities must sum to 1, but got 1.1/);
    expect(() => entropy([1.5, -0.5])).toThrow(/must not be negative, but got -0.5/);
    expect(() => entropy([Number.NaN])).toThrow(/but got NaN/);
    expect(() => klDivergence([1], [0.5, 0.5])).toThrow(/must have the same values, but got 1 and 2/);
  });
});

describe("near p = q", () => {
  it.each([0.3, 0.06, 0.0501, 0.0499, 0.03, 1e-3, 1e-6, 1e-9])(
    "KL and Jensen–Shannon of ½ and ½ ± %d are their series",
    about => {
      // KL from (½ + e/2, ½ − e/2) to (½, ½) is Σ e^2k / (2k (2k − 1)); the other way it is −½ log(1 − e²).
      const e = Math.round(about * 2 ** 50) / 2 ** 50;
      const series = Array.from({ length: 40 }, (_, k) => e ** (2 * k + 2) / ((2 * k + 2) * (2 * k + 1)));
      const kl = series.reduceRight((sum, term) => sum + term);
      const [p, turned] = [
        [(1 + e) / 2, (1 - e) / 2],
        [(1 - e) / 2, (1 + e) / 2],
      ];
      const close = { relative: e > 0.05 ? 1e-13 : 1e-14 };
      expectClose(klDivergence(p, [0.5, 0.5]), kl, close);
      expectClose(klDivergence([0.5, 0.5], p), -0.5 * Math.log1p(-e * e), close);
      expectClose(jensenShannonDivergence(p, turned), kl, close);
    },
  );
});

describe("a distribution", () => {
  it("sums to 1 within 1e-6, or within what is said, and divergences divide by the sum", () => {
    expect(() => assertProbabilities("test", [0.5, 0.5 + 9e-7])).not.toThrow();
    expect(() => assertProbabilities("test", [0.5, 0.5 + 1.1e-6])).toThrow(/^test: probabilities must sum to 1/);
    expect(() => assertProbabilities("test", [0.5, 0.5 - 1.1e-6])).toThrow(/must sum to 1, but got 0.9999989/);
    expect(() => assertProbabilities("test", [0.5, 0.75], 0.25)).not.toThrow();
    expect(() => assertProbabilities("test", [0.5, 0.5, 0])).not.toThrow();
    expect(klDivergence([0.5, 0.5 + 2 ** -21], [0.5, 0.5 + 2 ** -21])).toBe(0);
    expectClose(klDivergence([0.25, 0.75], [0.25 * (1 + 2 ** -21), 0.75 * (1 + 2 ** -21)]), 0, { absolute: 1e-20 });
    expectClose(jensenShannonDivergence([0.25, 0.75], [0.25 * (1 + 2 ** -21), 0.75 * (1 + 2 ** -21)]), 0, {
      absolute: 1e-20,
    });
  });

  it("has the sum 1 where only rounding keeps it from it", () => {
    expect(
      Array(10)
        .fill(0.1)
        .reduce((a, b) => a + b),
    ).toBe(1 - 2 ** -53);
    expect(assertProbabilities("test", Array(10).fill(0.1))).toBe(1);
    expect(assertProbabilities("test", [0.5, 0.5 + 2 ** -30])).toBe(1 + 2 ** -30);
  });

  it("is made of numbers, and so is a log-density", () => {
    expect(() => entropy(["0.5", 0.5] as never)).toThrow('entropy: probabilities must be numbers, but got "0.5" at 0;');
    for (const wrong of [null, "1", undefined]) {
      expect(() => klIntegral((() => wrong) as never, () => 0, trapezoid(0, 1, 3))).toThrow(
        `klIntegral: a log-density must be a number or −∞, but got ${JSON.stringify(wrong)} at 0;`,
      );
    }
  });

  it("that sums to 1 to a tolerance counts as what it is divided by its sum", () => {
    const [p, q] = [
      [0.5, 0.25, 0.25 + 5e-7],
      [0.3, 0.3, 0.4 - 6e-7],
    ];
    const [total, other] = [1 + 5e-7, 1 - 6e-7];
    const [exactP, exactQ] = [p.map(v => v / total), q.map(v => v / other)];
    const expected = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum - v * Math.log(b[i] as number), 0);
    expectClose(entropy(p), expected(exactP, exactP), { relative: 1e-14 });
    expectClose(crossEntropy(p, q), expected(exactP, exactQ), { relative: 1e-14 });
    expectClose(crossEntropy(p, q) - entropy(p), klDivergence(p, q), { absolute: 1e-14 });
    const table = new JointTable([0.5, 0.500009]);
    const [a, b] = [0.5 / 1.000009, 0.500009 / 1.000009];
    expectClose(table.entropy(), expected([a, b], [a, b]), { relative: 1e-14 });
    expectClose(
      table.expectation(() => 3),
      3,
      { relative: 1e-14 },
    );
    expectClose(table.crossEntropy([-1, -2]), a + 2 * b, { relative: 1e-14 });
  });

  it("that is refused names the function that refused it", () => {
    expect(() => entropy([0.5, 0.6])).toThrow(/^entropy: /);
    for (const f of [crossEntropy, klDivergence, jensenShannonDivergence]) {
      expect(() => f([1], [0.5, 0.6])).toThrow(`${f.name}: p and q must have the same values, but got 1 and 2`);
      expect(() => f([0.5, 0.5], [0.5, 0.6])).toThrow(`${f.name}: `);
    }
    const nowhere = () => Number.NaN;
    const flat = () => 0;
    const rule = trapezoid(0, 1, 3);
    expect(() => klIntegral(nowhere, flat, rule)).toThrow(/^klIntegral: /);
    expect(() => klIntegral(flat, nowhere, rule)).toThrow(/^klIntegral: /);
  });

  it("takes the mean of what is not ruled out", () => {
    expect(expectation([0.25, 0, 0.75], x => (x === 1 ? Infinity : x + 1))).toBe(2.5);
    expect(expectation([1, 0], x => Math.log(1 - x))).toBe(0);
  });
});

describe("klIntegral", () => {
  const normal = (mean: number, std: number) => (x: number) =>
    -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

  it.each([
    [0, 1, 1, 1],
    [0.3, 0.5, -1, 2],
    [2, 3, 0, 1],
  ])("is the closed form for N(%d, %d²) and N(%d, %d²)", (m1, s1, m2, s2) => {
    const exact = Math.log(s2 / s1) + (s1 ** 2 + (m1 - m2) ** 2) / (2 * s2 ** 2) - 0.5;
    expect(klIntegral(normal(m1, s1), normal(m2, s2), trapezoid(m1 - 12 * s1, m1 + 12 * s1, 801))).toBeCloseTo(
      exact,
      10,
    );
  });

  it("works where the density has died out to 0", () => {
    expect(klIntegral(normal(0, 0.01), normal(0, 0.02), trapezoid(-1, 1, 4001))).toBeCloseTo(Math.log(2) - 3 / 8, 10);
  });

  it("takes any rule", () => {
    // The rule carries the weight exp(−z²/2) / √2π: p is given relative to it.
    expect(
      klIntegral(
        () => 0,
        z => normal(1, 1)(z) - normal(0, 1)(z),
        gaussHermite(20),
      ),
    ).toBeCloseTo(0.5, 10);
  });
});

describe("divergences at every scale", () => {
  const { divergences, disjoint, jensenShannonNormal } = fixture("scalars"); // mpmath and scipy

  it.each(divergences as { p: number[]; q: number[]; kl: number; js: number }[])(
    "agree with mpmath for $p and $q, also where p is nearly q",
    ({ p, q, kl, js }) => {
      expectClose(klDivergence(p, q), kl, { relative: 1e-7 });
      expectClose(jensenShannonDivergence(p, q), js, { relative: 1e-7 });
      if (kl > 1e-4) expectClose(klDivergence(p, q), kl, { relative: 1e-13 });
    },
  );

  it("Jensen–Shannon is scipy's, symmetric, and log 2 where nothing is in common", () => {
    expectClose(jensenShannonDivergence(disjoint.p, disjoint.q), disjoint.js, { relative: 1e-11 });
    expectClose(jensenShannonDivergence(disjoint.q, disjoint.p), disjoint.js, { relative: 1e-11 });
    expect(jensenShannonDivergence([1, 0], [0, 1])).toBe(Math.LN2);
    expect(jensenShannonDivergence([0.3, 0.7, 0], [0.3, 0.7, 0])).toBe(0);
  });

  it("are never negative, for pairs that differ in the last digits", () => {
    const random = new Random(4);
    for (let n = 2; n < 200; n++) {
      const p = randomDistribution(random, n);
      const noise = Array.from(random.normalArray(n), e => 1 + 1e-12 * e);
      const q = p.map((value, x) => value * (noise[x] as number));
      expect(klDivergence(p, q)).toBeGreaterThanOrEqual(0);
      expect(jensenShannonDivergence(p, q)).toBeGreaterThanOrEqual(0);
    }
  });

  it("Jensen–Shannon of densities is mpmath's integral, and log 2 far apart, where each density is 0 for the other", () => {
    const normal = (mean: number, std: number) => (x: number) =>
      -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
    const rule = trapezoid(-10, 10, 2001);
    expectClose(jensenShannonIntegral(normal(0, 1), normal(1.5, 0.5), rule), jensenShannonNormal, { relative: 1e-11 });
    expectClose(jensenShannonIntegral(normal(0, 1), normal(0, 1), rule), 0, { absolute: 1e-15 });
    const far = jensenShannonIntegral(normal(0, 1), normal(200, 1), trapezoid(-10, 210, 8801));
    expectClose(far, Math.LN2, { relative: 1e-12 });
  });

  it("of densities are ∞ where q rules out what p has, and nothing where p has nothing", () => {
    const unit = (from: number, to: number) => (x: number) => (x > from && x < to ? -Math.log(to - from) : -Infinity);
    const rule = trapezoid(-1, 3, 4001);
    expect(klIntegral(unit(0, 2), unit(0, 1), rule)).toBe(Infinity);
    expectClose(klIntegral(unit(0, 1), unit(0, 2), rule), Math.LN2, { relative: 2e-3 }); // as the rule counts the ends
    expectClose(jensenShannonIntegral(unit(0, 1), unit(1, 2), rule), Math.LN2, { relative: 2e-3 });
    // e^−800 is 0, and yet more than nothing.
    expect(klIntegral(x => (x > 2 ? -800 : unit(0, 1)(x)), unit(0, 1), rule)).toBe(Infinity);
  });

  it("of densities refuse NaN and ∞", () => {
    const rule = trapezoid(0, 1, 5);
    for (const wrong of [Number.NaN, Infinity]) {
      const odd = (x: number) => (x === 0.5 ? wrong : 0);
      expect(() => klIntegral(odd, () => 0, rule)).toThrow(/must be a number or −∞, but got (NaN|Infinity) at 0.5/);
      expect(() => klIntegral(() => 0, odd, rule)).toThrow(/must be a number or −∞, but got (NaN|Infinity) at 0.5/);
      expect(() => jensenShannonIntegral(odd, () => 0, rule)).toThrow(/but got (NaN|Infinity) at 0.5/);
    }
  });

  it.each([
    [[0.5, 0.6], /must sum to 1, but got 1.1/],
    [[1.5, -0.5], /must not be negative, but got -0.5/],
    [[Number.NaN, 1], /must not be negative, but got NaN/],
    [[Infinity, 0], /must sum to 1, but got Infinity/],
    [[1], /must have the same values, but got \d and \d/],
  ])("refuse %o on either side", (wrong, why) => {
    for (const f of [crossEntropy, klDivergence, jensenShannonDivergence]) {
      expect(() => f(wrong, [0.5, 0.5])).toThrow(why);
      expect(() => f([0.5, 0.5], wrong)).toThrow(why);
      expect(() => f([], [])).toThrow(/must sum to 1, but got 0/);
    }
  });
});

describe("Jensen–Shannon of pairs that hardly differ", () => {
  // mpmath, 60 digits
  it.each([
    [[0.5, 0.5], [0.5 + 1e-12, 0.5 - 1e-12], 4.9997787852456375e-25],
    [[0.3, 0.7], [0.3 - 2 ** -40, 0.7 + 2 ** -40], 4.923694122343715e-25],
  ])("%o and %o is right to 1e-12 of itself", (p, q, wanted) => {
    expectClose(jensenShannonDivergence(p, q), wanted, { relative: 1e-12 });
    expectClose(jensenShannonDivergence(q, p), wanted, { relative: 1e-12 });
    expect(jensenShannonDivergence(p, p)).toBe(0);
  });

  it("meets the formula for those that differ more", () => {
    const pair = (t: number) => jensenShannonDivergence([0.5, 0.5], [0.5 + t / 2, 0.5 - t / 2]);
    for (const t of [0.09, 0.0999, 0.1001, 0.11]) {
      const term = (a: number, b: number) => (a * Math.log((2 * a) / (a + b)) + b * Math.log((2 * b) / (a + b))) / 2;
      expectClose(pair(t), term(0.5, 0.5 + t / 2) + term(0.5, 0.5 - t / 2), { relative: 1e-12 });
    }
  });
});
