import { expect, it } from "vitest";
import { supplyRemovedFunctions } from "../../src/engine/removedFunctions.ts";

it("gives a util of the future what tfjs-node calls", () => {
  const util: Record<string, (value?: unknown) => boolean> = {};
  supplyRemovedFunctions(util);
  const { isNullOrUndefined, isArray } = util;
  expect([null, undefined, 0, "", false, Number.NaN].map(value => isNullOrUndefined?.(value))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([[], {}, new Float32Array(1)].map(value => isArray?.(value))).toEqual([true, false, false]);
});

it("leaves what Node has, but for the isArray that warns", () => {
  const isNullOrUndefined = () => true;
  const util: Record<string, unknown> = { isNullOrUndefined, isArray: () => false };
  supplyRemovedFunctions(util);
  expect(util).toEqual({ isNullOrUndefined, isArray: Array.isArray });
});
