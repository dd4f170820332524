import { describe, expect, it } from "vitest";
import { assertCharacters } from "../../../../src/generative/derivation/language/characters.ts";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import { parsed } from "../../../../src/generative/derivation/language/words.ts";

/** What is put in place of a character of `log(p(x)) - 1`, at which place, and what is said of it. */
const alike: readonly (readonly [text: string, place: number, says: RegExp])[] = [
  ["log(p(x)) \u2212 1", 10, /got the minus sign − \(U\+2212\); type - \(the minus of the keyboard\) in its place$/],
  ["log(p(x)) \u2013 1", 10, /en dash – \(U\+2013\); type -/],
  ["log(p(x)) \u00d7 2", 10, /multiplication sign × \(U\+00D7\); type \*/],
  ["log(p(x)) \u22c5 2", 10, /dot operator .*; type \*/],
  ["log(p(x)) \u00f7 2", 10, /division sign ÷ .*; type \//],
  ["log(p(x\u2223z))", 7, /divides sign ∣ .*; type \|/],
  ["log(\u0440(x))", 4, /Cyrillic letter р \(U\+0440\); type p \(the Latin letter\)/],
  ["log\uff08p(x))", 3, /full-width bracket .*; type \(/],
  ["log(p(\u200bx))", 6, /zero-width space U\+200B; leave it out/],
  ["log(p(x))\u00a0- 1", 9, /no-break space U\+00A0; type a plain space/],
  ["\ufefflog(p(x))", 0, /byte order mark U\+FEFF; leave it out/],
  ["log(p(\u202ex))", 6, /right-to-left override U\+202E; leave it out/],
  ["log(p(\u0007x))", 6, /control character U\+0007; leave it out/],
  ["log(p(\ud800x))", 6, /half a character U\+D800; leave it out/],
  ["log(p(x\u0301))", 7, /accent that combines.* U\+0301; leave it out/],
  ["log(p(x))\u2004", 9, /space of another width U\+2004; type a plain space/],
  ["log(p(\u{1d465}))", 6, /letter of another alphabet 𝑥 \(U\+1D465\); type x/],
  ["log(p(x))\u00b2", 9, /number of another script ² .*; type 2/],
  ["\u{1d53c}_q[log(p(x))]", 0, /double-struck E 𝔼 \(U\+1D53C\); type E/],
  ["log(p(\u{1f3b2}))", 6, /sign 🎲 \(U\+1F3B2\); leave it out/],
  ["log(p(x)) # by Bayes", 10, /number sign # .* into the note of the line/],
  ["\u{1f3b2}\u{1f3b2}", 0, /🎲/],
];

describe("a character that is none of the language", () => {
  it.each(alike)("%j: is named, with what to type", (text, place, says) => {
    for (const read of [assertCharacters, parsed]) {
      expect(() => read(text)).toThrow(LanguageError);
      expect(() => read(text)).toThrow(says);
    }
    const thrown = (() => {
      try {
        return assertCharacters(text);
      } catch (error) {
        return error as LanguageError;
      }
    })();
    expect(thrown?.at).toBe(place);
  });

  it("is neither a Greek or accented letter, nor a sign of a relation", () => {
    expect(() => assertCharacters("≥ log(p_θ(xé)) ≤ 1")).not.toThrow();
    expect(() => assertCharacters("\tE_q[\n  log(p_φ(x|z))\n]")).not.toThrow();
  });
});
