import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeEach, expect, it } from "vitest";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";
import { strictnessOf } from "../../../src/kernel/check/tsconfig.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-tsconfig-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

let folder: string;
let folders = 0;
beforeEach(() => {
  folder = path.join(root, `${++folders}`, "notebooks");
  fs.mkdirSync(folder, { recursive: true });
});
const write = (text: string) => fs.writeFileSync(path.join(folder, "../tsconfig.json"), text);
const optionsWith = (options: object) => {
  write(JSON.stringify({ compilerOptions: options }));
  const { options: found, warning } = strictnessOf(folder);
  expect(warning).toBeUndefined();
  return found;
};

it("is ours where no file says otherwise", () => {
  expect(strictnessOf(folder)).toStrictEqual({ options: compilerOptions });
});

it("takes from the file all that says how types are checked, and nothing that says how code is made", () => {
  const taken = {
    strict: false,
    noImplicitAny: true,
    strictNullChecks: true,
    strictFunctionTypes: false,
    strictBindCallApply: false,
    strictPropertyInitialization: false,
    strictBuiltinIteratorReturn: false,
    noImplicitThis: false,
    useUnknownInCatchVariables: false,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    jsxFactory: "h",
    jsxFragmentFactory: "Fragment",
    jsxImportSource: "preact",
    ignoreDeprecations: "6.0",
  };
  const found = optionsWith({ ...taken, jsx: "react-jsx", target: "ES2015", module: "commonjs", noUnusedLocals: true });
  expect(found).toMatchObject({ ...taken, jsx: ts.JsxEmit.ReactJSX, nodeOnly: false });
  expect([found.target, found.module, "noUnusedLocals" in found]).toEqual([
    compilerOptions.target,
    compilerOptions.module,
    false,
  ]);
});

it("takes libraries and paths, and keeps node's own types", () => {
  const found = optionsWith({
    lib: ["ES2020"],
    paths: { "@/*": ["./src/*"] },
    rootDirs: ["."],
    typeRoots: ["./types"],
  });
  const home = path.dirname(folder);
  expect(found).toMatchObject({ lib: ["lib.es2020.d.ts"], paths: { "@/*": ["./src/*"] }, pathsBasePath: home });
  expect([found.rootDirs, found.typeRoots]).toEqual([[home], [path.join(home, "types")]]);
  expect(found.types).toEqual(["node"]);
  expect(optionsWith({ types: ["geojson", "node"] }).types).toEqual(["node", "geojson"]);
});

it("says what the nearest file says, with what that extends", () => {
  write(JSON.stringify({ compilerOptions: { strict: false, noImplicitReturns: true } }));
  fs.writeFileSync(
    path.join(folder, "tsconfig.json"),
    '{ // a comment\n "extends": "../tsconfig.json", "compilerOptions": { "strict": true } }',
  );
  expect(strictnessOf(folder).options).toMatchObject({ strict: true, noImplicitReturns: true });
});

it.each([
  ['{ "compilerOptions": ', /expected/],
  ['{ "extends": "./nowhere.json" }', /nowhere\.json/],
  ['{ "compilerOptions": { "strict": 7 } }', /requires a value of type boolean/],
])("warns of what it cannot read, and is ours then: %s", (text, reason) => {
  write(text);
  const { options, warning = "" } = strictnessOf(folder);
  const [, file, got] =
    /^tsconfig: (.*) must be a readable configuration, but got: (.*[^.]); cells are checked with the default options until it is mended and the kernel restarted\.$/.exec(
      warning,
    ) ?? [];
  expect([options, file]).toEqual([compilerOptions, path.join(folder, "../tsconfig.json")]);
  expect(got).toMatch(reason);
});

it("lets a dialect go before what the file says", () => {
  write(JSON.stringify({ compilerOptions: { strict: false, strictNullChecks: false, noImplicitAny: true } }));
  const of = (dialect: Parameters<typeof strictnessOf>[1]) => strictnessOf(folder, dialect).options;
  expect(of("strict")).toMatchObject({ strict: true, strictNullChecks: undefined, noImplicitAny: undefined });
  expect(of("nostrict")).toMatchObject({ strict: false, strictNullChecks: false, noImplicitAny: false });
  expect("experimentalDecorators" in of("nostrict")).toBe(false);
  expect(of("tslab")).toMatchObject({ strict: false, noImplicitAny: false, experimentalDecorators: true });
  expect("allowJs" in of("tslab")).toBe(false);
  expect(of("jslab")).toMatchObject({ strict: false, experimentalDecorators: true, allowJs: true, checkJs: true });
});
