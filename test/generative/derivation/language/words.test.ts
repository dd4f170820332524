import { describe, expect, it } from "vitest";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import { name, parsed, quoted, unwrapped } from "../../../../src/generative/derivation/language/words.ts";

const error = (text: string) => {
  try {
    parsed(text);
  } catch (error) {
    if (error instanceof LanguageError) return { says: error.message, at: error.at };
    throw error;
  }
  throw new Error(`${text} must be refused`);
};
const line = "a line must be an expression such as E_q[log(p(x|z))], but got";

describe("a text that nobody can read", () => {
  it.each<[string, string, number | undefined]>([
    ["log(p(x)", `${line} its end where a ) is due; close what was opened`, 8],
    ["E_q[f(z)", `${line} its end where a ] is due; close what was opened`, 8],
    ["log(p(x) + 1", `${line} its end where a ) is due; close what was opened`, 12],
    ["log(p(x) 2]", `${line} "]" where a ) is due; close what was opened`, 10],
    ["log(p(x)) +", `${line} its end where something is due; write what is missing`, 11],
    ["1 + * 2", `${line} "* 2" where something is due; write what is missing`, 4],
    ["p(x||z)", `${line} "|z)" where one bar or a comma is due; write p(x|z), and KL(q(z), p(z))`, 4],
    ["2 = p(x)", `${line} "= p(x)" where there is no relation; put each side of one on a line of its own`, 2],
    ["p(x))", `${line} ")" where it makes no sense; mend it there`, 4],
    ["a b ` c", `${line} "\` c" where it makes no sense; mend it there`, 4],
    ["θ * 1 + * φ", `${line} "* φ" where something is due; write what is missing`, 8],
  ])("%s: what is due, and where", (text, says, at) => expect(error(text)).toEqual({ says, at }));

  it.each(["", " ", "\n\t"])("%j is nothing", text => {
    expect(error(text)).toEqual({
      says: 'a line must be an expression, but got nothing; write one, or "?" where the reader does',
      at: undefined,
    });
  });
});

it("what is thrown at it has a name of its own", () => expect(new LanguageError("").name).toBe("LanguageError"));

describe("a text that is too large", () => {
  it("has more than 1000 characters", () => {
    expect(() => parsed("a".repeat(1000))).not.toThrow();
    expect(error("a".repeat(1001))).toEqual({
      says: "a line must have at most 1000 characters, but got 1001; define names for parts of it",
      at: undefined,
    });
  });

  it.each(["()", "[]", "{}"])(
    "has more than 40 brackets %s one in another, which is said where the next one opens",
    ([open = "", close = ""]) => {
      const within = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
      const says = "a line must have at most 40 brackets one in another, but got more; define names for parts of it";
      expect(error(`2 + ${within(41)}`)).toEqual({ says, at: 44 });
      expect(error(within(41))).toEqual({ says, at: 40 });
      if (open === "(") expect(() => parsed(`${within(40)} + ${within(40)}`)).not.toThrow();
    },
  );

  it("has more than 150 operations one in another", () => {
    // The number at the end is one in another of them too.
    expect(() => parsed(`${"-".repeat(149)}1`)).not.toThrow();
    expect(error(`${"-".repeat(150)}1`)).toEqual({
      says: "a line must have at most 150 operations one in another, but got more; define a name for a part of it",
      at: undefined,
    });
  });
});

describe("a part of a text", () => {
  it("is quoted in brief", () => {
    expect(quoted(parsed("log( p(x) )"))).toBe('"log(p(x))"');
    expect(quoted("a".repeat(81))).toBe(`"${"a".repeat(79)}…"`);
  });

  it("is what stands in brackets, however many", () => {
    expect(unwrapped(parsed("((a + b))")).toString()).toBe("a + b");
    expect(unwrapped(parsed("f((a))")).toString()).toBe("f((a))");
  });

  it("is called by its name, and what has none by its text", () => {
    expect(name(parsed("alpha"))).toBe("alpha");
    expect(name(parsed("a + 1"))).toBe("a + 1");
  });
});
