import { expect, it } from "vitest";
import { strictnessHint } from "../../../src/kernel/check/strictOnly.ts";

it("says that only strictness refuses a cell, where that is so", () => {
  const problem = (code: number, message = "") => ({ line: 1, column: 1, code, message });
  const hint =
    'Only strict checking refuses this: "// @nostrict" in the first line of a cell, or "strict": false in tsconfig.json, lets it run.';
  expect(strictnessHint([problem(7006), problem(18047)])).toBe(hint);
  expect(strictnessHint([])).toBeUndefined();
  expect(strictnessHint([problem(7006), problem(2304)])).toBeUndefined();
  for (const value of ["null", "undefined", "string | null", "number | string | undefined"]) {
    for (const code of [2322, 2345]) {
      expect(strictnessHint([problem(code, `Type '${value}' is not assignable to type 'string'.`)])).toBe(hint);
    }
    expect(strictnessHint([problem(2323, `Type '${value}' is not assignable to type 'string'.`)])).toBeUndefined();
  }
  for (const value of ["string", "nullable", "null | string", "'null'"]) {
    expect(strictnessHint([problem(2322, `Type '${value}' is not assignable to type 'x'.`)])).toBeUndefined();
  }
});
