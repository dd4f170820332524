import { expect, it } from "vitest";
import { numberOf } from "../../src/page/course/list.ts";

it("takes the number of a lecture from its file, with the letter of a second half", () => {
  const names = [
    "04-flows-in-n-dimensions.ipynb",
    "notebooks/04b-continuous-flows-and-comparison.ipynb",
    "work/12-b.ipynb",
  ];
  expect(names.map(numberOf)).toEqual(["04", "04b", "12"]);
});

it("knows no number where a file has none", () => {
  for (const name of ["analysis.ipynb", "notebooks/b4-x.ipynb", "04.ipynb"]) expect(numberOf(name)).toBe("");
});
