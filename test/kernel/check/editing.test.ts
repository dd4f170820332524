import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, type Workspace } from "../support.ts";
import { cells, grid } from "./cells.ts";
import { languageServiceOf } from "./languageService.ts";

let workspace: Workspace;
let checker: LocalChecker;

beforeAll(async () => {
  workspace = makeWorkspace({
    "src/grid.ts": grid,
    "src/deep/inner.ts": "export const inner = 1;\n",
  });
  checker = new LocalChecker(workspace.notebooks);
  const source = `import * as tf from "@tensorflow/tfjs";
let rate = 0.1;
/**
 * Adds two numbers.
 * @param a the first
 * @param b the second
 * @returns their sum
 * @example add(1, 2)
 */
function add(a: number, b = 2): number { return a + b; }
interface Row { id: number; label: string }
const row: Row = { id: 1, label: "x" };
class Ратe { static make() { return 1; } }`;
  const { problems } = await checker.check({ id: 1, cell: 1, source });
  expect(problems).toEqual([]);
  await checker.commit({ id: 1, finished: [0, 1, 2, 3, 4, 5] });
});
afterAll(() => workspace.remove());

/** Completions at the `|`; the texts, and what is left when the first is taken. */
async function complete(marked: string) {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  const { from, to, items } = await checker.complete(source, offset);
  const taken = items[0] && source.slice(0, from) + items[0].text + source.slice(to);
  return { texts: items.map(each => each.text), items, taken };
}

async function inspect(marked: string, detail: 0 | 1 = 0) {
  return checker.inspect(marked.replace("|", ""), marked.indexOf("|"), detail);
}

describe("completions", () => {
  it("lists the members of a package, each with its kind", async () => {
    const { items } = await complete("tf.|");
    const kinds = new Map(items.map(each => [each.text, each.type]));
    expect(items.length).toBeGreaterThan(300);
    expect(["tensor2d", "layers", "Sequential", "version"].map(name => kinds.get(name))).toEqual([
      "function",
      "module",
      "class",
      "instance",
    ]);
  });

  it("narrows to what is typed and replaces it", async () => {
    const { items, taken } = await complete("const t = tf.tensor2|([1])");
    expect(taken).toBe("const t = tf.tensor2d([1])");
    expect(items[0]).toMatchObject({ type: "function", detail: expect.stringContaining("=> Tensor2D") });
  });

  it("knows names of the notebook, of the cell, globals and keywords", async () => {
    expect((await complete("ra|")).items[0]).toEqual({ text: "rate", type: "instance", detail: "number" });
    expect((await complete("const local = 1; loc|")).texts).toContain("local");
    expect((await complete("Num|")).texts).toContain("Number");
    expect((await complete("whi|")).items[0]).toEqual({ text: "while", type: "keyword" });
    expect((await complete("row.|")).texts).toEqual(["id", "label"]);
    expect((await complete("Рат|")).taken).toBe("Ратe");
  });

  it("counts in UTF-16 units, after an emoji too", async () => {
    const { taken } = await complete('const s = "😀🎲"; row.la|; // 😀');
    expect(taken).toBe('const s = "😀🎲"; row.label; // 😀');
  });

  it("completes import paths: local files, folders, packages, node's modules", async () => {
    expect((await complete('import { linspace } from "../src/|"')).texts).toEqual(["deep", "grid.ts"]);
    expect((await complete('import { inner } from "../src/deep/in|"')).taken).toBe(
      'import { inner } from "../src/deep/inner.ts"',
    );
    expect((await complete('import * as m from "math|"')).texts).toContain("mathjs");
    expect((await complete('import fs from "node:f|"')).texts).toContain("node:fs");
    expect((await complete('import fs from "../src/|"')).items.every(each => each.type === "path")).toBe(true);
  });

  it("knows option names and string literals that a call expects", async () => {
    expect((await complete("tf.layers.dense({ uni|")).texts).toEqual(["units"]);
    expect((await complete('tf.layers.dense({ units: 1, activation: "rel|" })')).texts).toEqual(["relu", "relu6"]);
    expect((await complete('tf.layers.dense({ units: 1, activation: "rel|" })')).items.map(each => each.type)).toEqual([
      "property",
      "property",
    ]);
  });

  it("keeps the point before names that need brackets out of it", async () => {
    const { texts, taken } = await complete('const o = { "two words": 1, one: 2 }; o.|');
    expect(texts).toEqual(["one"]);
    expect(taken).toBe('const o = { "two words": 1, one: 2 }; o.one');
    expect((await complete("[1].|")).texts).not.toContain("[Symbol]");
  });

  it.each([
    ['JSON.parse("1").|', true],
    ['JSON.parse("1").wi|', true],
    ["process.env.|", true],
    ["row.|", undefined],
    ["JSON.parse(row.|)", undefined],
    ['[JSON.parse("1"), row.|]', undefined],
    ["ra|", undefined],
  ])("are open where types do not know all members: %s", async (marked, open) => {
    expect((await checker.complete(marked.replace("|", ""), marked.indexOf("|"))).open).toBe(open);
  });

  it("offers nothing after the point of a number, but members of what is in brackets", async () => {
    expect((await complete("const a = 0.|")).texts).toEqual([]);
    expect((await complete("const a = 1.5e|")).texts).toEqual([]);
    expect((await complete("[1][0].|")).texts).toContain("toFixed");
    expect((await complete("const x1 = row; x1.|")).texts).toEqual(["id", "label"]);
  });

  it("offers nothing in comments and plain strings, and none of our own names", async () => {
    expect((await complete("// tf.|")).texts).toEqual([]);
    expect((await complete('"tf.|"')).texts).toEqual([]);
    expect((await complete("|")).texts.filter(each => each.includes("__"))).toEqual(
      (await complete("__|")).texts.filter(each => /^__(dir|file)name$/.test(each)),
    );
  });

  it("does not change what the notebook knows", async () => {
    await complete("let rate = 'text'; rat|");
    const { problems } = await checker.check({ id: 2, cell: 2, source: "rate.toFixed(2)" });
    expect(problems).toEqual([]);
  });
});

