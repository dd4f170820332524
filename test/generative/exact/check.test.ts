import { describe, expect, it } from "vitest";
import * as check from "../../../src/generative/exact/check.ts";

/** What is thrown, as `Class: message`. */
function thrown(run: () => unknown): string {
  try {
    return `returned ${run()}`;
  } catch (error) {
    return String(error);
  }
}

describe("what came", () => {
  it.each<[unknown, string]>([
    ["text", '"text"'],
    ["a".repeat(20), `"${"a".repeat(20)}"`],
    ["a".repeat(21), `"${"a".repeat(20)}…"`],
    [Math.abs, "a function"],
    [null, "null"],
    [undefined, "undefined"],
    [-0.5, "-0.5"],
    [[1, 2, 3], "an array of 3"],
    [{ length: 2 }, "an object"],
    [Object.create(null), "an object"],
    [new Map(), "a Map"],
    [new Float32Array(2), "a Float32Array"],
  ])("%o is told in a few words", (value, words) => expect(check.told(value)).toBe(words));
});

describe("a check", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a number",
      () => check.assertNumber("f", "x", "1" as never),
      'TypeError: f: x must be a number, but got "1"; look at what computed it.',
    ],
    [
      "NaN",
      () => check.assertNumber("f", "x", Number.NaN, "look"),
      "RangeError: f: x must be a number, but got NaN; look.",
    ],
    ["±∞ as a number", () => check.assertNumber("f", "x", -Infinity), "returned undefined"],
    [
      "∞",
      () => check.assertFinite("f", "x", Infinity),
      "RangeError: f: x must be finite, but got Infinity; look at what computed it.",
    ],
    ["a finite number", () => check.assertFinite("f", "x", -1), "returned undefined"],
    [
      "0",
      () => check.assertPositive("f", "x", 0),
      "RangeError: f: x must be positive and finite, but got 0; look at what computed it.",
    ],
    [
      "∞ as positive",
      () => check.assertPositive("f", "x", Infinity, "wait"),
      "RangeError: f: x must be positive and finite, but got Infinity; wait.",
    ],
    ["a positive number", () => check.assertPositive("f", "x", 1e-300), "returned undefined"],
    [
      "a text as positive",
      () => check.assertPositive("f", "x", "2" as never),
      'TypeError: f: x must be positive and finite, but got "2"; look at what computed it.',
    ],
    ["NaN as a point", () => check.point("f", Number.NaN), "returned NaN"],
    [
      "a text as a point",
      () => check.point("f", "2" as never),
      'TypeError: f: x must be a number, but got "2"; convert it with Number.',
    ],
    ["numbers", () => check.assertNumbers("f", "x", [1, -Infinity]), "returned undefined"],
    [
      "NaN among numbers",
      () => check.assertNumbers("f", "x", [1, Number.NaN]),
      "RangeError: f: x must be numbers, but got NaN at 1; look at what computed it.",
    ],
    [
      "NaN, where it is told of elsewhere",
      () => check.assertNumbers("f", "x", [1, Number.NaN], true),
      "returned undefined",
    ],
    [
      "a text even there",
      () => check.assertNumbers("f", "x", ["1"] as never, true),
      'TypeError: f: x must be numbers, but got "1" at 0; look at what computed it.',
    ],
    [
      "no list",
      () => check.assertNumbers("f", "x", 3 as never),
      "TypeError: f: x must be an array, but got 3; pass one, as in [1, 2].",
    ],
    [
      "a text as a list",
      () => check.assertList("f", "x", "ab"),
      'TypeError: f: x must be an array, but got "ab"; pass one, as in [1, 2].',
    ],
    [
      "null as a list",
      () => check.assertList("f", "x", null as never),
      "TypeError: f: x must be an array, but got null; pass one, as in [1, 2].",
    ],
    [
      "a function as a list",
      () => check.assertList("f", "x", Math.atan2 as never),
      "TypeError: f: x must be an array, but got a function; pass one, as in [1, 2].",
    ],
    [
      "half a length",
      () => check.assertList("f", "x", { length: 0.5 }),
      "TypeError: f: x must be an array, but got an object; pass one, as in [1, 2].",
    ],
    ["a typed array", () => check.assertList("f", "x", new Float64Array(2)), "returned undefined"],
    ["what has a length", () => check.assertList("f", "x", { length: 0 }), "returned undefined"],
    [
      "no function",
      () => check.assertFunction("f", "g", "x => x"),
      'TypeError: f: g must be a function, but got "x => x"; pass one, as in x => x.',
    ],
    ["a function", () => check.assertFunction("f", "g", Math.abs), "returned undefined"],
    ["all fields", () => check.assertFields("f", "o", { a: 0, b: false }, ["a", "b"]), "returned undefined"],
    [
      "fields of a function",
      () =>
        check.assertFields(
          "f",
          "o",
          Object.assign(() => 0, { a: 0 }),
          ["a"],
        ),
      "returned undefined",
    ],
    [
      "a missing field",
      () => check.assertFields("f", "o", { a: 0 }, ["a", "b"]),
      "TypeError: f: o must be an object with a, b, but got undefined for b; as in { a: …, b: … }.",
    ],
    [
      "a field that is null",
      () => check.assertFields("f", "o", { a: null, b: 1 }, ["a", "b"]),
      "TypeError: f: o must be an object with a, b, but got null for a; as in { a: …, b: … }.",
    ],
    [
      "null for fields",
      () => check.assertFields("f", "o", null, ["a"]),
      "TypeError: f: o must be an object with a, but got null; as in { a: … }.",
    ],
    ["methods", () => check.assertMethods("f", "o", { g: Math.abs }, ["g"]), "returned undefined"],
    [
      "a method that is none",
      () => check.assertMethods("f", "o", { g: 1, h: 2 }, ["g", "h"]),
      "TypeError: f: o must be an object with the functions g, h, but got 1 for g; as in { g: …, h: … }.",
    ],
    ["one of the choices", () => check.assertChoice("f", "form", "b", ["a", "b"]), "returned undefined"],
    [
      "none of the choices",
      () => check.assertChoice("f", "form", "c" as never, ["a", "b"]),
      'RangeError: f: form must be one of a, b, but got "c"; leave it out for a.',
    ],
    ["the first index", () => check.assertIndex("f", "i", 0, 2), "returned undefined"],
    [
      "the index behind the last",
      () => check.assertIndex("f", "i", 2, 2),
      "RangeError: f: i must be an integer from 0 to 1, but got 2; the first one is 0.",
    ],
    [
      "an index before the first",
      () => check.assertIndex("f", "i", -1, 2),
      "RangeError: f: i must be an integer from 0 to 1, but got -1; the first one is 0.",
    ],
    [
      "half an index",
      () => check.assertIndex("f", "i", 0.5, 2),
      "RangeError: f: i must be an integer from 0 to 1, but got 0.5; the first one is 0.",
    ],
    [
      "a text as an index",
      () => check.assertIndex("f", "i", "0" as never, 2),
      'TypeError: f: i must be an integer from 0 to 1, but got "0"; the first one is 0.',
    ],
    ["a count of 1", () => check.assertCount("f", "n", 1, "take more"), "returned undefined"],
    [
      "a count of 0",
      () => check.assertCount("f", "n", 0, "take more"),
      "RangeError: f: n must be a positive integer, but got 0; take more.",
    ],
    [
      "half a count",
      () => check.assertCount("f", "n", 1.5, "take more"),
      "RangeError: f: n must be a positive integer, but got 1.5; take more.",
    ],
    ["a count of 0 where it may be", () => check.assertCount("f", "n", 0, "take more", 0), "returned undefined"],
    [
      "too small a count",
      () => check.assertCount("f", "n", 1, "take more", 2),
      "RangeError: f: n must be an integer of at least 2, but got 1; take more.",
    ],
  ])("takes or refuses %s", (_, run, outcome) => expect(thrown(run)).toBe(outcome));
});
