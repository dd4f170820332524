import { afterAll, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/check/localChecker.ts";
import { makeWorkspace } from "../support.ts";

const workspace = makeWorkspace({
  "notebooks/node_modules/named/index.d.ts":
    "export as namespace Named;\nexport interface Row { id: number }\nexport const row: Row;",
  "notebooks/node_modules/named/index.js": "exports.row = { id: 1 };",
  "notebooks/node_modules/script/index.d.ts": "declare const ofScript: number;",
  "notebooks/node_modules/script/index.js": "",
});
afterAll(() => workspace.remove());

it("the global name of a package that was read in advance is there once a cell imports the package", async () => {
  const checker = new LocalChecker(workspace.notebooks);
  checker.practise(["named", "script"], ['import { row } from "named";\nrow.id;']);
  expect(checker.reopen(workspace.notebooks)).toEqual({ stale: false });
  let id = 0;
  const codes = async (source: string) =>
    (await checker.check({ id: ++id, cell: id, source })).problems.map(each => each.code);
  expect(await codes("let row: Named.Row | undefined;")).toEqual([2503]);
  expect(await codes('import { row } from "named";\nlet same: Named.Row = row;')).toEqual([]);
  expect(await codes("let id: Named.Row = { id: 'a' };")).toEqual([2322]);
});