describe("inspections", () => {
  it("show the type and the documentation of a name", async () => {
    const found = await inspect("ad|d(1)");
    expect(found?.text).toBe(
      "function add(a: number, b?: number): number\n\nAdds two numbers.\n\n@param a the first\n@param b the second\n@returns their sum\n@example\nadd(1, 2)",
    );
    expect(found?.markdown).toContain("```ts\nfunction add(a: number, b?: number): number\n```");
    expect(found?.markdown).toContain("*@param* `a` — the first");
  });

  it.each([
    ["rate|", "let rate: number"],
    ["row.la|bel", "(property) Row.label: string"],
    ["const [v] = [row]; v|", "const v: Row"],
    ["Math.max|", "(method) Math.max(...values: number[]): number"],
    ["unde|fined", "var undefined"],
  ])("%s is %s", async (marked, text) => {
    expect((await inspect(marked))?.text.split("\n")[0]).toBe(text);
  });

  it("say no more than there is to say, with detail", async () => {
    expect((await inspect("rate|", 1))?.text).toBe("let rate: number");
  });

  it("show the signature inside a call, with the parameter that comes next", async () => {
    expect((await inspect("add(|"))?.text).toContain("add(a: number, b?: number): number\n\n→ a: number: the first");
    expect((await inspect("add(1, |)"))?.text).toContain("→ b?: number: the second");
    expect((await inspect("Math.max(1, 2, |)"))?.text).toContain("→ ...values: number[]");
    expect((await inspect('tf.tensor1d([1], "|")'))?.text).toContain("→ dtype?");
  });

  it("show the call around a function that is written as its argument, and what is before the cursor", async () => {
    expect((await inspect("[1].map(() => { | })"))?.text).toMatch(/^map\(callbackfn/);
    expect((await inspect("[rate]  |"))?.text).toBe("let rate: number");
    expect((await inspect("row  |"))?.text).toContain("const row: Row");
  });

  it.each([
    ["add(rate)|", "function add(a: number, b?: number): number"],
    ["add(\n  rate,\n)|", "function add(a: number, b?: number): number"],
    ["const s = add(rate); |", "function add(a: number, b?: number): number"],
    ["Math.max(1, add(2))|", "(method) Math.max(...values: number[]): number"],
    ["rate.toFixed!(1)|", "(method) Number.toFixed(fractionDigits?: number): string"],
    ["row.label.at(0)?.at(1)|", "(method) String.at(index: number): string | undefined"],
    ["const k = (a: string) => (b: number) => a; k('')(1)|", "const k: (a: string) => (b: number) => string"],
    [
      "new Map([[1, 2]])|",
      "var Map: MapConstructor\nnew <number, number>(iterable?: Iterable<readonly [number, number]> | null | undefined) => Map<number, number> (+3 overloads)",
    ],
    ["String.raw`a${rate}`|", "(method) StringConstructor.raw(template: {"],
    ["[(a: string) => a.length][0]!('a')|", "(a: string): number"],
  ])("of %s tell what is called", async (marked, text) => {
    expect((await inspect(marked))?.text.slice(0, text.length)).toBe(text);
  });

  it("of what is in brackets and no call tell nothing of calls", async () => {
    expect((await inspect("(rate)|"))?.text).toBe("let rate: number");
    expect((await inspect("if (rate)|"))?.text).toBe("let rate: number");
    expect(await inspect("`a`|")).toBeUndefined();
  });

  it("show all overloads with detail", async () => {
    const map = await inspect("new Map(|");
    expect(map?.text).toContain("more");
    const all = (await inspect('"a".replace(|', 1))?.text.split("\n").filter(line => line.startsWith("replace(")) ?? [];
    expect(all.length).toBeGreaterThan(1);
    expect(new Set(all).size).toBe(all.length);
  });

  it("show the documentation of an option where it is given", async () => {
    const found = await inspect("tf.layers.dense({ uni|ts: 1 })");
    expect(found?.text).toBe(
      "(property) DenseLayerArgs.units: number\n\nPositive integer, dimensionality of the output space.",
    );
  });

  it("show the import of a whole module", async () => {
    expect((await inspect("t|f.ones([1])"))?.text).toBe('import * as tf from "@tensorflow/tfjs"');
  });

  it("know nothing of numbers and comments", async () => {
    expect(await inspect("1 + 2|")).toBeUndefined();
    expect(await inspect("unknownName|")).toBeUndefined();
    expect(await inspect("|")).toBeUndefined();
  });
});

describe("in every cell of a notebook", () => {
  /** TypeScript's service, with the notebook as one file. */
  const notebook = () => path.join(workspace.notebooks, "notebook.ts");
  let service: ts.LanguageService;
  beforeAll(async () => {
    checker = new LocalChecker(workspace.notebooks);
    service = languageServiceOf(new Map([[notebook(), cells.join("\n")]]), workspace.notebooks);
  });

  it("completions and inspections are those of TypeScript for the notebook as one file", async () => {
    let start = 0;
    const differences: string[][] = [];
    let compared = 0;
    const compare = (where: string, ours: string | undefined, theirs: string | undefined) => {
      compared++;
      if (ours !== theirs) differences.push([where, String(ours), String(theirs)]);
    };
    for (const [index, cell] of cells.entries()) {
      for (const { text, at } of namesIn(cell)) {
        const ours = (await checker.inspect(cell, at, 1))?.text ?? "";
        const { code, documentation } = infoAt(start + at);
        // Of an imported name TypeScript says how it is imported, we what it is.
        if (!/^import |^export |^\(alias\) /.test(code)) compare(text, ours.slice(0, code.length), code);
        compare(text, ours.includes(documentation) ? documentation : ours, documentation);
      }
      for (const at of [...cell.matchAll(/(?<=[a-z)\]])\.(?=[a-z])/g)].map(match => match.index + 1)) {
        const ours = (await checker.complete(cell, at)).items.map(each => each.text);
        const theirs = membersAt(start + at);
        if (theirs.length > 0) compare(cell.slice(0, at), ours.sort().join(), theirs.sort().join());
      }
      await checker.check({ id: index, cell: index, source: cell });
      await checker.commit({ id: index, finished: Array.from({ length: 10 }, (_, statement) => statement) });
      start += cell.length + 1;
    }
    // In one file TypeScript knows what a variable was assigned last, and a class by its parameters.
    const expected = ["mean", "mode", "summary"];
    expect(differences.filter(([where = ""]) => !expected.includes(where))).toEqual([]);
    expect(compared).toBeGreaterThan(400);
  });

  function infoAt(position: number): { code: string; documentation: string } {
    const info = service.getQuickInfoAtPosition(notebook(), position);
    const [code = "", documentation = ""] = [info?.displayParts, info?.documentation].map(ts.displayPartsToString);
    return { code, documentation };
  }

  function membersAt(position: number): string[] {
    const found = service.getCompletionsAtPosition(notebook(), position, {})?.entries ?? [];
    return found.map(each => each.name);
  }
});

function namesIn(source: string): { text: string; at: number }[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): { text: string; at: number }[] =>
    ts.isIdentifier(node) ? [{ text: node.text, at: node.getStart(file) }] : node.getChildren(file).flatMap(visit);
  return visit(file);
}
