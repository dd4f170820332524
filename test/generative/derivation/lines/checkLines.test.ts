import { describe, expect, it } from "vitest";
import {
  checkLines,
  type DerivationCase,
  type DeriveOptions,
  type Line,
} from "../../../../src/generative/derivation/index.ts";
import { checkReadable } from "../../../../src/generative/derivation/lines/checkLines.ts";
import { knownBy } from "../../../../src/generative/derivation/lines/known.ts";
import { CaseModel } from "../../../../src/generative/derivation/numbers/caseModel.ts";
import { bits, coin, lawn } from "./examples.ts";

const check = (lines: readonly Line[], options: Partial<DeriveOptions> = {}) =>
  checkLines({ cases: { coin }, ...options }, lines);
const doubled: Line[] = ["beta * f(z)", ["= f(z) * beta", "rearrange"]];

describe("a derivation that was checked", () => {
  it("has a title: what it is given, or else its first line in brief", () => {
    expect(check(doubled, { title: "T" })).toMatchObject({
      title: "T",
      claims: [{ text: "T: line 2 equals line 1 by rearranging" }],
    });
    expect(check(doubled).title).toBe("beta * f(z)");
    const sum = Array.from({ length: 30 }, () => "f(z)").join(" + ");
    expect(checkReadable({ cases: { coin } }, ["ln(2)", ["= 1", "rearrange"]]).title).toBe("");
    expect(check([sum, [`= ${sum}`, "rearrange"]]).title).toBe(`${sum.slice(0, 79)}…`);
  });

  it("has the lines as they were typed, with what else is said of them", () => {
    const { lines, cases } = check([
      "f(z)",
      { line: "=  f(z) * 1", because: ["rearrange"], label: "1.1", note: "a note" },
    ]);
    expect(cases).toEqual(["coin"]);
    for (const property of ["label", "note"]) expect(lines[0]).not.toHaveProperty(property);
    expect(checkReadable({ cases: { coin } }, doubled)).not.toHaveProperty("unread");
    expect(
      lines.map(({ tex: _, values, ...rest }) => ({
        ...rest,
        values: values.map(each => Number(each.toPrecision(12))),
      })),
    ).toEqual([
      { text: "f(z)", typed: "f(z)", relation: "=", because: [], values: [1] },
      {
        text: "f(z) * 1",
        typed: "=  f(z) * 1",
        relation: "=",
        because: ["rearrange"],
        label: "1.1",
        note: "a note",
        values: [1],
      },
    ]);
  });

  it("has a number for each case, at a place of what it depends on, and says which", () => {
    const die = {
      ...coin,
      variables: { ...coin.variables, z: { points: [0, 1, 2, 3, 4, 5, 6] }, beta: 1 / 3 },
      logDensities: {},
    };
    const { lines, places } = check(["f(z) * beta", ["= beta * f(z)", "rearrange"]], {
      cases: { coin, die: { ...die, logDensities: { "p(z)": () => -Math.log(7) } } },
    });
    // Of a few places it is the first.
    expect(lines.map(({ values }) => values.map(each => Number(each.toPrecision(12))))).toEqual(
      [
        [2, 4 / 3],
        [2, 4 / 3],
      ].map(row => row.map(each => Number(each.toPrecision(12)))),
    );
    expect(places).toEqual(["coin: z = 0", "die: z = 3"]);
    const fine = { ...coin, variables: { ...coin.variables, z: { points: [1 / 3, 2 / 3] } } };
    expect(check(["f(z)", ["= f(z) * 1", "rearrange"]], { cases: { fine } }).places).toEqual(["fine: z = 0.3333"]);
    expect(check(["beta", ["= beta * 1", "rearrange"]]).places).toEqual([]);
    const both = { ...coin, variables: { ...coin.variables, x: { points: [1, 2] } } };
    expect(check(["f(z)", ["= f(z) * p(x) / p(x)", "multiply by one"]], { cases: { both } }).places).toEqual([
      "both: z = 0, x = 1",
    ]);
  });

  it("says where posteriors come from, where there are any", () => {
    const bayes: Line[] = ["p(z|x)", ["= p(x|z) * p(z) / p(x)", "Bayes"]];
    expect(check(bayes).posteriors).toEqual(["coin: the joint density itself"]);
    expect(check(bayes, { cases: { coin, lawn } }).posteriors).toEqual([
      "coin: the joint density itself",
      "lawn: fractions, by hand",
    ]);
    expect(check(doubled).posteriors).toEqual([]);
    // Nor of a density that the case does not say.
    expect(check(["f(z)", ["= f(z) * q(x)", "rearrange"]]).posteriors).toEqual([]);
    expect(check(bayes, { title: "T", cases: { coin, lawn } }).claims[0]?.text).toBe(
      "T: line 2 equals line 1 by Bayes' rule (on coin p(x) and p(z|x) come from the joint density itself)",
    );
    expect(check(["log(p(x))", ["= log(p(x)) * 1", "rearrange"]], { title: "T" }).claims[0]?.text).toBe(
      "T: line 2 equals line 1 by rearranging (on coin p(x) comes from the joint density itself)",
    );
    // Of a false line nobody asks of which case it is no test.
    expect(check(["log(p(x))", ["= log(p(x)) * 2", "rearrange"]], { title: "T" }).claims[0]?.text).toBe(
      "T: line 2 equals line 1 by rearranging",
    );
  });

  it("has the definitions as TeX, and uses them", () => {
    const { definitions, lines } = check(["A", ["= beta * f(z)", "definition"]], { define: ["A = beta * f(z)"] });
    expect(definitions.map(each => each.replace(/\s/g, ""))).toEqual(["A=\\beta\\,f(z)"]);
    expect(lines.map(({ fault }) => fault)).toEqual([undefined, undefined]);
  });

  it("holds an equality to what is allowed", () => {
    const near: DerivationCase = { ...coin, functions: { "f(z)": z => z, "g(z)": z => z + 1e-5 } };
    const fault = (within?: number) =>
      check(["f(z)", ["= g(z)", "definition"]], { cases: { near }, ...(within && { within }) }).claims[0];
    expect(fault()).toMatchObject({ within: 1e-8, holds: false });
    expect(fault()?.residual).toBeCloseTo(1e-5, 12);
    expect(fault(1e-4)).toMatchObject({
      within: 1e-4,
      text: "f(z): line 2 equals line 1 on the cases, but not on a random model",
    });
  });

  it("tries random models too, of which a few suffice to find an accident of all cases", () => {
    const flat: DerivationCase = { ...coin, functions: { "f(z)": () => 1, "g(z)": () => 1 } };
    const { lines } = check(["f(z)", ["= g(z)", "rearrange"]], { cases: { flat } });
    expect(lines[1]?.fault).toMatchObject({ kind: "numbers" });
    expect(lines[1]?.fault?.message).toMatch(/but on a random model, though not on the cases, it is/);
  });
});

