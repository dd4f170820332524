import { describe, expect, it } from "vitest";
import { assertCharacters, latin } from "../../../../src/generative/derivation/language/characters.ts";

/** By what has to be typed: characters that look like it, with the names that Unicode 15 has for them. */
const inPlace: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "type - (the minus of the keyboard)": {
    "\u2212": "MINUS SIGN",
    "\u2010": "HYPHEN",
    "\u2011": "NON-BREAKING HYPHEN",
    "\u2012": "FIGURE DASH",
    "\u2013": "EN DASH",
    "\u2014": "EM DASH",
    "\u2015": "HORIZONTAL BAR",
    "\ufe63": "SMALL HYPHEN-MINUS",
    "\uff0d": "FULLWIDTH HYPHEN-MINUS",
  },
  "leave it out": {
    "\u00ad": "SOFT HYPHEN",
    "\u2202": "PARTIAL DIFFERENTIAL",
    "\u200b": "ZERO WIDTH SPACE",
    "\u200c": "ZERO WIDTH NON-JOINER",
    "\u200d": "ZERO WIDTH JOINER",
    "\u2060": "WORD JOINER",
    "\ufeff": "BYTE ORDER MARK",
    "\u2061": "FUNCTION APPLICATION",
    "\u200e": "LEFT-TO-RIGHT MARK",
    "\u200f": "RIGHT-TO-LEFT MARK",
    "\u202a": "LEFT-TO-RIGHT EMBEDDING",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
  },
  "type *": {
    "\u00b7": "MIDDLE DOT",
    "\u22c5": "DOT OPERATOR",
    "\u2219": "BULLET OPERATOR",
    "\u2022": "BULLET",
    "\u00d7": "MULTIPLICATION SIGN",
    "\u2217": "ASTERISK OPERATOR",
    "\uff0a": "FULLWIDTH ASTERISK",
    "\u2062": "INVISIBLE TIMES",
  },
  "type /": {
    "\u00f7": "DIVISION SIGN",
    "\u2215": "DIVISION SLASH",
    "\u2044": "FRACTION SLASH",
    "\uff0f": "FULLWIDTH SOLIDUS",
  },
  "type +": {
    "\uff0b": "FULLWIDTH PLUS SIGN",
  },
  "type =": {
    "\uff1d": "FULLWIDTH EQUALS SIGN",
    "\u2261": "IDENTICAL TO",
    "\u2254": "COLON EQUALS",
  },
  "type =, >= or <=": {
    "\u2260": "NOT EQUAL TO",
    "\u2248": "ALMOST EQUAL TO",
  },
  "type >=": {
    "\u2a7e": "GREATER-THAN OR SLANTED EQUAL TO",
  },
  "type <=": {
    "\u2a7d": "LESS-THAN OR SLANTED EQUAL TO",
  },
  "type |": {
    "\u2223": "DIVIDES",
    "\uff5c": "FULLWIDTH VERTICAL LINE",
    "\u00a6": "BROKEN BAR",
    "\u01c0": "LATIN LETTER DENTAL CLICK",
  },
  "type a comma, as in KL(q(z), p(z)),": {
    "\u2016": "DOUBLE VERTICAL LINE",
    "\u2225": "PARALLEL TO",
  },
  "type (": {
    "\uff08": "FULLWIDTH LEFT PARENTHESIS",
  },
  "type )": {
    "\uff09": "FULLWIDTH RIGHT PARENTHESIS",
  },
  "type [": {
    "\uff3b": "FULLWIDTH LEFT SQUARE BRACKET",
  },
  "type ]": {
    "\uff3d": "FULLWIDTH RIGHT SQUARE BRACKET",
    "\u27e9": "MATHEMATICAL RIGHT ANGLE BRACKET",
  },
  "type E_q[": {
    "\u27e8": "MATHEMATICAL LEFT ANGLE BRACKET",
  },
  "type ,": {
    "\uff0c": "FULLWIDTH COMMA",
    "\u201a": "SINGLE LOW-9 QUOTATION MARK",
  },
  "type integral(…, z)": {
    "\u222b": "INTEGRAL",
  },
  "type sum(…, z)": {
    "\u2211": "N-ARY SUMMATION",
  },
  "type a product of factors": {
    "\u220f": "N-ARY PRODUCT",
  },
  "type sqrt(…)": {
    "\u221a": "SQUARE ROOT",
  },
  "type a finite number": {
    "\u221e": "INFINITY",
  },
  "type E": {
    "\ud835\udd3c": "MATHEMATICAL DOUBLE-STRUCK CAPITAL E",
    "\u2130": "SCRIPT CAPITAL E",
  },
  "type another name, as z_1,": {
    "\u2032": "PRIME",
    "\u2019": "RIGHT SINGLE QUOTATION MARK",
  },
  "type the Greek letter μ": {
    "\u00b5": "MICRO SIGN",
  },
  "type remarks into the note of the line, and nothing": {
    "#": "NUMBER SIGN",
  },
  "type a plain space": {
    "\r": "CARRIAGE RETURN",
    "\u00a0": "NO-BREAK SPACE",
    "\u202f": "NARROW NO-BREAK SPACE",
    "\u2009": "THIN SPACE",
    "\u200a": "HAIR SPACE",
    "\u2003": "EM SPACE",
    "\u2002": "EN SPACE",
    "\u3000": "IDEOGRAPHIC SPACE",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
  },
};

