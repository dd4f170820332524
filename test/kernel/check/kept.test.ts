import { afterAll, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/check/localChecker.ts";
import { makeWorkspace } from "../support.ts";

const workspace = makeWorkspace({
  "notebooks/inner.ts": "export const inner = 1;",
  "notebooks/rows.json.ts": 'export { inner } from "./inner.ts";',
});
const checker = new LocalChecker(workspace.notebooks);
afterAll(() => workspace.remove());

async function codes(id: number, source: string): Promise<number[]> {
  return (await checker.check({ id, cell: id, source })).problems.map(each => each.code);
}

it("a cell that is checked again under its number is checked anew", async () => {
  expect(await codes(1, "const a: string = 1;")).toEqual([2322]);
  expect(await codes(1, "const a: string = 'x';")).toEqual([]);
});

it("a local file is what its last extension says", async () => {
  expect(await codes(2, 'import { inner } from "./rows.json.ts";\nconst text: string = inner;')).toEqual([2322]);
});

it("a cell that was not over while many others ran is known when it is", async () => {
  expect(await codes(100, "const slow = 1;")).toEqual([]);
  for (let id = 101; id <= 350; id++) {
    await checker.check({ id, cell: id, source: "1;" });
    await checker.commit({ id, finished: [0] });
  }
  await checker.commit({ id: 100, finished: [0] });
  expect(await codes(400, "const text: string = slow;")).toEqual([2322]);
});
