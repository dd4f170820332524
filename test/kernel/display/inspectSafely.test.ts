import { inspect } from "node:util";
import { expect, it } from "vitest";
import { inspectSafely } from "../../../src/kernel/display/inspectSafely.ts";

const fails = () => {
  throw new Error("no");
};

it("is what node's console prints, with its options", () => {
  expect(inspectSafely({ a: { b: { c: 1 } } }, { depth: 0 })).toBe("{ a: [Object] }");
  expect(inspectSafely({ [inspect.custom]: () => "own" })).toBe("own");
});

it("does without what a value says of itself, and at last without all, where that fails", () => {
  expect(inspectSafely({ a: 1, [inspect.custom]: fails })).toMatch(/^\{\n? *a: 1/);
  expect(inspectSafely(new Proxy({}, { ownKeys: fails, getPrototypeOf: fails }))).toBe(
    "[object that cannot be inspected]",
  );
});

it("shows the first of more than five hundred keys", () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
  expect(inspectSafely(many(500))).toContain("k499: 499");
  expect(inspectSafely(many(501))).toContain("k99: 99");
  expect(inspectSafely(many(501))).toContain("'… 401 more keys': [Getter]");
  expect(inspectSafely(many(501))).not.toContain("k100");
  expect(inspectSafely(Object.assign(new (class Bag {})(), many(501)))).toMatch(/^Bag /);
  expect(inspectSafely(Array.from({ length: 501 }, () => 1))).toContain("401 more items");
  expect(inspectSafely(new Uint8Array(501))).toMatch(/^Uint8Array\(501\)/);
  expect(inspectSafely("x".repeat(501))).toHaveLength(503);
});
