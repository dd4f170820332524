import { expect, it } from "vitest";
import { checkGrammar } from "../../../../src/kernel/check/process/unchecked.ts";

const checked = (source: string) => checkGrammar({ id: 1, cell: 4, source }, "/course");

it("a cell whose types nobody can check has its grammar checked, and declares its types", () => {
  expect(checked("interface Row { a: number }\nconst row = { a: 1 };")).toEqual({
    problems: [],
    types: ["Row"],
    warnings: [],
    standIn: expect.stringContaining("var row: any"),
  });
});

it("a cell that does not parse declares nothing, and nothing stands for it", () => {
  const { problems, error, ...rest } = checked("const = 1; interface Row { a: number }");
  expect([problems.length > 0, error?.kind, error?.cell]).toEqual([true, "syntax", 4]);
  expect(rest).toEqual({ types: [], warnings: [], standIn: "" });
});
