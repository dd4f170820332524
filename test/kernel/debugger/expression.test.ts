import { expect, it } from "vitest";
import { expressionCode } from "../../../src/kernel/debugger/expression.ts";

const homes: Record<string, string> = { mean: "home.mean", half: "home.half" };
const homeOf = (name: string) => (Object.hasOwn(homes, name) ? homes[name] : undefined);

/** The value of what a reader typed where `other` and `point` are variables, and other names are properties. */
function evaluated(source: string): unknown {
  const home = {
    mean: 3,
    half(x: number) {
      return this === undefined || !("mean" in (this as object)) ? x / 2 : "called as a method";
    },
  };
  const run = new Function("home", "other", "point", "code", "return eval(code)");
  return run(home, 1, { mean: "own" }, expressionCode(source, homeOf));
}

it.each([
  ["mean", 3],
  ["mean = 2, mean", 2],
  ["other + mean", 4],
  ["(mean as number)! satisfies number", 3],
  ["half(mean)", 1.5],
  ["({ mean }).mean", 3],
  ["point.mean", "own"],
  ["[1].map(mean => mean)[0]", 1],
  ["const a: number = mean; a + 1", 4],
  ["while (other > 1);", undefined],
  ["mean // where it stands", 3],
])("what a reader typed reads names where they are: %j", (source, value) => expect(evaluated(source)).toBe(value));

it("leaves it to who runs it to refuse what is no code", () => {
  expect(() => evaluated("mean +")).toThrow(SyntaxError);
});
