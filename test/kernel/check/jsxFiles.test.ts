import { afterAll, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/check/localChecker.ts";
import { makeWorkspace } from "../support.ts";

const wayOut =
  'may hold JSX: set "jsx" in the compilerOptions of tsconfig.json, to "react-jsx" for React or the package of "jsxImportSource", or to "react" for the function that "jsxFactory" names.';

const workspace = makeWorkspace({
  "notebooks/chart.tsx": "export const chart = (title: string) => title;",
  "notebooks/old.jsx": "export const old = 1;",
  "notebooks/through.ts": 'export * from "./drawn.tsx";',
  "notebooks/drawn.tsx": "export const drawn = <b>1</b>;",
});
let checker = new LocalChecker(workspace.notebooks);
let cells = 0;

afterAll(() => workspace.remove());

const check = (source: string) => checker.check({ id: ++cells, cell: 1, source });

it.each(["./chart.tsx", "./chart", "./old.jsx", "./drawn.tsx"])(
  "an import of %s says how JSX gets its meaning",
  async name => {
    const message = `Module '${name}' ${wayOut}`;
    const { error, problems } = await check(`import * as it from "${name}";`);
    expect(problems).toEqual([{ line: 1, column: 21, code: 6142, message }]);
    expect(error?.traceback).toEqual([`cell 1, line 1, column 21: ${message} (TS6142)`]);
    expect(await checker.problems(`await import("${name}")`)).toMatchObject([{ column: 14, message }]);
  },
);

it("so does the warning of a file that a file imports", async () => {
  const { problems, warnings } = await check('import { drawn } from "./through.ts";\ndrawn');
  expect(problems).toEqual([]);
  expect(warnings.join("\n")).toContain(`through.ts:1:15: Module './drawn.tsx' ${wayOut}`);
  expect(warnings.join("\n")).toContain(`drawn.tsx:1:22: This file ${wayOut}`);
});

it("nothing is said where tsconfig.json gives the meaning", async () => {
  workspace.write("notebooks/tsconfig.json", '{ "compilerOptions": { "jsx": "react-jsx" } }');
  checker = new LocalChecker(workspace.notebooks);
  expect((await check('import { chart } from "./chart.tsx";\nchart("a")')).problems).toEqual([]);
});
