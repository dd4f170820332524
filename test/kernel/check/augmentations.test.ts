import { describe, expect, it } from "vitest";
import { augmentationsOf, replaces } from "../../../src/kernel/check/augmentations.ts";
import { bindModule } from "../../../src/kernel/check/internals.ts";

const parsed = (text: string, name = "/w/a.ts") => bindModule(name, text, { parents: true });

describe("files that add to others", () => {
  const names = (text: string) => augmentationsOf(parsed(text)).map(each => each.text);
  const isReplaced = (earlier: string, later: string) => replaces(parsed(later), parsed(earlier));

  it("say to which", () => {
    expect(names('declare module "m" {} declare global {} namespace N {} export {}')).toEqual(["m", "global"]);
    expect(names("const a = 1; declare module N {}")).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ["declare global { var a: 1 }", "declare global { var a: 2 }", true],
    ["declare global { var a: 1 }", "declare global { var b: 2 }", false],
    ["declare global { var a: 1, b: 1 }", "declare global { let c: 1, b: 2 }", true],
    ["declare global { interface A {} }", "declare global { interface A { b: 1 } }", true],
    ["declare global { function f(): 1; class C {} }", "declare global { class C {} }", true],
    ['declare module "m" { interface A {} }', 'declare module "n" { interface A {} }', false],
    ['declare module "m" { interface A {} }', 'declare module "m" { type A = 1 }', true],
    ["namespace N { export const a = 1 }", "namespace N { export const a = 2 }", false],
    ["const a = 1", "const a = 2", false],
    ["declare global { var { a }: any }", "declare global { var { a }: any }", false],
    ["declare global { export {} }", "declare global { export {} }", false],
    ['declare module "m"', 'declare module "m"', false],
  ])("replace an earlier one of the same names: %s, then %s", (earlier, later, replaced) => {
    expect(isReplaced(earlier, later)).toBe(replaced);
  });
});
