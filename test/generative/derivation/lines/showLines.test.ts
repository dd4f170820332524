import { describe, expect, it } from "vitest";
import type { CheckedLine, ReadableLines } from "../../../../src/generative/derivation/lines/checkLines.ts";
import { DerivationError } from "../../../../src/generative/derivation/lines/derivationError.ts";
import { linesBundle } from "../../../../src/generative/derivation/lines/showLines.ts";

const line = (change: Partial<CheckedLine>): CheckedLine => ({
  text: "a",
  typed: "= a",
  tex: "\\alpha",
  relation: "=",
  because: [],
  values: [1],
  ...change,
});
const bundle = (change: Partial<ReadableLines>) =>
  linesBundle({
    title: "T",
    cases: ["coin"],
    lines: [],
    claims: [],
    definitions: [],
    posteriors: [],
    places: [],
    ...change,
  });
const rows = (change: Partial<ReadableLines>) => bundle(change)["text/markdown"].split("\n").slice(2);
const unread = (text: string, because: string[]) => ({
  error: new DerivationError("it is wrong", { part: "line", number: 2, text }),
  because,
});

describe("a derivation on a page", () => {
  it("is a table of its lines, with the sign of each but the first, its reasons, and a number for each case", () => {
    const lines = [
      line({ values: [1, -2] }),
      line({ because: ["Bayes"], values: [0.5, Number.NaN] }),
      line({ relation: ">=", because: ["jensen", "linearity"], label: "7.1", note: "a note" }),
      line({ relation: "<=", because: ["KL >= 0"], note: "another" }),
      line({ because: [], note: "alone", fault: { kind: "rule", message: "" } }),
    ];
    expect(bundle({ cases: ["coin", "die"], lines })["text/markdown"].split("\n")).toEqual([
      "| line | formula | because | coin | die |",
      "| --- | --- | --- | --: | --: |",
      "| 1 | $\\alpha$ |  | 1.000000 | −2.000000 |",
      "| 2 | $=\\;\\alpha$ | Bayes' rule | 0.500000 | ? |",
      "| 3 | $\\ge\\;\\alpha$ (7.1) | Jensen's inequality, linearity: a note | 1.000000 |",
      "| 4 | $\\le\\;\\alpha$ | KL ≥ 0: another | 1.000000 |",
      "| 5 | **✗** $=\\;\\alpha$ | alone | 1.000000 |",
    ]);
  });

  it("has below what names mean, the places of what depends on one, and where posteriors come from", () => {
    expect(
      bundle({ definitions: ["A=1", "B=2"], places: ["coin: z = 1", "die: z = 2"], posteriors: ["coin: a", "die: b"] })[
        "text/markdown"
      ],
    ).toBe(
      [
        "| line | formula | because | coin |\n| --- | --- | --- | --: |",
        "where $A=1$, $B=2$",
        "<small>What depends on a place is shown at: coin: z = 1; die: z = 2.</small>",
        "<small>The posterior comes from: coin: a; die: b.</small>",
      ].join("\n\n"),
    );
  });

  it("has last the line that could not be read, as code that ends neither a cell nor itself", () => {
    expect(rows({ cases: ["coin", "die"], unread: unread("= p(x|z) `|", ["Bayes", "Be|yes"]) })).toEqual([
      "| 2 | **✗** `= p(x\\|z) '\\|` | Bayes' rule, `Be\\|yes` |  |  |",
    ]);
    expect(rows({ unread: unread("  ", []) })).toEqual(["| 2 | **✗**  |  |  |"]);
    expect(rows({ unread: unread("a".repeat(100), [""]) })).toEqual([`| 2 | **✗** \`${"a".repeat(79)}…\` |  |  |`]);
  });
});

describe("a derivation in a terminal", () => {
  const plain = (change: Partial<ReadableLines>) => bundle(change)["text/plain"];

  it("is a line for each of its lines", () => {
    const lines = [
      line({ values: [1, -2] }),
      line({ because: ["BAYES", "Jensen"], values: [0.5, Number.NaN], label: "7.1", note: "no note here" }),
      line({ relation: ">=", because: ["KL >= 0"], fault: { kind: "rule", message: "" } }),
      line({ relation: "<=", values: [] }),
    ];
    expect(plain({ lines }).split("\n")).toEqual([
      "1  a  [1.000000, −2.000000]",
      "2  = a  [0.500000, ?]  Bayes' rule, Jensen's inequality",
      "3  ✗ >= a  [1.000000]  KL ≥ 0",
      "4  <= a  []",
    ]);
  });

  it("has last the line that could not be read, as it was typed", () => {
    expect(plain({ lines: [line({})], unread: unread("= p(x|z) `", ["Bayes", "Beyes"]) })).toBe(
      "1  a  [1.000000]\n2  ✗ = p(x|z) `  Bayes' rule, Beyes",
    );
    expect(plain({ unread: unread("= b", []) })).toBe("2  ✗ = b");
    expect(plain({})).toBe("");
  });

  it("takes for Bayes and Jensen what is no more than their names", () => {
    const because = ["Bayes' rule", "by Bayes", "Bayes theorem", "Jensen inequality", "a Jensen"];
    expect(plain({ lines: [line({ because })] })).toBe(`1  a  [1.000000]  ${because.join(", ")}`);
  });
});
