import { describe, expect, it } from "vitest";
import { CodeTable } from "../../../src/generative/exact/codeTable.ts";

const ONE = 1n << 96n;

const symbolOf = (table: CodeTable, unit: bigint) =>
  table.symbolAt(Number(unit) / Number(table.share(1).total), () => unit);

describe("a table of a code", () => {
  it("counts in units of 2⁻⁹⁶: exactly, rounded, and at least 1", () => {
    const dyadic = new CodeTable([0.5, 0.25, 0, 0.25]);
    expect(dyadic.share(0)).toEqual({ from: 0n, to: ONE / 2n, total: ONE });
    expect(dyadic.share(1)).toEqual({ from: ONE / 2n, to: (3n * ONE) / 4n, total: ONE });
    expect(dyadic.share(3)).toEqual({ from: (3n * ONE) / 4n, to: ONE, total: ONE });
    const small = [2 ** -60, 2 ** -96, 1.75 * 2 ** -96, 1e-300, 2 ** -48 + 2 ** -100];
    const units = [1n << 36n, 1n, 2n, 1n, 1n << 48n];
    const table = new CodeTable([...small, 1]);
    const total = ONE + units.reduce((sum, u) => sum + u);
    units.forEach((unit, k) => {
      const from = units.slice(0, k).reduce((sum, u) => sum + u, 0n);
      expect(table.share(k)).toEqual({ from, to: from + unit, total });
    });
  });

  it("carries what halves of units add up to", () => {
    // 1 − 2⁻⁵³ and 2⁻⁵³, thrice, and a third, which is no multiple of a unit's half.
    const third = 1 / 3;
    const table = new CodeTable([(1 - 2 ** -53) / 4, 2 ** -55, 0.25, third, 1 / 6]);
    const wholeUnits = (p: number) => BigInt(Math.round(p * 2 ** 60)) << 36n;
    expect(table.share(1)).toEqual({ from: ONE / 4n - (1n << 41n), to: ONE / 4n, total: table.share(0).total });
    expect(table.share(2).to).toBe(ONE / 2n);
    expect(table.share(3).to).toBe(ONE / 2n + wholeUnits(third));
    expect(symbolOf(table, ONE / 4n - 1n)).toBe(1);
    expect(symbolOf(table, ONE / 4n)).toBe(2);
  });

  it("has a symbol at each unit, the one whose share holds it, and none without probability", () => {
    const table = new CodeTable([0, 0.25, 0, 0.5 - 2 ** -70, 2 ** -70, 0.25, 0]);
    for (const k of [1, 3, 4, 5]) {
      const { from, to, total } = table.share(k);
      expect(
        table.symbolAt(Number(from) / Number(total), given => {
          expect(given).toBe(total);
          return from;
        }),
      ).toBe(k);
      expect(symbolOf(table, to - 1n)).toBe(k);
    }
  });

  it("is asked for the exact unit only where a part that is off by 2⁻⁵¹ cannot decide", () => {
    const table = new CodeTable([0.3, 2 ** -47, 0.2, 1e-20, 0.1, 0.4 - 2 ** -47]);
    for (const k of [0, 1, 2, 3, 4, 5]) {
      const { to, total } = table.share(k);
      for (let size = 0n; size < 90n; size++) {
        for (const unit of [to - (1n << size), to + (1n << size) - 1n]) {
          if (unit < 0n || unit >= total) continue;
          const exact = [0, 1, 2, 3, 4, 5].find(j => unit < table.share(j).to);
          for (const error of [-(2 ** -51), 0, 2 ** -51]) {
            expect(table.symbolAt(Number(unit) / Number(total) + error, () => unit)).toBe(exact);
          }
        }
      }
    }
    const never = () => {
      throw new Error("asked");
    };
    expect(table.symbolAt(0.3 - 1e-13, never)).toBe(0);
    expect(table.symbolAt(0.3 + 1e-13, never)).toBe(2);
    expect(() => table.symbolAt(0.3, never)).toThrow("asked");
  });

  it("is refused where its sum is 1e-6 off, and taken where it is less", () => {
    expect(() => new CodeTable([0.5, 0.5 + 9e-7])).not.toThrow();
    expect(() => new CodeTable([0.5, 0.5 - 9e-7])).not.toThrow();
    expect(() => new CodeTable([0.5, 0.5 + 1.1e-6])).toThrow(/must sum to 1, but got 1.0000011/);
    expect(() => new CodeTable([0.5, 0.5 - 1.1e-6])).toThrow(/must sum to 1, but got 0.9999989/);
  });
});

it("a table counts its last unit where two sums differ in nothing else", () => {
  const table = new CodeTable([1, 2 ** -60]);
  expect(table.share(0)).toEqual({ from: 0n, to: ONE, total: ONE + (1n << 36n) });
});

it("a table of common symbols whose sum is not 1 is cut in proportion, for both who ask", () => {
  const table = new CodeTable([0.5, 0.5 + 9e-7]);
  const width = 2 ** 53;
  const { to } = table.endsWithin(width, 0);
  expect(Math.abs(to / width - 0.5 / (1 + 9e-7))).toBeLessThan(1e-15);
  expect(table.endsWithin(width, 1)).toEqual({ from: to, to: width });
  expect([to - 1, to].map(unit => table.symbolWithin(width, unit))).toEqual([0, 1]);
});

it("a table of texts, or none, is refused by name", () => {
  expect(() => new CodeTable(["0.5", "0.5"] as never)).toThrow(
    'arithmetic coder: probabilities must be numbers, but got "0.5" at 0;',
  );
  expect(() => new CodeTable(1 as never)).toThrow("arithmetic coder: probabilities must be an array, but got 1;");
});
