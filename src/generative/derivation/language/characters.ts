import { LanguageError } from "./languageError.ts";

/**
 * Throws a LanguageError for the first character that is none of the language, with its name and what to type instead.
 *
 * Many of them look like one that is, as the minus sign of a book or a Cyrillic letter; some cannot be seen at all.
 */
export function assertCharacters(text: string): void {
  for (const [place, character] of [...text].entries()) {
    if (ALLOWED.test(character)) continue;
    const { name, instead } = LOOK_ALIKES.get(character) ?? unknown(character);
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    const seen = /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `${character} (${code})`;
    const remedy = instead === "" ? "leave it out" : `type ${instead}`;
    throw new LanguageError(
      `each character must be one of the language, but got the ${name} ${seen}; ${remedy} in its place`,
      place,
    );
  }
}

/** The Latin letters that a name of Greek ones looks like; undefined where it looks like none. */
export function latin(name: string): string | undefined {
  const letters = [...name].map(character => GREEK_AS_LATIN.get(character) ?? character).join("");
  return letters === name ? undefined : letters;
}

/** What every keyboard has, the letters of western and Greek alphabets, and the signs of relations. */
const ALLOWED = /^[\t\n\x20-\x22\x24-\x7eÀ-ÖØ-öø-ƿǄ-ʯͰ-Ͽ≥≤]$/u;

function unknown(character: string): { name: string; instead: string } {
  const kinds: [RegExp, string][] = [
    [/\p{Cs}/u, "half a character"],
    [/\p{Cc}/u, "control character"],
    [/\p{M}/u, "accent that combines with the letter before it"],
    [/\p{Z}/u, "space of another width"],
    [/\p{C}/u, "invisible character"],
    [/\p{L}/u, "letter of another alphabet"],
    [/\p{N}/u, "number of another script"],
  ];
  const name = kinds.find(([kind]) => kind.test(character))?.[1] ?? "sign";
  if (/\p{Z}/u.test(character)) return { name, instead: "a plain space" };
  return { name, instead: /\p{L}|\p{N}/u.test(character) ? compatible(character) : "" };
}

/** What a letter or number is but for its style, as the p of 𝑝 and the 2 of ². */
function compatible(character: string): string {
  const plain = character.normalize("NFKC");
  return plain !== character && /^[\w\u0370-\u03ff]+$/u.test(plain) ? plain : "a Latin or Greek letter, or a digit,";
}

const MINUS = { instead: "- (the minus of the keyboard)" };
const NOTHING = { instead: "" };
const SPACE = { instead: "a plain space" };
const TIMES = { instead: "*" };

