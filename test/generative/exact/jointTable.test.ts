import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { type Assignment, binaryVectors, JointTable, permutations } from "../../../src/generative/exact/index.ts";

const d = 5;
const values = Array.from(new Random(7).uniformArray(2 ** d));
const total = values.reduce((a, b) => a + b);
const p = values.map(value => value / total);
const table = new JointTable(p);

/** Every vector of d bits, counted out with loops of its own. */
const vectors = Array.from({ length: 2 ** d }, (_, n) => [16, 8, 4, 2, 1].map(place => Math.floor(n / place) % 2));
const matching = (given: Assignment) => vectors.filter(x => [...given].every(([i, value]) => x[i] === value));
const mass = (given: Assignment) => matching(given).reduce((sum, x) => sum + (p[vectors.indexOf(x)] as number), 0);

/** "1?0" as an assignment: x_0 = 1, x_2 = 0. */
const known = (pattern: string) =>
  new Map([...pattern].flatMap((bit, i) => (bit === "?" ? [] : [[i, Number(bit)] as const])));

describe("JointTable", () => {
  it.each(["?????", "1????", "?0?1?", "00110", "1111?"])("sums the vectors that match %s", pattern => {
    expect(table.marginal(known(pattern))).toBeCloseTo(mass(known(pattern)), 14);
  });

  it("has conditionals p(x_miss | x_obs) = p(x) / p(x_obs), which sum to 1", () => {
    const given = known("?1?0?");
    const completions = table.completions(given);
    expect(completions.map(({ x }) => x)).toEqual(matching(given));
    for (const { x, probability } of completions) {
      expect(probability).toBeCloseTo(table.probability(x) / mass(given), 14);
    }
    expect(completions.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 14);
  });

  it("has the joint as a chain-rule product in all 24 orderings of four", () => {
    const four = new JointTable(
      binaryVectors(4).map((_, n) => (p[2 * n] as number) + (p[2 * n + 1] as number)), // the last bit summed out
    );
    for (const ordering of permutations(4)) {
      for (const x of binaryVectors(4)) {
        const product = ordering.reduce((p, i, k) => {
          const one = four.conditional(i, new Map(ordering.slice(0, k).map(j => [j, x[j] as number])));
          return p * (x[i] === 1 ? one : 1 - one);
        }, 1);
        expect(product).toBeCloseTo(table.marginal(new Map(x.map((bit, i) => [i, bit]))), 14);
      }
    }
  });

  it("knows what is given, and says NaN where the condition cannot be", () => {
    expect([0, 2].map(i => table.conditional(i, known("1?0??")))).toEqual([1, 0]);
    expect(new JointTable([0.5, 0.5, 0, 0]).conditional(1, known("1?"))).toBeNaN();
  });

  it("is as loose as float32, and no looser", () => {
    expect(new JointTable([0.5, 0.500009]).marginal(known("0"))).toBeCloseTo(0.5 / 1.000009, 14);
    expect(() => new JointTable([0.5, 0.50002])).toThrow(/^JointTable: .* must sum to 1/);
  });

  it("has mutual informations under a condition that differ from those without", () => {
    // I(a; b | c) = Σ_c p(c) KL(p(a, b | c) ‖ p(a | c) p(b | c)), written out.
    let expected = 0;
    for (const c of [0, 1]) {
      const joint = (a?: number, b?: number) =>
        mass(
          new Map([[3, c], ...(a === undefined ? [] : [[1, a]]), ...(b === undefined ? [] : [[4, b]])] as [
            number,
            number,
          ][]),
        ) / mass(new Map([[3, c]]));
      for (const a of [0, 1]) {
        for (const b of [0, 1]) {
          const inner = joint(a, b) * Math.log(joint(a, b) / (joint(a) * joint(undefined, b)));
          expected += mass(new Map([[3, c]])) * inner;
        }
      }
    }
    expect(table.mutualInformation(1, 4, [3])).toBeCloseTo(expected, 14);
    expect(expected).toBeGreaterThan(1e-3);
  });

  it("has entropies and mutual informations of a known case", () => {
    const copies = new JointTable([0.5, 0, 0, 0.5]);
    expect(copies.entropy()).toBeCloseTo(Math.LN2, 14);
    expect(copies.mutualInformation(0, 1)).toBeCloseTo(Math.LN2, 14);
    const parity = new JointTable(binaryVectors(3).map(x => (x.reduce((a, b) => a + b) % 2 === 0 ? 0.25 : 0)));
    expect(parity.mutualInformation(0, 1)).toBeCloseTo(0, 14);
    expect(parity.mutualInformation(0, 1, [2])).toBeCloseTo(Math.LN2, 14);
    expect(copies.crossEntropy([Math.log(0.25), -1e9, -1e9, Math.log(0.25)])).toBeCloseTo(Math.log(4), 12);
  });

  it("counts data", () => {
    const counted = JointTable.empirical([
      [0, 1],
      [0, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(Array.from(counted.probabilities)).toEqual([0.25, 0.5, 0, 0.25]);
  });

  it.each([
    { p: [0.5, 0.5, 0.5, 0.5], why: /must sum to 1, but got 2/ },
    { p: [0.5, 0.25, 0.25], why: /2\^d entries, but got 3/ },
    { p: [1], why: /2\^d entries, but got 1/ },
    { p: [1.5, -0.5], why: /must not be negative, but got -0.5/ },
    { p: [Number.NaN, 1], why: /must not be negative, but got NaN/ },
  ])("refuses $p", ({ p, why }) => expect(() => new JointTable(p)).toThrow(why));

  it("refuses vectors, data and log-probabilities of another shape, and what is no bit", () => {
    expect(() => table.probability([0, 1])).toThrow(/a vector must have 5 entries, but got 2/);
    expect(() => table.probability([0, 1, 2, 0, 0])).toThrow(/must be 0 or 1, but got 2 at 2/);
    expect(() => JointTable.empirical([])).toThrow(/data must have rows, all of the same length, but got none/);
    expect(() => JointTable.empirical([[0, 1], [1]])).toThrow(/but got 2 and 1 entries/);
    expect(() => JointTable.empirical([[0, Number.NaN]])).toThrow(/must be 0 or 1, but got NaN at 1/);
    expect(() => JointTable.empirical([[], []])).toThrow(/2\^d entries, but got 1/);
    expect(() => JointTable.empirical([[0], [1], [0, 1]])).toThrow(/but got 1 and 2 entries/);
    expect(() => new JointTable([])).toThrow(/2\^d entries, but got 0/);
    expect(() => new JointTable([0.5, 0.5]).crossEntropy([Number.NaN, 0])).toThrow(/but got NaN at 0/);
    expect(() => table.crossEntropy([0])).toThrow(/for each of 32 vectors, but got 1/);
    expect(() => new JointTable([0.5, 0.5]).crossEntropy([0, Number.NaN])).toThrow(/but got NaN at 1/);
    expect(() => table.mutualInformation(0, 5)).toThrow(/a variable must be an integer from 0 to 4, but got 5/);
  });

  it("allows probabilities of exactly 0 and 1", () => {
    const certain = new JointTable([0, 0, 1, 0]);
    expect([certain.entropy() + 0, certain.mutualInformation(0, 1) + 0]).toEqual([0, 0]);
    expect(certain.crossEntropy([-Infinity, -Infinity, 0, -Infinity]) + 0).toBe(0);
    expect(certain.crossEntropy([0, -Infinity, -Infinity, 0])).toBe(Infinity);
  });

  it("refuses what is no condition, and no function", () => {
    for (const given of [undefined, [[0, 1]]]) {
      for (const ask of [() => table.marginal(given as never), () => table.conditional(0, given as never)]) {
        expect(ask).toThrow(/^JointTable: a condition must be a Map, but got (undefined|an array of 1); as in new Map/);
      }
    }
    expect(() => table.expectation(3 as never)).toThrow("JointTable: f must be a function, but got 3;");
  });

  it("refuses conditions that cannot be", () => {
    expect(() => table.marginal(new Map([[5, 1]]))).toThrow(/0 or 1 to some of 0\.\.4, but got 1 for 5/);
    expect(() => table.marginal(new Map([[0, 0.5]]))).toThrow(/but got 0.5 for 0/);
    for (const i of [-1, 0.5, Number.NaN]) {
      expect(() => table.marginal(new Map([[i, 1]]))).toThrow(`some of 0..4, but got 1 for ${i}`);
    }
    expect(() => table.marginal(new Map([[4, 2]]))).toThrow(/but got 2 for 4/);
    expect(() => new JointTable([0.5, 0.5, 0, 0]).completions(known("1?"))).toThrow(
      /positive probability, but got 0 for \[\[0,1\]\]/,
    );
  });
});
