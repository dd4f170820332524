import { describe, expect, it } from "vitest";
import { DerivationError } from "../../../../src/generative/derivation/lines/derivationError.ts";

describe("the error of a line", () => {
  const place = { part: "line", number: 3, text: "= log(p(x)" } as const;
  const said = (change: object, claim?: never) =>
    new DerivationError("it is wrong", { ...place, ...change }, claim).message;

  it("says where: the line, the character, the text", () => {
    expect(said({})).toBe('derive, line 3, "= log(p(x)": it is wrong.');
    expect(said({ character: 11 })).toBe('derive, line 3, character 11 of "= log(p(x)": it is wrong.');
    expect(said({ part: "definition" })).toBe('derive, definition 3, "= log(p(x)": it is wrong.');
    for (const text of ["", "  \n"]) expect(said({ text, character: 1 })).toBe("derive, line 3: it is wrong.");
    expect(said({}, {} as never)).toBe("derive, line 3: it is wrong.");
  });

  it("shows of a long text what is around the place", () => {
    const text = `${"a".repeat(100)}b${"c".repeat(100)}`;
    expect(said({ text, character: 101 })).toContain(`"…${"a".repeat(40)}b${"c".repeat(39)}…"`);
    expect(said({ text })).toContain(`"${"a".repeat(40)}…"`);
  });

  it("holds its parts", () => {
    expect(new DerivationError("it is wrong", place)).toMatchObject({
      name: "DerivationError",
      sentence: "it is wrong",
      place,
      claim: undefined,
    });
  });
});
