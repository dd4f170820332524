import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

it.each([
  ["of another package, which npx tsc finds", "@tslab/typescript-for-tslab"],
  ["of this one", "typescript"],
])("writes nothing where the compiler %s finds errors", (_, compiler) => {
  const folder = mkdtempSync(join(tmpdir(), "lectern-build-"));
  writeFileSync(join(folder, "wrong.ts"), 'export const n: number = "three";\n');
  const compilerOptions = {
    rootDir: folder,
    outDir: join(folder, "out"),
    tsBuildInfoFile: null,
    incremental: false,
    types: [],
  };
  const config = { extends: join(root, "src/tsconfig.json"), compilerOptions, include: [folder] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules", compiler, "bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(stdout).toContain("not assignable to type 'number'");
  expect(status).not.toBe(0);
  expect(readdirSync(folder).sort()).toEqual(["tsconfig.json", "wrong.ts"]);
});