/** Latin letters, each with a Cyrillic one that looks like it: the confusable characters of Unicode's report 39. */
const cyrillic =
  "a\u0430 e\u0435 o\u043e p\u0440 c\u0441 y\u0443 x\u0445 i\u0456 j\u0458 s\u0455 d\u0501 q\u051b w\u051d B\u0412 E\u0415 K\u041a M\u041c H\u041d O\u041e P\u0420 C\u0421 T\u0422 X\u0425 A\u0410 S\u0405 I\u0406 J\u0408".split(
    " ",
  );

/** Greek letters that look like Latin ones. */
const greek = "ρp οo νv κk χx ιi ΡP ΟO ΝN ΚK ΧX ΙI ΑA ΒB ΕE ΖZ ΗH ΜM ΤT ΥY ϳj ϱp".split(" ");

const said = (character: string) => {
  try {
    assertCharacters(`p${character}(x)`);
  } catch (error) {
    const [, name = "", remedy = ""] =
      /but got the (.*) (?:. \()?U\+[0-9A-F]{4,5}\)?; (.*) in its place$/u.exec((error as Error).message) ?? [];
    return { name, remedy };
  }
  throw new Error(`${character} must be refused`);
};
const words = (name: string) => name.toLowerCase().replace("full-width", "fullwidth").split(/[ -]/);

describe.each(Object.entries(inPlace))("in place of what looks like it: %s", (remedy, names) => {
  it.each(Object.entries(names))("%j, %s", (character, unicode) => {
    const { name, remedy: told } = said(character);
    expect(told).toBe(remedy);
    const shared = words(name).filter(word => words(unicode).includes(word));
    // COLON EQUALS and IDENTICAL TO are named here by what they mean.
    const byMeaning = /^(sign of a definition|identity sign)$/.test(name);
    expect(byMeaning ? 1 : shared.length / words(name).length).toBeGreaterThanOrEqual(0.5);
    const plain = character.normalize("NFKC");
    if (plain !== character && /[!-~]/.test(plain)) expect(told).toContain(`type ${plain}`);
  });
});

it.each(cyrillic)("a Cyrillic letter is told from the Latin one: %s", ([own = "", other = ""]) => {
  expect(said(other)).toEqual({ name: "Cyrillic letter", remedy: `type ${own} (the Latin letter)` });
});

it.each(greek)("a Greek letter may stand for the Latin one: %s", ([letter = "", own = ""]) => {
  expect(latin(letter)).toBe(own);
  expect(latin(`${letter}_1${letter}`)).toBe(`${own}_1${own}`);
});

it("what is in Latin letters already stands for no other, nor do Greek letters that look like none", () => {
  for (const name of ["p_theta", "θ", "λ_1", ""]) expect(latin(name)).toBeUndefined();
});
