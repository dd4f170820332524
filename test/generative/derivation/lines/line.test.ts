import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { DerivationError } from "../../../../src/generative/derivation/lines/derivationError.ts";
import { type Line, readLines } from "../../../../src/generative/derivation/lines/line.ts";
import { names } from "../language/everyName.ts";

const known = { densities: densitiesIn("q(z)"), names };
const read = (lines: readonly Line[], define: string[] = []) => readLines(lines, define, known);
const second = (line: unknown) => read(["p(x)", line as Line]);

describe("a line is read", () => {
  it("with its relation, its text, its reasons, and what else is said of it", () => {
    const { lines, unread, definitions } = read(
      [
        "  p(x) ",
        ["= p(x) * 1\n", "multiply by one", "rearrange"],
        { line: ">=  A", because: "Jensen", label: "7.1", note: "a note" },
        { line: "<= p(x)", because: ["Bayes"] },
        ["≥ p(x)", "Bayes"],
        ["≤\tp(x)", "Bayes"],
        ["= ?", "Bayes"],
      ],
      ["A = p(x)", "B(z) = A + f(z)"],
    );
    expect(unread).toBeUndefined();
    expect(lines.map(({ typed, text, relation }) => [typed, text, relation])).toEqual([
      ["  p(x) ", "p(x)", "="],
      ["= p(x) * 1\n", "p(x) * 1", "="],
      [">=  A", "A", ">="],
      ["<= p(x)", "p(x)", "<="],
      ["≥ p(x)", "p(x)", ">="],
      ["≤\tp(x)", "p(x)", "<="],
      ["= ?", "?", "="],
    ]);
    expect(lines.map(({ because }) => because.join())).toEqual([
      "",
      "multiply by one,rearrange",
      "Jensen",
      "Bayes",
      "Bayes",
      "Bayes",
      "Bayes",
    ]);
    expect(lines.map(({ rules }) => rules.length)).toEqual([0, 2, 1, 1, 1, 1, 1]);
    expect(lines[2]).toMatchObject({
      label: "7.1",
      note: "a note",
      tex: "A",
      expression: { kind: "defined", name: "A" },
    });
    expect(lines[1]).not.toHaveProperty("label");
    expect(lines[6]).toMatchObject({ tex: "\\;?" });
    expect(lines[6]).not.toHaveProperty("expression");
    expect(definitions.map(tex => tex.replace(/\s+/g, ""))).toEqual(["A=p(x)", "B(z)=A+f(z)"]);
  });

  it("may be the first that is left to the reader", () => {
    expect(read(["?", ["= p(x)", "Bayes"]]).lines.map(({ text }) => text)).toEqual(["?", "p(x)"]);
  });
});