const LOOK_ALIKES: ReadonlyMap<string, { name: string; instead: string }> = new Map([
  ["\u2212", { name: "minus sign", ...MINUS }],
  ["\u2010", { name: "hyphen", ...MINUS }],
  ["\u2011", { name: "non-breaking hyphen", ...MINUS }],
  ["\u2012", { name: "figure dash", ...MINUS }],
  ["\u2013", { name: "en dash", ...MINUS }],
  ["\u2014", { name: "em dash", ...MINUS }],
  ["\u2015", { name: "horizontal bar", ...MINUS }],
  ["\ufe63", { name: "small hyphen", ...MINUS }],
  ["\uff0d", { name: "full-width minus", ...MINUS }],
  ["\u00ad", { name: "soft hyphen", ...NOTHING }],
  ["\u00b7", { name: "middle dot", ...TIMES }],
  ["\u22c5", { name: "dot operator", ...TIMES }],
  ["\u2219", { name: "bullet operator", ...TIMES }],
  ["\u2022", { name: "bullet", ...TIMES }],
  ["\u00d7", { name: "multiplication sign", ...TIMES }],
  ["\u2217", { name: "asterisk operator", ...TIMES }],
  ["\uff0a", { name: "full-width asterisk", ...TIMES }],
  ["\u00f7", { name: "division sign", instead: "/" }],
  ["\u2215", { name: "division slash", instead: "/" }],
  ["\u2044", { name: "fraction slash", instead: "/" }],
  ["\uff0f", { name: "full-width slash", instead: "/" }],
  ["\uff0b", { name: "full-width plus", instead: "+" }],
  ["\uff1d", { name: "full-width equals sign", instead: "=" }],
  ["\u2260", { name: "not-equal sign", instead: "=, >= or <=" }],
  ["\u2248", { name: "almost-equal sign", instead: "=, >= or <=" }],
  ["\u2261", { name: "identity sign", instead: "=" }],
  ["\u2254", { name: "sign of a definition", instead: "=" }],
  ["\u2a7e", { name: "slanted greater-or-equal sign", instead: ">=" }],
  ["\u2a7d", { name: "slanted less-or-equal sign", instead: "<=" }],
  ["\u2223", { name: "divides sign", instead: "|" }],
  ["\uff5c", { name: "full-width bar", instead: "|" }],
  ["\u00a6", { name: "broken bar", instead: "|" }],
  ["\u01c0", { name: "letter of a dental click", instead: "|" }],
  ["\u2016", { name: "double vertical line", instead: "a comma, as in KL(q(z), p(z))," }],
  ["\u2225", { name: "parallel sign", instead: "a comma, as in KL(q(z), p(z))," }],
  ["\uff08", { name: "full-width bracket", instead: "(" }],
  ["\uff09", { name: "full-width bracket", instead: ")" }],
  ["\uff3b", { name: "full-width bracket", instead: "[" }],
  ["\uff3d", { name: "full-width bracket", instead: "]" }],
  ["\u27e8", { name: "angle bracket", instead: "E_q[" }],
  ["\u27e9", { name: "angle bracket", instead: "]" }],
  ["\uff0c", { name: "full-width comma", instead: "," }],
  ["\u201a", { name: "low quotation mark", instead: "," }],
  ["\u222b", { name: "integral sign", instead: "integral(…, z)" }],
  ["\u2211", { name: "summation sign", instead: "sum(…, z)" }],
  ["\u220f", { name: "product sign", instead: "a product of factors" }],
  ["\u221a", { name: "root sign", instead: "sqrt(…)" }],
  ["\u221e", { name: "infinity sign", instead: "a finite number" }],
  ["\ud835\udd3c", { name: "double-struck E", instead: "E" }],
  ["\u2130", { name: "script E", instead: "E" }],
  ["\u2032", { name: "prime", instead: "another name, as z_1," }],
  ["\u2019", { name: "closing quotation mark", instead: "another name, as z_1," }],
  ["\u00b5", { name: "micro sign", instead: "the Greek letter μ" }],
  ["\u2202", { name: "partial differential", ...NOTHING }],
  ["#", { name: "number sign", instead: "remarks into the note of the line, and nothing" }],
  ["\r", { name: "carriage return", ...SPACE }],
  ["\u00a0", { name: "no-break space", ...SPACE }],
  ["\u202f", { name: "narrow no-break space", ...SPACE }],
  ["\u2009", { name: "thin space", ...SPACE }],
  ["\u200a", { name: "hair space", ...SPACE }],
  ["\u2003", { name: "em space", ...SPACE }],
  ["\u2002", { name: "en space", ...SPACE }],
  ["\u3000", { name: "ideographic space", ...SPACE }],
  ["\u2028", { name: "line separator", ...SPACE }],
  ["\u2029", { name: "paragraph separator", ...SPACE }],
  ["\u200b", { name: "zero-width space", ...NOTHING }],
  ["\u200c", { name: "zero-width non-joiner", ...NOTHING }],
  ["\u200d", { name: "zero-width joiner", ...NOTHING }],
  ["\u2060", { name: "word joiner", ...NOTHING }],
  ["\ufeff", { name: "byte order mark", ...NOTHING }],
  ["\u2061", { name: "function application", ...NOTHING }],
  ["\u2062", { name: "invisible times", ...TIMES }],
  ["\u200e", { name: "left-to-right mark", ...NOTHING }],
  ["\u200f", { name: "right-to-left mark", ...NOTHING }],
  ["\u202a", { name: "left-to-right embedding", ...NOTHING }],
  ["\u202e", { name: "right-to-left override", ...NOTHING }],
  ...[..."аеорсухіјѕԁԛԝВЕКМНОРСТХАЅІЈ"].map((cyrillic, i): [string, { name: string; instead: string }] => {
    const instead = "aeopcyxijsdqwBEKMHOPCTXASIJ"[i] as string;
    return [cyrillic, { name: "Cyrillic letter", instead: `${instead} (the Latin letter)` }];
  }),
]);

const GREEK_AS_LATIN: ReadonlyMap<string, string> = new Map(
  [..."ρονκχιΡΟΝΚΧΙΑΒΕΖΗΜΤΥϳϱ"].map((greek, i) => [greek, "povkxiPONKXIABEZHMTYjp"[i] as string]),
);
