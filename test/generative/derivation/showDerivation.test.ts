import { describe, expect, it } from "vitest";
import { DerivationError, type DerivationOptions, derive } from "../../../src/generative/derivation/index.ts";
import { collectShown } from "../../support/shown.ts";

const shown = collectShown();

type Step = DerivationOptions<number>["steps"][number];
const thrownBy = (steps: Step[], cases: Record<string, number> = { one: 1, two: 2 }): DerivationError => {
  try {
    derive({ title: "T", cases, within: 1e-9, steps });
  } catch (error) {
    return error as DerivationError;
  }
  throw new Error("it must throw");
};
const first: Step = { formula: "a", reason: "given", value: x => x };

describe("a false line of a derivation that is written by hand", () => {
  it.each<[Step["relation"] & string, string, (x: number) => number, string]>([
    ["=", "equal", x => 3 * x, "but on two it is 6.000000 against 2.000000"],
    ["=", "equal", x => -x, "but on two it is −2.000000 against 2.000000"],
    ["=", "equal", x => (x === 1 ? 5 : x), "but on one it is 5.000000 against 1.000000"],
    [">=", "be at most", x => 3 * x, "but on two it is 6.000000 against 2.000000"],
    [">=", "be at most", x => (x === 1 ? 1.5 : -9), "but on one it is 1.500000 against 1.000000"],
    ["<=", "be at least", x => x / 2, "but on two it is 1.000000 against 2.000000"],
    ["<=", "be at least", x => (x === 1 ? 0.5 : 9), "but on one it is 0.500000 against 1.000000"],
  ])(
    "%s: that it must %s the one before, and by what it does not where it is furthest off",
    (relation, demand, value, says) => {
      const error = thrownBy([first, { formula: "b", reason: "wrong", value, relation }]);
      expect(error).toBeInstanceOf(DerivationError);
      expect(error.message).toBe(
        `derive, line 2: "b" must ${demand} line 1, "a", ${says}; mend its value, or the line.`,
      );
      expect(error.place).toEqual({ part: "line", number: 2, text: "b" });
      expect(error.claim).toMatchObject({ text: "T, line 2: wrong", holds: false });
    },
  );

  it("of cases that are as far off is told of the first", () => {
    expect(thrownBy([first, { formula: "b", reason: "wrong", value: x => x + 1 }]).message).toContain(
      "but on one it is 2",
    );
  });

  it("is held to the last line that has a value, with long formulas cut", () => {
    const [long, cut] = ["c".repeat(130), `${"c".repeat(119)}…`];
    const error = thrownBy([
      { ...first, formula: long },
      { formula: "?", reason: "by you" },
      { formula: long, reason: "wrong", value: x => x + 1 },
    ]);
    expect(error.message).toBe(
      `derive, line 3: "${cut}" must equal line 1, "${cut}", but on one it is 2.000000 against 1.000000; mend its value, or the line.`,
    );
    expect(error.place.number).toBe(3);
  });

  it("is told where its algebra is wrong", () => {
    const error = thrownBy([
      { ...first, algebra: "a" },
      { formula: "b", reason: "wrong", value: x => x, algebra: "a + 12.345678" },
    ]);
    expect(error.message).toBe(
      'derive, line 2: "b" must equal line 1, "a", as algebra too, but they differ by 12.3; mend the algebra of line 2.',
    );
    expect(error.place).toEqual({ part: "line", number: 2, text: "b" });
    expect(error.claim).toMatchObject({ text: "T, line 2: wrong (as algebra, at 24 places)", holds: false });
  });

  it("comes after the lines before it, and after its own claim", () => {
    thrownBy([
      first,
      { formula: "b", reason: "right", value: x => x },
      { formula: "c", reason: "wrong", value: () => 0 },
    ]);
    expect(shown.map(data => String(data["text/plain"]).split("\n")[0])).toEqual([
      "1  a  [1.000000, 2.000000]  given",
      "✓ T, line 2: right: residual 0 ≤ 1e-9",
      "✗ T, line 3: wrong: residual 2 > 1e-9",
    ]);
  });
});

describe("its formulas", () => {
  it("have the sign of the relation in front but for the first, and no bar", () => {
    derive({
      title: "T",
      cases: { one: 1 },
      within: 1e-9,
      steps: [
        { ...first, formula: "p(a|b|c)", relation: ">=" },
        { formula: "KL(a\\|b\\|c)", reason: "less", value: () => 0, relation: ">=" },
        { formula: "d", reason: "more", value: () => 1, relation: "<=" },
      ],
    });
    expect(String(shown[0]?.["text/markdown"]).split("\n")).toEqual([
      "| line | formula | because | one |",
      "| --- | --- | --- | --: |",
      "| 1 | $p(a\\mid b\\mid c)$ | given | 1.000000 |",
      "| 2 | $\\ge\\;KL(a\\,\\Vert\\,b\\,\\Vert\\,c)$ | less | 0.000000 |",
      "| 3 | $\\le\\;d$ | more | 1.000000 |",
    ]);
  });
});
