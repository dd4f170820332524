import { pathToFileURL } from "node:url";
import type ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";
import { isBuiltin, isNativeOnly, mayBeFound } from "../../../src/kernel/modules/kinds.ts";
import { isLocal, isOwn, Resolver } from "../../../src/kernel/modules/resolve.ts";
import { makeWorkspace, type Workspace } from "../support.ts";

let workspace: Workspace;
let resolver: Resolver;
let containing: string;
beforeAll(() => {
  workspace = makeWorkspace({
    "src/a.ts": "export const a = 1",
    "src/b.js": "exports.b = 1",
    "src/b.d.ts": "export const b: number",
    "src/c.d.ts": "export const c: number",
    "src/d.css.d.ts": "export {}",
    "src/e.wasm": "",
    "src/f.txt": "",
    "src/g.node": "",
    "src/h.json": "{}",
    "src/i.mjs": "export {}",
    "src/j.jsx": "export {}",
    "src/k.js": "export {}",
    "src/k.ts": "export {}",
    "src/m.d.css.ts": "export {}",
    "src/n.d.mts": "export {}",
    "src/o.d.ts.json": "{}",
    "src/sub/index.ts": "export {}",
    "notebooks/node_modules/typed/package.json": '{ "name": "typed", "main": "main.js", "types": "main.d.ts" }',
    "notebooks/node_modules/typed/main.js": "",
    "notebooks/node_modules/typed/main.d.ts": "export {}",
    "notebooks/node_modules/only/package.json": '{ "name": "only", "types": "main.d.ts" }',
    "notebooks/node_modules/only/main.d.ts": "export {}",
  });
  resolver = new Resolver({
    ...compilerOptions,
    paths: { "@app/*": [`${workspace.root}/src/*`], one: [`${workspace.root}/src/a.ts`], "@lib/*": ["typed"] },
    pathsBasePath: workspace.root,
  } as ts.CompilerOptions);
  containing = `${workspace.notebooks}/cell.ts`;
});
afterAll(() => workspace.remove());

const inSource = (file: string | undefined) => file?.replace(`${workspace.root}/`, "");

describe("the code that a specifier means", () => {
  it.each([
    ["../src/a.ts", "src/a.ts"],
    ["../src/a", "src/a.ts"],
    ["../src/a.js", "src/a.ts"],
    ["../src/b.js", "src/b.js"],
    ["../src/b", "src/b.js"],
    ["../src/c", undefined],
    ["../src/c.d.ts", undefined],
    ["../src/d.css", undefined],
    ["../src/e.wasm", "src/e.wasm"],
    ["../src/f.txt", "src/f.txt"],
    ["../src/g.node", "src/g.node"],
    ["../src/h.json", "src/h.json"],
    ["../src/i.mjs", "src/i.mjs"],
    ["../src/j.jsx", "src/j.jsx"],
    ["../src/k.js", "src/k.ts"],
    ["../src/m.d.css.ts", undefined],
    ["../src/n.d.mts", undefined],
    ["../src/o.d.ts.json", "src/o.d.ts.json"],
    ["../src/sub", "src/sub/index.ts"],
    ["../src/a.ts?again", "src/a.ts"],
    ["../src/a.ts#part", "src/a.ts"],
    ["../src/f.txt?raw", undefined],
    ["../src/nowhere", undefined],
    ["../src/nowhere?x", undefined],
    ["@app/a", "src/a.ts"],
    ["one", "src/a.ts"],
    ["typed", "notebooks/node_modules/typed/main.js"],
    ["only", undefined],
    ["nowhere", undefined],
  ])("%s is %s", (specifier, file) => {
    expect(inSource(resolver.code(specifier, containing))).toBe(file);
    const own = file?.includes("node_modules") ? undefined : file;
    expect(inSource(resolver.local(specifier, containing))).toBe(own);
  });

  it("may be an address or a whole path", () => {
    const file = `${workspace.root}/src/a.ts`;
    for (const specifier of [file, pathToFileURL(file).href]) expect(resolver.code(specifier, containing)).toBe(file);
  });

  it("is a package's by an alias, which is no file of the user", () => {
    const aliased = new Resolver({
      ...compilerOptions,
      paths: { "@lib/*": [`${workspace.notebooks}/node_modules/typed/main.js`] },
    });
    expect(inSource(aliased.code("@lib/x", containing))).toBe("notebooks/node_modules/typed/main.js");
    expect(aliased.local("@lib/x", containing)).toBeUndefined();
  });
});