/** What stands for the second line, the place that is said, and the words. */
const wrong: readonly (readonly [line: unknown, place: object, says: RegExp, because?: readonly string[]])[] = [
  [5, { text: "" }, /^derive, line 2: a line must be text, but got number; as in/],
  [undefined, { text: "" }, /but got undefined/],
  [null, { text: "" }, /but got object/],
  [{ because: "Bayes" }, { text: "" }, /but got undefined/, ["Bayes"]],
  [
    ["= p(x) − 1", "Bayes"],
    { text: "= p(x) − 1", character: 8 },
    /each character must be one of the language/,
    ["Bayes"],
  ],
  [["− p(x)", "Bayes"], { character: 1 }, /each character must be one of the language/, ["Bayes"]],
  [["= p(x) >= 1", "Bayes"], { character: 3 }, /but got ">=" in "p\(x\) >= 1"/, ["Bayes"]],
  [["  == p(x)", "Bayes"], { character: 1 }, /but got "== …"; write one of them/, ["Bayes"]],
  [
    "p(x)",
    { character: 1 },
    /a line must begin with =, >= or <=, but got "p\(x\)"; say how it stands to the line before/,
  ],
  [
    ["", "Bayes"],
    { text: "", character: 1 },
    /^derive, line 2: a line must begin with =, >= or <=, but got ""/,
    ["Bayes"],
  ],
  [[`  ${"a".repeat(30)}`, "Bayes"], { character: 1 }, /but got "a{19}…"; say/, ["Bayes"]],
  [["< p(x)", "Bayes"], { character: 1 }, /a line must begin with =, >= or <=, but got "< p\(x\)"/, ["Bayes"]],
  [
    ["== p(x)", "Bayes"],
    { text: "== p(x)", character: 1 },
    /a line must begin with one of =, >= and <=, but got "== …"; write one of them/,
    ["Bayes"],
  ],
  [["= > p(x)", "Bayes"], { character: 1 }, /must begin with one of =, >= and <=, but got "= >…"/, ["Bayes"]],
  [["= ≤ p(x)", "Bayes"], { character: 1 }, /must begin with one of =, >= and <=/, ["Bayes"]],
  [
    "= p(x)",
    { text: "= p(x)" },
    /: a line must have a reason, but got none; write one of rearrange, .*, Jensen, KL >= 0\.$/,
  ],
  [["= p(x)"], {}, /a line must have a reason, but got none/],
  [{ line: "= p(x)", because: [] }, {}, /a line must have a reason, but got none/],
  [
    ["= p(x)", "Beyes"],
    { text: "= p(x)" },
    /a reason must be one of rearrange, .*, but got "Beyes"; write one of them/,
    ["Beyes"],
  ],
  [["= p(x)", "Bayes", 7], {}, /a reason must be one of .*, but got number; write/, ["Bayes", "7"]],
  [["= p(x)", "a".repeat(100)], {}, /but got "a{79}…"; write/, ["a".repeat(100)]],
  [{ line: "= p(x)", because: 5 }, {}, /but got number/, ["5"]],
  // The place is one of what was typed, the relation with it.
  [
    ["=  p(x) + ln(2)", "Bayes"],
    { text: "=  p(x) + ln(2)", character: 11 },
    /^derive, line 2, character 11 of/,
    ["Bayes"],
  ],
  [["  >= p(x", "Bayes"], { character: 9 }, /its end where a \) is due/, ["Bayes"]],
  [["= E_q[2^z] + 2", "Bayes"], { character: 7 }, /an exponent must be a number/, ["Bayes"]],
  // Where in it cannot be said: nothing is there.
  [["=", "Bayes"], { text: "=" }, /^derive, line 2, "=": a line must be an expression, but got nothing/, ["Bayes"]],
];

describe("a line that cannot be read", () => {
  it.each(wrong.map(([line, place, says, because = []]) => ({ line, place, says, because })))(
    "$line says where",
    ({ line, place, says, because }) => {
      const { lines, unread } = second(line);
      expect(lines).toHaveLength(1);
      expect(unread?.error).toBeInstanceOf(DerivationError);
      expect(unread?.error.place).toMatchObject({ part: "line", number: 2, ...place });
      if (!("character" in place)) expect(unread?.error.place).not.toHaveProperty("character");
      expect(unread?.error.message).toMatch(says);
      expect(unread?.because).toEqual(because);
    },
  );

  it("is the first with a relation", () => {
    for (const sign of ["=", ">=", "≤"])
      expect(read([`${sign} p(x)`]).unread?.error.message).toBe(
        `derive, line 1, character 1 of "${sign} p(x)": the first line must be an expression alone, but got "${sign}" in front of it; leave "${sign}" out.`,
      );
  });

  it("ends the lines, and those after it are not looked at", () => {
    expect(read(["p(x)", ["= ln(2)", "Bayes"], ["= )", "Bayes"]])).toMatchObject({
      lines: [{}],
      unread: { error: { place: { number: 2 } } },
    });
  });

  it("is thrown where it is a definition", () => {
    expect(() => read(["p(x)"], ["A = 1", "B = ln(2)"])).toThrow(
      /^derive, definition 2, character 5 of "B = ln\(2\)": a function must be .*, but got "ln"; write log\.$/,
    );
    expect(() => read(["p(x)"], ["A = B", "B = 1"])).toThrow(/^derive, definition 1, character 5 of .* put B first/);
  });

  it("is not what a fault of another kind is", () => {
    expect(() => readLines(["p(x)"], [], { densities: [], names: undefined } as never)).toThrow(TypeError);
  });
});
