import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dialectIn, dialectOf } from "../../../src/kernel/check/dialect.ts";
import { CellEngine } from "../../../src/kernel/index.ts";
import { collect, makeWorkspace, type Workspace } from "../support.ts";

let workspace: Workspace;
const engines: CellEngine[] = [];
beforeAll(() => {
  const notebook = (metadata: object) => JSON.stringify({ cells: [], metadata, nbformat: 4, nbformat_minor: 5 });
  workspace = makeWorkspace({
    "notebooks/ts.ipynb": notebook({ kernelspec: { name: "tslab", display_name: "TypeScript" } }),
    "notebooks/js.ipynb": notebook({ kernelspec: { name: "jslab", display_name: "JavaScript" } }),
    "notebooks/ours.ipynb": notebook({ kernelspec: { name: "lectern", display_name: "TypeScript (lectern)" } }),
    "notebooks/saved.ipynb": notebook({
      kernelspec: { name: "lectern", display_name: "x" },
      lectern: { dialect: "jslab" },
    }),
    "notebooks/broken.ipynb": "{",
  });
});
afterAll(() => {
  for (const each of engines) each.dispose();
  workspace.remove();
});

/** Runs cells of a notebook; the value or the error of the last. */
async function last(notebook: string, ...cells: string[]): Promise<string> {
  const messages: Parameters<typeof collect>[0] = [];
  const engine = new CellEngine({
    directory: workspace.notebooks,
    notebook: `${workspace.notebooks}/${notebook}`,
    onOutput: message => messages.push(message),
  });
  engines.push(engine);
  let text = "";
  for (const [index, source] of cells.entries()) {
    messages.length = 0;
    const result = await engine.run(source, { number: index + 1 });
    const shown = collect(messages).find(each => each.output_type === "execute_result");
    const value = shown && "data" in shown ? String(shown.data["text/plain"]) : "";
    text = result.status === "error" ? result.error.traceback.join("\n") : value;
  }
  return text;
}

describe("tslab's notebooks", () => {
  it("run with its strictness", async () => {
    const cells = ["function area(r) { return r * r }", "let o = null; o?.x?.z", "class P { x: number }", "area(3)"];
    expect(await last("ts.ipynb", ...cells)).toBe("9");
  });

  it("still have their types checked", async () => {
    expect(await last("ts.ipynb", "let n: number = 'text';")).toContain("TS2322");
  });

  it("have the old decorators", async () => {
    const legacy =
      "function log(target: any, key: string, d: PropertyDescriptor) { const f = d.value; d.value = function () { return key + f.call(this) } }";
    expect(await last("ts.ipynb", legacy, "class D { @log twice() { return 2 } }\nnew D().twice()")).toBe("'twice2'");
  });
});

describe("jslab's notebooks", () => {
  it("are JavaScript", async () => {
    const cells = [
      "const fs = require('fs'); class Point { constructor(x) { this.x = x; this.y = 2 } }",
      "function sum(a, b, c) { return a + b + (c || 0) } let box = {}; box.late = sum(1, 2);",
      "const p = new Point(5); const o = {}; o.z = 1; p.x + p.y + o.z + box.late + typeof fs.readFileSync",
    ];
    expect(await last("js.ipynb", ...cells)).toBe("'11function'");
    expect(await last("saved.ipynb", "function f(a, b) { return a } f(1)")).toBe("1");
  });
});

describe("others", () => {
  it("are strict, and told so where that alone is the matter", async () => {
    expect(await last("ours.ipynb", "function area(r) { return r * r }")).toMatch(
      /TS7006\)\nOnly strict checking refuses this: .*@nostrict/,
    );
    expect(await last("ours.ipynb", "let s: string = null;")).toContain("Only strict checking");
    expect(await last("ours.ipynb", "let s: string = 3;")).not.toContain("Only strict checking");
    expect(await last("ours.ipynb", "let s: string = 3; function area(r) {}")).not.toContain("Only strict checking");
  });

  it("may say otherwise in a cell, from there on", async () => {
    const cells = [
      "const before: number = 2;",
      "// @nostrict\nfunction area(r) { return r * before }",
      "let s: string = null; area(4)",
    ];
    expect(await last("ours.ipynb", ...cells)).toBe("8");
    expect(await last("ts.ipynb", "// mine\n// @strict", "let s: string = null;")).toContain("TS2322");
  });
});

it("reads the dialect where it is said", () => {
  const at = (name: string) => dialectOf(`${workspace.notebooks}/${name}`);
  expect([
    at("ts.ipynb"),
    at("js.ipynb"),
    at("ours.ipynb"),
    at("saved.ipynb"),
    at("broken.ipynb"),
    at("none.ipynb"),
  ]).toEqual(["tslab", "jslab", undefined, "jslab", undefined, undefined]);
  vi.stubEnv("JPY_SESSION_NAME", `${workspace.notebooks}/ts.ipynb`);
  expect(dialectOf()).toBe("tslab");
  vi.stubEnv("LECTERN_DIALECT", "strict");
  expect(dialectOf()).toBe("strict");
  vi.unstubAllEnvs();
  expect(["// @tslab", "\n// a\n//@nostrict", "1; // @nostrict", "// @nostrictly", "x"].map(dialectIn)).toEqual([
    "tslab",
    "nostrict",
    undefined,
    undefined,
    undefined,
  ]);
});

it("leaves a tsconfig that is silent about strictness to TypeScript's default", async () => {
  const { getStrictOptionValue } = ts as unknown as { getStrictOptionValue(options: object, name: string): boolean };
  workspace.write("notebooks/tsconfig.json", '{ "compilerOptions": {} }');
  const error = await last("ours.ipynb", "function area(r) { return r * r }");
  expect(error.includes("TS7006")).toBe(getStrictOptionValue({}, "noImplicitAny"));
});
