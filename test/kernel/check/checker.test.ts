import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PersistentChecker } from "../../../src/kernel/check/checker.ts";
import { LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
});
afterAll(() => workspace.remove());

describe("names of earlier cells", () => {
  let checker: LocalChecker;
  let id = 0;
  beforeAll(() => {
    checker = new LocalChecker(workspace.notebooks);
  });

  /** Checks cells one after the other, each of which runs if it may; the codes of the last one. */
  async function codesOf(...sources: string[]): Promise<number[]> {
    let codes: number[] = [];
    for (const source of sources) {
      const { problems } = await checker.check({ id: ++id, cell: id, source });
      codes = problems.map(each => each.code);
      if (codes.length === 0) await checker.commit({ id, finished: [0, 1, 2, 3, 4] });
    }
    return codes;
  }

  it.each<[string, string[], number[]]>([
    ["a const of another type", ["const a = 1;", "const a = 'x';", "a.toUpperCase();"], []],
    ["a const that became let", ["const a = 1;", "let a = 1;", "a = 2;"], []],
    ["a let that became const", ["let a = 1;", "const a = 1;", "a = 2;"], [2588, 2632]],
    ["a class that became a function", ["class A { x = 1 }", "function A() { return 1; }", "A().toFixed();"], []],
    ["a class, and an object of the old one", ["class A { x = 1 }\nlet a = new A();", "class A { y = 1 }", "a.x;"], []],
    [
      "a class, and the new type for the old object",
      ["class A { x = 1 }\nlet a = new A();", "class A { y = 1 }", "a = new A();"],
      [2741],
    ],
    ["an interface", ["interface A { x: 1 }", "interface A { y: 2 }", "const a: A = { y: 2 };"], []],
    ["a type, used by a value that stays", ["type A = 1; const a: A = 1;", "type A = 'x';", "const b: 1 = a;"], []],
    ["a name from itself", ["const a = 1;", "const b = a;", "const a = String(b);", "a.length;"], []],
    ["what a function captured", ["let a = 1; const f = () => a;", "let a = 'x';", "f().toFixed();"], []],
    ["an import by a const", ["import path from 'node:path';", "const path = 1;", "path.toFixed();"], []],
    ["a global", ["const name = 1;", "name.toFixed();"], []],
    ["an assignment of a wrong type", ["let a = 1;", "a = 'x';"], [2322]],
    ["an evolving array", ["const losses = [];", "losses.push(1);", "losses.length;"], []],
    [
      "what a cell exports itself",
      [
        "export const a = 1; export function f() {} export class A {} export type T = 1;",
        "const b: T = a; f(); new A();",
      ],
      [],
    ],
    ["a global of the notebook's own", ["declare global { var everywhere: number }\nexport {};", "everywhere + 1"], []],
    ["a global, of another type", ["everywhere.length"], [2339]],
  ])("%s", async (_, sources, codes) => {
    const found = await codesOf(...sources);
    if (codes.length === 0) expect(found).toEqual([]);
    else expect(codes).toContain(found[0]);
  });

  it("are guessed at, however often a name was not found", async () => {
    await codesOf("const samples = [1];");
    for (let time = 0; time < 14; time++) {
      const { problems } = await checker.check({ id: ++id, cell: id, source: "sampels.length" });
      expect(problems.map(each => each.message)).toEqual(["Cannot find name 'sampels'. Did you mean 'samples'?"]);
    }
  });

  it("stay as they are where a cell that nobody checked is said to have run", async () => {
    await codesOf("const stays = 1;");
    await checker.commit({ id: ++id, finished: [0] });
    expect(await codesOf("stays.toFixed();")).toEqual([]);
  });
});

describe("programs", () => {
  it("are made once for the first cell and once for each new package", () => {
    const checker = new PersistentChecker(workspace.notebooks);
    checker.check("a.ts", "export const a = 1;");
    checker.check("b.ts", "export const b = [1].map(String);");
    expect(checker.builds).toBe(1);
    checker.check("c.ts", 'import { randomNormal } from "d3-random"; export const c = randomNormal();');
    expect(checker.builds).toBe(2);
    checker.check(
      "d.ts",
      'import { randomUniform } from "d3-random"; import fs from "node:fs"; export const d = [randomUniform, fs];',
    );
    expect(checker.builds).toBe(2);
  });
});

it("sees an edit of a module that the imported module imports", async () => {
  workspace.write("src/leaf.ts", "export const leaf = 1;\n");
  workspace.write("src/branch.ts", 'import { leaf } from "./leaf.ts";\nexport const branch = () => leaf;\n');
  const notebook = new Notebook(workspace.notebooks);
  const source = 'import { branch } from "../src/branch.ts"; const n: number = branch(); n';
  expect(await notebook.value(source)).toBe("1");
  workspace.write("src/leaf.ts", 'export const leaf = "one";\n');
  expect((await notebook.error(source)).diagnostics?.[0]).toMatchObject({ code: 2322 });
  workspace.write("src/leaf.ts", "export const leaf: number = 'two';\n");
  expect((await notebook.error(source)).diagnostics).toMatchObject([{ code: 2322, line: 1, column: 14 }]);
  workspace.write("src/leaf.ts", "export const leaf: number = 'two'; // still\n");
  expect((await notebook.error(source)).diagnostics).toMatchObject([{ code: 2322, line: 1, column: 14 }]);
  workspace.write("src/leaf.ts", "export const leaf = 2;\n");
  expect(await notebook.value(source)).toBe("2");
  notebook.engine.dispose();
});

it("reads a local file that imports what is not there, and again once it is", async () => {
  workspace.write("src/waits.ts", 'export { late } from "./late.ts";\nexport const here = 1;\n');
  const checker = new LocalChecker(workspace.notebooks);
  let id = 0;
  const check = async (source: string) =>
    (await checker.check({ id: ++id, cell: id, source })).problems.map(({ file, code }) => [file === undefined, code]);
  expect(await check('import { here } from "../src/waits.ts"; here.toFixed();')).toEqual([]);
  workspace.write("src/late.ts", "export const late = 'text';\n");
  expect(await check('import { late } from "../src/waits.ts"; const n: number = late;')).toEqual([[true, 2322]]);
});

it("keeps the types of a local file one over all cells, whatever it asks for that is not installed", async () => {
  workspace.write(
    "src/optional.ts",
    [
      "export class Secret { private readonly value = 1; show() { return this.value; } }",
      "export const native = () => require('not-installed-anywhere');",
    ].join("\n"),
  );
  const notebook = new Notebook(workspace.notebooks);
  await notebook.value('import { Secret } from "../src/optional.ts"; 0');
  await notebook.value("const show = (secret: Secret) => secret.show(); 0");
  await notebook.value("const one = new Secret(); 0");
  expect(await notebook.value("show(one) + show(new Secret())")).toBe("2");
  notebook.engine.dispose();
});
