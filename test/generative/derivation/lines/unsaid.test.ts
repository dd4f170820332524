import { describe, expect, it } from "vitest";
import { checkLines, type DeriveOptions, type Line } from "../../../../src/generative/derivation/index.ts";
import { checkReadable } from "../../../../src/generative/derivation/lines/checkLines.ts";
import { coin } from "./examples.ts";

const check = (lines: readonly Line[], options: Partial<DeriveOptions> = {}) =>
  checkLines({ cases: { coin }, ...options }, lines);

describe("what a case does not say", () => {
  const without = { ...coin, functions: {} };

  it("is an error of the line that asks for it, and of no false one", () => {
    const lines: Line[] = ["beta", ["= beta + f(z) - f(z)", "add zero"]];
    expect(() => check(lines, { cases: { coin, without } })).toThrow(
      'derive, line 2, "= beta + f(z) - f(z)": case "without" must say what f(z) is, but got undefined; add it to its functions.',
    );
    const { unread, ...checked } = checkReadable({ cases: { coin, without } }, lines);
    expect(unread?.because).toEqual(["add zero"]);
    expect(checked.lines.map(({ text }) => text)).toEqual(["beta"]);
    expect(checked.claims).toEqual([]);
    const false_ = check(["beta", ["= beta + f(z)", "add zero"]], { cases: { coin, without } });
    expect(false_.lines[1]?.fault).toMatchObject({ kind: "numbers" });
    expect(false_.lines[1]?.values).toEqual([expect.closeTo(3, 10), Number.NaN]);
    // Where a place cannot be said, none is.
    expect(false_.places).toEqual(["coin: z = 0", "without: z = 0"]);
  });

  it("is said as the case says it, points and all", () => {
    const wide = { ...coin, logDensities: { ...coin.logDensities, "q(z)": () => Math.log(0.75) } };
    expect(() => check(["beta", ["= E_q[beta]", "constant"]], { cases: { wide } })).toThrow(
      'derive, line 2, "= E_q[beta]": q(z) must integrate to 1, but got 1.5; normalise it, or take a wider or finer rule.',
    );
  });

  it("is no fault of a function, which is thrown as it is", () => {
    const broken = {
      ...coin,
      functions: {
        "f(z)": () => {
          throw new TypeError("out of order");
        },
      },
    };
    expect(() => check(["f(z)", ["= f(z) * 1", "rearrange"]], { cases: { broken } })).toThrow(
      new TypeError("out of order"),
    );
  });

  it("ends the lines, also where a later one cannot be read", () => {
    const { unread, lines } = checkReadable({ cases: { coin, without } }, [
      "beta",
      ["= beta + f(z) - f(z)", "add zero"],
      ["= )", "add zero"],
    ]);
    expect(unread?.error.place.number).toBe(2);
    expect(lines).toHaveLength(1);
  });
});