describe("the types that a specifier means", () => {
  const types = (specifier: string) => {
    const found = resolver.types(specifier, containing).resolvedModule;
    return found && [inSource(found.resolvedFileName), found.extension];
  };

  it.each([
    ["../src/a.ts", ["src/a.ts", ".ts"]],
    ["../src/b.js", ["src/b.d.ts", ".d.ts"]],
    ["../src/c", ["src/c.d.ts", ".d.ts"]],
    ["../src/i.mjs", ["src/i.mjs", ".mjs"]],
    ["../src/e.wasm", ["src/e.wasm", ".js"]],
    ["../src/f.txt", undefined],
    ["../src/nowhere", undefined],
    ["@app/a", ["src/a.ts", ".ts"]],
    ["typed", ["notebooks/node_modules/typed/main.d.ts", ".d.ts"]],
    ["nowhere", undefined],
  ])("%s: %j", (specifier, found) => expect(types(specifier)).toEqual(found));
});

describe("a specifier", () => {
  it.each<[string, boolean]>([
    [".", true],
    ["..", true],
    ["./a", true],
    ["../a", true],
    ["/a", true],
    ["file:///a", true],
    ["a", false],
    ["a/../b", false],
    [".a", false],
    ["...", false],
    [".../a", false],
    ["afile:x", false],
    ["@a/b", false],
    ["", false],
  ])("%j names a file: %s", (specifier, local) => expect(isLocal(specifier)).toBe(local));

  it("may be an alias where the project has some", () => {
    const mayBe = (options: ts.CompilerOptions, specifier: string) => new Resolver(options).mayBeAlias(specifier);
    expect([mayBe({}, "#a"), mayBe({}, "a"), mayBe({ baseUrl: "/" }, "a")]).toEqual([true, false, true]);
    const paths = { "@/*": ["x"], one: ["x"], "pre*post": ["x"] };
    const found = ["@/a", "@a", "one", "ones", "preXpost", "preX", "Xpost", "two"].filter(each =>
      mayBe({ paths }, each),
    );
    expect(found).toEqual(["@/a", "one", "preXpost"]);
  });

  it("may be node's own", () => {
    expect(["fs", "node:fs", "node:test", "fs/promises", "lodash", "fsx", "./fs"].filter(isBuiltin)).toEqual([
      ...["fs", "node:fs", "node:test", "fs/promises"],
    ]);
  });
});

it("knows whose a file is, and what only node loads", () => {
  expect(["/w/a.ts", "/w/node_modules/a.ts", "/w/my_node_modules/a.ts", "/w/node_modulesx/a.ts"].filter(isOwn)).toEqual(
    [...["/w/a.ts", "/w/my_node_modules/a.ts", "/w/node_modulesx/a.ts"]],
  );
  expect(["/w/a.node", "/w/a.ts", "/w/node_modules/a.js"].filter(isNativeOnly)).toEqual([
    "/w/a.node",
    "/w/node_modules/a.js",
  ]);
});

it("asks TypeScript where node finds nothing", () => {
  const codes = [
    ...["ERR_MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT", "ERR_UNKNOWN_FILE_EXTENSION"],
    "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
  ];
  for (const code of codes) expect(mayBeFound({ code })).toBe(true);
  for (const other of [{ code: "ERR_OTHER" }, { code: 3 }, {}, undefined, null]) expect(mayBeFound(other)).toBe(false);
});
