import { describe, expect, it } from "vitest";
import { brief, excerpt, placeOf } from "../../../../src/generative/derivation/language/excerpt.ts";

describe("a text in a message", () => {
  it("is whole where it is short, and else cut with a sign in its last place", () => {
    expect(brief("log(p(x))")).toBe("log(p(x))");
    expect(brief("a".repeat(80))).toBe("a".repeat(80));
    expect(brief("a".repeat(81))).toBe(`${"a".repeat(79)}…`);
    expect(brief("abcdef", 6)).toBe("abcdef");
    expect(brief("abcdefg", 6)).toBe("abcde…");
    expect(brief("")).toBe("");
  });

  it("counts characters, of which some have two code units", () => {
    expect(brief("🎲🎲🎲", 3)).toBe("🎲🎲🎲");
    expect(brief("🎲🎲🎲🎲", 3)).toBe("🎲🎲…");
  });

  it("is one line, with a sign in place of what nobody sees", () => {
    expect(brief("a\n\t  b")).toBe("a b");
    expect(brief("a\u0007b\u200bc\u202ed\ud800e\ue000f")).toBe("a▯b▯c▯d▯e▯f");
    expect(brief("\u0007\u0008\u0378")).toBe("▯▯▯");
    expect(excerpt("a\n\u0007")).toBe("a ▯");
  });
});

describe("the text around a place", () => {
  const digits = Array.from({ length: 200 }, (_, i) => i % 10).join("");

  it("is all of it where that is short", () => {
    expect(excerpt("log(p(x))", 4)).toBe("log(p(x))");
    expect(excerpt("a".repeat(80), 70)).toBe("a".repeat(80));
  });

  it("is forty characters to either side, with signs for what is left out", () => {
    expect(excerpt(digits, 100)).toBe(`…${digits.slice(60, 140)}…`);
    expect(excerpt(digits)).toBe(`${digits.slice(0, 40)}…`);
    expect(excerpt(digits, 40)).toBe(`${digits.slice(0, 80)}…`);
    expect(excerpt(digits, 41)).toBe(`…${digits.slice(1, 81)}…`);
    expect(excerpt(digits, 159)).toBe(`…${digits.slice(119, 199)}…`);
    expect(excerpt(digits, 160)).toBe(`…${digits.slice(120)}`);
    expect(excerpt(digits, 199)).toBe(`…${digits.slice(159)}`);
    expect(excerpt("a".repeat(81), 80)).toBe(`…${"a".repeat(41)}`);
    expect(excerpt(`${"🎲".repeat(50)}${"a".repeat(50)}`, 50)).toBe(`…${"🎲".repeat(40)}${"a".repeat(40)}…`);
  });
});

/** A part, a text, and the place of the part in it, by eye. */
const places: readonly (readonly [part: string, text: string, place: number | undefined])[] = [
  ["q(z)", "log(q(z))", 4],
  ["q(z|x)", "E_q[ q ( z|x )]", 5],
  ["q( z )", "log(q(z))", 4],
  ["q(z)", "q(x)", undefined],
  ["q(z)", "q(z", undefined],
  ["", "q(z)", undefined],
  ["  ", "q(z)", undefined],
  ["z", "", undefined],
  // The first of several.
  ["z", "x + z + z", 4],
  // A name is no part of a longer one, in front or behind.
  ["z", "zeta + z", 7],
  ["z", "xz + z", 5],
  ["z", "z_1 + z", 6],
  ["z", "1z + 2z + z", 10],
  ["θ", "θ1 + ψθ + θ", 10],
  ["p(x", "pp(x) + p(x)", 8],
  ["+ z", "x + zz + z", 7],
  // Two words with a space between them are two.
  ["z", "x z", 2],
  ["z y", "x z y", 2],
  // What is no name may stand anywhere.
  ["(z)", "q(z)x", 1],
  ["+", "a+b", 1],
  ["||", "p(x||z)", 3],
];

it.each(places)("%j stands in %j at %j", (part, text, place) => expect(placeOf(part, text)).toBe(place));
