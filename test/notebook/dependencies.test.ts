import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readDependencies } from "../../src/notebook/dependencies.ts";
import { findPackage } from "../../src/notebook/package.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lectern-dependencies-"));
});

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

async function read(...sources: string[]) {
  const { files, packages } = await readDependencies(sources, join(root, "notebooks"), await findPackage(root));
  return { files: [...files].map(([file, text]) => [file.slice(root.length + 1), text]), packages: [...packages] };
}

describe("dependencies", () => {
  it("are packages by their names, without node's own modules", async () => {
    expect(await read("1 + 1", 'import "mathjs/number"; import "@scope/a/part";', 'import fs from "fs"; fs')).toEqual({
      files: [],
      packages: ["mathjs", "@scope/a"],
    });
    expect((await read('const b = require("b");', 'export * from "c/d";')).packages).toEqual(["b", "c"]);
  });

  it("are local files, with and without their extension, and folders", async () => {
    await put({ "src/view.tsx": "1", "src/parts/index.ts": "2", "src/lib.js/part.ts": "3", "src/own.js": "4" });
    const wanted = ["view", "parts", "lib.js/part", "own.js", "nowhere"];
    expect((await read(...wanted.map(name => `import "../src/${name}";`))).files).toEqual([
      ["src/view.tsx", "1"],
      ["src/parts/index.ts", "2"],
      ["src/lib.js/part.ts", "3"],
      ["src/own.js", "4"],
      ["src/nowhere", "missing"],
    ]);
  });
});

describe("the package of a notebook", () => {
  it("is that of the nearest package.json above, and knows its own sources", async () => {
    await put({
      "package.json": JSON.stringify({
        name: "course",
        exports: { ".": "./dist/index.js", "./part": { default: "./dist/part.js/dist/x.js" }, "./types": {} },
      }),
      "package-lock.json": JSON.stringify({ packages: { "node_modules/a": { version: "1.2.3" } } }),
    });
    const home = await findPackage(join(root, "notebooks", "deep"));
    expect([home.root, home.name]).toEqual([root, "course"]);
    expect(["a", "b"].map(home.lockedVersion)).toEqual(["1.2.3", "not locked"]);
    expect(["course", "course/part"].map(home.ownSource)).toEqual([
      join(root, "src/index.ts"),
      join(root, "src/part.js/dist/x.ts"),
    ]);
    for (const other of ["course/none", "course/types", "courses", "other", "a/course/"]) {
      expect(home.ownSource(other), other).toBeUndefined();
    }
  });

  it("may lack a name, exports and a lock file", async () => {
    await put({ "package.json": "{}" });
    const home = await findPackage(root);
    expect(["name" in home, home.lockedVersion("a"), home.ownSource("course")]).toEqual([
      false,
      "not locked",
      undefined,
    ]);
    await put({ "package.json": '{ "name": "bare" }', "package-lock.json": "{}" });
    const bare = await findPackage(root);
    expect([bare.ownSource("bare"), bare.lockedVersion("a")]).toEqual([undefined, "not locked"]);
  });

  it("is the folder itself where there is none", async () => {
    const home = await findPackage("/nowhere at all/notebooks");
    expect([home.root, home.lockedVersion("a"), home.ownSource("a")]).toEqual([
      "/nowhere at all/notebooks",
      "not locked",
      undefined,
    ]);
  });
});
