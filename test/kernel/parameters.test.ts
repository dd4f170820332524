import { expect, it } from "vitest";
import { withParameters } from "../../src/kernel/index.ts";

it("replaces initialisers where they are", () => {
  const source =
    'const epochs = 10; // of training\nlet name: string = "a", rate = 0.1;\nconst layers = [\n  1,\n  2,\n];\nlet empty;';
  expect(withParameters(source, { epochs: "2", name: "b c", layers: "[3]", empty: "null" })).toBe(
    'const epochs = 2; // of training\nlet name: string = "b c", rate = 0.1;\nconst layers = [3]\n\n\n;\nlet empty = null;',
  );
});

it("takes JSON as it stands and all else as text", () => {
  const one = (value: string) => withParameters("const x = [];", { x: value });
  expect([one("1e-3"), one("true"), one('"t"'), one("1.2.3"), one("a\nb"), one('{ "a":\n1 }')]).toEqual([
    "const x = 0.001;",
    "const x = true;",
    'const x = "t";',
    'const x = "1.2.3";',
    'const x = "a\\nb";',
    'const x = {"a":1};',
  ]);
});

it("takes only a value of the declared kind, and text without quotes", () => {
  const given = (source: string, value: string) => withParameters(`const x = ${source};`, { x: value });
  expect([given("-3", "1e-3"), given('"a"', "true"), given("false", "true")]).toEqual([
    "const x = 0.001;",
    'const x = "true";',
    "const x = true;",
  ]);
  expect(() => given("3", "three")).toThrow(
    new RangeError('parameters: x must be a number, as the cell declares it, but got "three"; as in x=3.'),
  );
  expect(() => given("true", "1")).toThrow(/x must be a boolean, as the cell declares it, but got 1/);
});

it("names what there is when a name is not there", () => {
  expect(() => withParameters("const a = 1; let b = 2;", { c: "3" })).toThrow(
    new RangeError(
      'parameters: a name must be one of a, b, but got "c"; check its spelling or declare it in the cell tagged "parameters".',
    ),
  );
  expect(() => withParameters("", { c: "3" })).toThrow(/it declares none/);
});
