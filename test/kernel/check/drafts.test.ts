import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, type Workspace } from "../support.ts";

let workspace: Workspace;
let checker: LocalChecker;
let id = 0;

beforeAll(async () => {
  const types = (name: string, manifest: object, files: Record<string, string>) =>
    Object.entries({ "package.json": JSON.stringify({ name, version: "1.0.0", ...manifest }), ...files }).map(
      ([file, text]) => [`notebooks/node_modules/${name}/${file}`, text] as const,
    );
  workspace = makeWorkspace(
    Object.fromEntries([
      ...types(
        "umd-like",
        { types: "./index.d.ts", main: "./index.js" },
        {
          "index.d.ts": "export as namespace UmdLike;\nexport const size: number;\n",
          "index.js": "exports.size = 1;",
        },
      ),
      ...types(
        "by-condition",
        { exports: { ".": { node: "./node.js", default: "./other.js" } } },
        {
          "node.d.ts": 'export const where: "node";\n',
          "node.js": 'exports.where = "node";',
          "other.d.ts": 'export const where: "other";\n',
          "other.js": 'exports.where = "other";',
        },
      ),
      ...types(
        "types-alone",
        { types: "./index.d.ts" },
        {
          "index.d.ts": "export const never: number;\nexport interface Shape { n: number }\n",
        },
      ),
      ["src/typed.ts", "class Real { n = 1; }\nexport type { Real };\nexport const one = 1;\n"],
      ["src/middle.ts", 'export { Real } from "./typed.ts";\n'],
    ]),
  );
  checker = new LocalChecker(workspace.notebooks);
  await checker.know(["const known = 1", "const later = known + 1"]);
});
afterAll(() => workspace.remove());

async function check(source: string, finished = [0, 1, 2]) {
  const found = await checker.check({ id: ++id, cell: id, source });
  if (found.problems.length === 0) await checker.commit({ id, finished });
  return { ...found, messages: found.problems.map(each => each.message) };
}

describe("a cell that is being written", () => {
  it("has problems of grammar first, then of types, with their places", async () => {
    const [first, ...others] = await checker.problems("const = 1; missing");
    expect(first).toMatchObject({ line: 1, column: 7 });
    expect(others.filter(each => each.code >= 2000)).toEqual([]);
    expect(await checker.problems("const n: number = 'text';\nconst m = 1;")).toMatchObject([
      { line: 1, column: 7, code: 2322 },
    ]);
    expect(await checker.problems("const fine = 1;")).toEqual([]);
  });

  it("is told which cell defines what it lacks, and that only", async () => {
    expect(await checker.problems("later + 1")).toMatchObject([
      { message: "cell 2 defines later; run it first", unrun: true },
    ]);
    const [nowhere] = await checker.problems("nowhere + 1");
    expect(nowhere).toMatchObject({ message: "Cannot find name 'nowhere'." });
    expect(nowhere).not.toHaveProperty("unrun");
  });

  it("leaves nothing behind", async () => {
    await checker.problems("const written = 1;");
    expect((await check("written")).messages.join()).toMatch(/^Cannot find name 'written'/);
  });
});

describe("a cell that is an object", () => {
  it("is checked as one, at its places, and behind it", async () => {
    expect((await check("{ a: 1, b: [2] }")).messages).toEqual([]);
    expect((await check("{ a: 1,\n  b: absent }")).problems).toMatchObject([{ line: 2, column: 6 }]);
  });
});

describe("modules of types", () => {
  it("cannot be run, whether their types can or not", async () => {
    expect((await check('import type { Shape } from "types-alone"; const shape: Shape = { n: 1 };')).messages).toEqual(
      [],
    );
    expect((await check('import { never } from "types-alone"; never')).messages).toEqual([
      "Cannot run module 'types-alone': it has types only, and nothing to run; npm install types-alone.",
    ]);
    expect((await check('import { size } from "umd-like"; size')).messages).toEqual([]);
  });

  it("are found by the conditions of node", async () => {
    expect((await check('import { where } from "by-condition"; const at: "node" = where;')).messages).toEqual([]);
  });

  it("bring the name of their page-wide namespace with their import, not before", async () => {
    const fresh = new LocalChecker(workspace.notebooks);
    const use = "let sized: typeof UmdLike.size | undefined;";
    const before = await fresh.check({ id: 1, cell: 1, source: use });
    expect(before.problems).toMatchObject([{ code: 2304 }]);
    const after = await fresh.check({ id: 2, cell: 2, source: `import { size } from "umd-like"; ${use}` });
    // A module must import what a script may use.
    expect(after.problems).toMatchObject([{ code: 2686 }]);
  });

  it("hand a class on as a type, over files too", async () => {
    const { types } = await check('import { Real } from "../src/middle.ts"; let real: Real | undefined;');
    expect(types).toContain("Real");
  });
});

describe("files that are missing, or wrong", () => {
  it("are seen once they are there, through those that import them", async () => {
    workspace.write("src/early.ts", 'import { late } from "./late.ts";\nexport const early = late;\n');
    const source = 'import { early } from "../src/early.ts"; const n: number = early;';
    const first = await check(source);
    expect([...first.messages, ...first.warnings].join()).toContain("./late.ts");
    workspace.write("src/late.ts", "export const late = 'text';\n");
    expect((await check(source)).messages.join()).toContain("'string' is not assignable to type 'number'");
    workspace.write("src/late.ts", "export const late = 1;\n");
    const last = await check(source);
    expect([...last.messages, ...last.warnings]).toEqual([]);
  });

  it("are told of again when they are wrong again", async () => {
    const write = (value: string) => workspace.write("src/again.ts", `export const again: number = ${value};\n`);
    const source = 'import { again } from "../src/again.ts"; again';
    const said = async () => {
      const { messages, warnings } = await check(source);
      return [...messages, ...warnings].join();
    };
    for (const wrong of [true, false, true, false]) {
      write(wrong ? "'text'" : "1");
      if (wrong) expect(await said()).toContain("'string' is not assignable");
      else expect(await said()).toBe("");
    }
  });
});

it("a name whose own cell failed is not said to be of another that did not run", async () => {
  expect((await check("const known: string = 5;")).messages).toHaveLength(1);
  const { error } = await check("known");
  expect(error?.traceback.join("\n")).toContain("declares it, but did not run");
  expect(error?.traceback.join("\n")).not.toContain("run it first");
});
