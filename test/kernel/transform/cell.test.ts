import { describe, expect, it } from "vitest";
import { rewriteCell } from "../../../src/kernel/transform/cell.ts";
import { parseCell } from "../../../src/kernel/transform/parse.ts";

/** A cell as it is rewritten: the body of its function. */
function body(source: string, { known = ["n", "f"], types = [] }: { known?: string[]; types?: string[] } = {}): string {
  const { edited } = rewriteCell(parseCell(source), new Set(known), new Set(types));
  const [, text = ""] = /^\(async function\([^)]*\)\{"use strict";(.*)\n\}\)$/s.exec(edited.text) ?? [];
  // Where a statement ends is written twice at times.
  return text.replace(/;+/g, ";").replace(/ +/g, " ");
}

describe("a name in a cell", () => {
  it.each([
    ["n", "return $last.value = ($.n);"],
    ["nowhere", "return $last.value = ($later.nowhere);"],
    ["undefined", "return $last.value = (undefined);"],
    ["arguments", "return $last.value = (arguments);"],
    ["console", "return $last.value = (console);"],
    ["require", "return $last.value = ($node.require);"],
    ["module.exports, exports.a", "return $last.value = ($node.module.exports, $node.exports.a);"],
    ["[__dirname, __filename]", "return $last.value = ([$node.__dirname, $node.__filename]);"],
    ["f(n)", "return $last.value = ((0,$.f)($.n));"],
    ["f`a`", "return $last.value = ((0,$.f)`a`);"],
    ["n.f()", "return $last.value = ($.n.f());"],
    ["({ n, f: n })", "return $last.value = (({ n:$.n, f: $.n }));"],
    ["import('m')", "return $last.value = ($import('m'));"],
    ["import.meta.url", "return $last.value = ($meta.url);"],
    ["new.target", "return $last.value = (new.target);"],
    ["((n: number) => n)(1)", "return $last.value = (((n: number) => n)(1));"],
    ["n as typeof f", "return $last.value = ($.n as typeof f);"],
    ["$ + n", "return $_last.value = ($_later.$ + $_.n);"],
    ["declare const ghost: number; ghost", "declare const ghost: number; return $last.value = (ghost);"],
  ])("%s", (source, text) => expect(body(source)).toBe(text));

  it("is known by the cell itself before others", () => {
    expect(body("require", { known: ["require"] })).toBe("return $last.value = ($.require);");
    expect(body("console", { known: ["console"] })).toBe("return $last.value = ($.console);");
    expect(body("const n = 1; n")).toBe("const n = 1;$.n=n;$done(0); return $last.value = ($.n);");
  });
});

describe("a declaration in a cell", () => {
  it.each([
    ["const a = 1, b = a", "const a = 1;$.a=a;const b = $.a;$.b=b;$done(0);"],
    ["let a: number", "let a: number;$.a=a;$done(0);"],
    ["var a", "$.a=undefined;var a;$done(0);"],
    ["var a = 1", "var a = 1;$.a=a;$done(0);"],
    ["if (n) { var a = 1 }", "$.a=undefined;if ($.n) { var a = 1;$.a=a;$done(0); };$done(0);"],
    ["if (n) var a = 1", "$.a=undefined;if ($.n) {var a = 1;$.a=a;$done(0);};$done(0);"],
    ["for (var i = 0; i < 3; i++) n", "for ($.i = 0,$done(0); $.i < 3; $.i++) $.n;$done(0);"],
    ["for (var i of [1]) { n }", "$.i=undefined;for ($.i of [1]) {$done(0); $.n; };$done(0);"],
    ["for (let i of [1]) n", "for (let i of [1]) $.n;"],
    ["f(a); if (1) { var a = 2 }", "$.a=undefined;(0,$.f)($.a); if (1) { var a = 2;$.a=a;$done(1); };$done(1);"],
    ["function g() { return n }", "$.g=g;$done(0);function g() { return $.n; }"],
    ["class A { v = n }", "class A { v = $.n };$.A=A;$done(0);"],
    ["enum E { A }", "enum E { A };$.E=E;$done(0);"],
    ["namespace N { export const x = 1 }", "namespace N { export const x = 1; };$.N=N;$done(0);"],
    ["namespace T { export type X = 1 }", "namespace T { export type X = 1 }"],
    ["interface I {} type T = I", "interface I {} type T = I"],
    ["declare function g(): void", "declare function g(): void"],
    ["export declare const g: 1", " declare const g: 1;"],
    ["export const a = 1", " const a = 1;$.a=a;$done(0);"],
    ["export default class A {}", " class A {};$.A=A;$done(0);"],
    ["export default n", "void $.n;"],
    ["const a = 1; export { a as b }", "const a = 1;$.a=a;$done(0); "],
  ])("%s", (source, text) => expect(body(source)).toBe(text));
});

describe("an import in a cell", () => {
  it.each([
    ['import "m"', 'await $import("m",undefined,[]);$done(0);'],
    [
      'import d, { a, b as c, type T } from "m"',
      'await $import("m",undefined,[["d","default"],["a","a"],["c","b"]]);$done(0);',
    ],
    ['import * as all from "m"', 'await $import("m",undefined,[["all","*"]]);$done(0);'],
    ['import type { T } from "m"', ""],
    ['import { type T } from "m"', ""],
    [
      'import j from "./j.json" with { type: "json" }',
      'await $import("./j.json",{"with":{"type":"json"}},[["j","default"]]);$done(0);',
    ],
    ['import x = require("m")', 'const x = $node.require("m");$.x=x;$done(0);'],
    ["import x = n.y.z", "const x = $.n.y.z;$.x=x;$done(0);"],
    [
      "namespace M { export const y = 1 } import x = M.y",
      "namespace M { export const y = 1; };$.M=M;$done(0); const x = $.M.y;$.x=x;$done(1);",
    ],
    ['import type x = require("m")', ""],
  ])("%s", (source, text) => {
    expect(
      body(source)
        .replace(/^;/, "")
        .replace(/\)\);\$\.x/, ")$.x"),
    ).toBe(text.replace(/\);;\$/, ");$"));
  });

  it("brings no types, of which nothing is there", () => {
    const source = 'import d, { T, a } from "m"; import { U } from "m"; import x = require("x"); export const b = 1';
    expect(body(source, { types: ["T", "U", "x"] })).toBe(
      'await $import("m",undefined,[["d","default"],["a","a"]]);$done(0); const b = 1;$.b=b;$done(3);',
    );
  });
});

describe("a wait in a cell", () => {
  it.each([
    ["await f()", "return $last.value = (await $await((0,$.f)(),0));"],
    ["\n\nawait f()", "\n\nreturn $last.value = (await $await((0,$.f)(),2));"],
    ["for await (const x of n) x", "for await (const x of $iterate($.n,0)) x;"],
    ["for (const x of await n) x", "for (const x of await $await($.n,16)) x;"],
    ["async () => { await n }", "return $last.value = (async () => { await $.n; });"],
    [
      "class A { static { n } v = async () => await n }",
      "class A { static { $.n; } v = async () => await $.n };$.A=A;$done(0);",
    ],
    ["if (n) await f()", "if ($.n) await $await((0,$.f)(),7);"],
  ])("can be interrupted: %s", (source, text) => expect(body(source)).toBe(text));
});