it.each<[string, unknown, unknown, string]>([
  [
    "no case",
    { cases: {} },
    doubled,
    "derive: there must be a case and two lines, but got 0 and 2; a line follows from another.",
  ],
  ["nothing", undefined, doubled, "but got 0 and 2"],
  ["one line", { cases: { coin } }, ["beta"], "but got 1 and 1"],
  ["lines that are text", { cases: { coin } }, "beta", "but got 1 and 0"],
  [
    "a tolerance of 0",
    { cases: { coin }, within: 0 },
    doubled,
    "derive: within must be positive and finite, but got 0; say how close counts as equal.",
  ],
  [
    "definitions of another kind",
    { cases: { coin }, define: 5 },
    doubled,
    "derive: define must be a list of texts, but got number; as in",
  ],
  ["a definition of another kind", { cases: { coin }, define: ["A = 1", 5] }, doubled, "but got others in it"],
])("refuses %s", (_, options, lines, says) => {
  expect(() => checkLines(options as never, lines as never)).toThrow(RangeError);
  expect(() => checkLines(options as never, lines as never)).toThrow(says);
});

it("lines may be made of all that some case has", () => {
  const { densities, names } = knownBy([
    new CaseModel("coin", { ...coin, functions: { "f( z )": () => 0, " g (z,\nx)": () => 0 } }),
    new CaseModel("bits", { ...bits, variables: {}, logDensities: { "r_1(y|w)": () => 0 } }),
  ]);
  expect(densities.map(({ letter }) => letter)).toEqual(["p", "p", "q", "r_1"]);
  expect([...names.letters]).toEqual(["p", "q", "r_1"]);
  expect([...names.variables].sort()).toEqual(["beta", "w", "x", "y", "z"]);
  expect([...names.functions]).toEqual(["f", "g"]);
});
