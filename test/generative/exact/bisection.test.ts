import { expect, it } from "vitest";
import { rootBetween } from "../../../src/generative/exact/bisection.ts";
import { bisection } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

const close = { relative: 2 ** -52 };

it("finds what lies at an end of the first interval, and far outside", () => {
  for (const y of [-1, 1, -0.3, -1e5, 12345.678])
    expectClose(
      bisection(x => x, y),
      y,
      close,
    );
});

it("asks for f no further out than twice the solution: it may end there", () => {
  expectClose(
    bisection(x => Math.log(x + 10), Math.log(5)),
    -5,
    { relative: 1e-15 },
  );
  expectClose(
    bisection(x => -Math.log(10 - x), -Math.log(5)),
    5,
    { relative: 1e-15 },
  );
});

it("refuses a y beyond all values of f, on either side", () => {
  for (const y of [-Infinity, Infinity]) expect(() => bisection(x => x, y)).toThrow(/y must be a value of f/);
  for (const y of [-2, 2]) expect(() => bisection(Math.tanh, y)).toThrow(/y must be a value of f/);
});

it("between two ends takes them as they are", () => {
  expectClose(
    rootBetween(x => x * x, 2, 1, 2),
    Math.SQRT2,
    close,
  );
  expect(rootBetween(x => x, 5, 3, 3)).toBe(3);
  // Nothing of f is asked where no number lies between.
  expect([1, 1 + 2 ** -52]).toContain(rootBetween(() => Number.NaN, 0, 1, 1 + 2 ** -52));
  expectClose(
    rootBetween(x => x, 1.5e308, 1e308, Number.MAX_VALUE),
    1.5e308,
    close,
  );
});

it("refuses an f that does not change, and does not stop at one that is flat far out", () => {
  for (const y of [-3, 0, 1e300]) expect(() => bisection(() => y, y)).toThrow(/^bisection: f must increase, but got/);
  expect(() => bisection(() => 1, 2)).toThrow(/y must be a value of f/);
  expect(bisection(x => Math.min(Math.max(x, 2), 3), 2.5)).toBeCloseTo(2.5, 12);
});

it("bisection refuses a function that is no number between its ends", () => {
  expect(() => bisection(x => (x === 0 ? ("0" as never) : x), 0.5)).toThrow(
    'bisection: f must be a number everywhere, but got "0" at 0; mend f there.',
  );
});
