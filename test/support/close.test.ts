import { expect, it } from "vitest";
import { expectClose } from "./close.ts";

it("takes what is near by for close, and beside an infinite number nothing but that", () => {
  const loosely = { relative: 0.5, absolute: 1 };
  expectClose([3, -2, Infinity, -Infinity], [4, -3, Infinity, -Infinity], loosely);
  for (const [value, wanted] of [
    [7, 2],
    [5, Infinity],
    [Infinity, -Infinity],
    [Number.NaN, Infinity],
    [Infinity, 5],
    [Number.NaN, 5],
    [5, Number.NaN],
  ] as const) {
    expect(() => expectClose(value, wanted, loosely), `${value} against ${wanted}`).toThrow("entry 0");
  }
  expect(() => expectClose([1, 2], [1], loosely)).toThrow();
});
