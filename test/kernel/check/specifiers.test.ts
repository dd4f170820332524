import { describe, expect, it } from "vitest";
import { bindModule } from "../../../src/kernel/check/internals.ts";
import { specifiersIn } from "../../../src/kernel/check/specifiers.ts";

const parsed = (text: string, name = "/w/a.ts") => bindModule(name, text, { parents: true });

describe("the modules that a file names", () => {
  const specifiers = (text: string, name?: string) => [...specifiersIn(parsed(text, name))];

  it.each<[string, string[]]>([
    [
      'import "a"; import b from "b"; export * from "c"; export { d } from "d"; export const e = 1',
      ["a", "b", "c", "d"],
    ],
    ['import a = require("a"); import b = A.b;', ["a"]],
    ['function f() { return import("a"); } import(`b`); import(c); g("d")', ["a", "b"]],
    ['type A = import("a").B; let b: typeof import("b"); type C = "c"', ["a", "b"]],
    ['declare module "a" { export const x: import("b").B } namespace C {}', ["a", "b"]],
    ['const a = require("a")', []],
  ])("%s", (text, names) => expect(specifiers(text)).toEqual(names));

  it("are required in JavaScript", () => {
    expect(specifiers('const a = require("a"); b.require("b"); other("c"); require(d)', "/w/a.js")).toEqual(["a"]);
  });
});
