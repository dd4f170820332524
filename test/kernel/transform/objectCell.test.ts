import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCell } from "../../../src/kernel/transform/parse.ts";
import { isObjectCell } from "../../../src/kernel/transform/objectCell.ts";
import { makeWorkspace, Notebook, slowness, type Workspace } from "../support.ts";

let workspace: Workspace;
let notebook: Notebook;
beforeAll(async () => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
  await notebook.run("let size = 2; const other = async () => 3;");
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

describe("an object literal as a cell is a value", () => {
  it.each([
    ["{ a: 1 }", "{ a: 1 }"],
    ["{}", "{}"],
    ["{ size }", "{ size: 2 }"],
    ["{ a: 1, b: [size, { size }] }", "{ a: 1, b: [ 2, { size: 2 } ] }"],
    ['{ "two words": size, [`n${size}`]: size }', "{ 'two words': 2, n2: 2 }"],
    ["// what is\n/* here { */ { a: size } // and ends", "{ a: 2 }"],
    ["\n\n{\n  a: await other(),\n  ...{ b: 4 },\n}\n", "{ a: 3, b: 4 }"],
    ["{ a: <number>size }", "{ a: 2 }"],
    ["{ a: size as number }", "{ a: 2 }"],
    ["{ double(x: number) { return 2 * x; } }", "{ double: [Function: double] }"],
  ])("%j", async (source, value) => expect(await notebook.value(source)).toBe(value));

  it.each([
    "{ a: 1 };",
    "{ a: 1; }",
    "{ size; }",
    "{ const a = 1; }",
    "{ size = 3 }",
    "{ label: { size = 3 } }",
    "{ return }",
    "{ a: for (;;) break a; }",
    "{ a: 1 } size",
    "{ a: 1 }\nconst b = 2",
    "{ a: 1 }.a",
    "{ a: ",
    "({ a: 1 })",
  ])("but not %j", source => {
    const { file, source: kept } = parseCell(source);
    expect([file.text, kept]).toEqual([source, source]);
    expect(isObjectCell(file)).toBe(false);
  });

  it("parses many comments before it in no time", () => {
    const start = performance.now();
    parseCell(`${"/* one */ /* * / */ // two\n".repeat(2000)}size`);
    expect(performance.now() - start).toBeLessThan(2000 * slowness);
  });

  it("places its errors", async () => {
    expect(await notebook.error("{ a: 1,\n  b: nowhere }")).toMatchObject({ kind: "type", line: 2, column: 6 });
    expect(await notebook.error("{ a: nowhere }")).toMatchObject({ line: 1, column: 6 });
    expect(await notebook.error("{ nowhere }")).toMatchObject({ line: 1, column: 3 });
    const late = await notebook.error("{ a: (() => { throw new Error('late'); })() }");
    expect(late).toMatchObject({ message: "late", line: 1, column: 21 });
    const first = await notebook.error("{ a: await Promise.reject('never') }");
    expect(first).toMatchObject({ kind: "thrown", line: 1 });
  });

  it("leaves nodes at their places", () => {
    const { file, declarations } = parseCell(" { size, b: [1] } ");
    expect(file.statements.map(each => each.getText(file))).toEqual(["{ size, b: [1] }"]);
    const texts: string[] = [];
    file.forEachChild(function visit(node) {
      texts.push(node.getText(file));
      node.forEachChild(visit);
    });
    expect(texts).toContain("b: [1]");
    expect([file.getFullText(), file.getLineAndCharacterOfPosition(3).character, declarations]).toEqual([
      " { size, b: [1] } ",
      3,
      [],
    ]);
  });
});
