import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalChecker } from "../../../../src/kernel/check/localChecker.ts";
import { makeWorkspace } from "../../support.ts";

const workspace = makeWorkspace({
  "src/index.ts": "export { entropy } from './entropy.ts';\nexport class Random { normal() { return 0; } }\n",
  "src/entropy.ts": "export function entropy(p: number[]) { return p.length; }\n",
});
const first = 'import { Random } from "../src/index.ts";\nconst random = new Random();\nconst samples = [1, 2];';
let checker: LocalChecker;

beforeAll(async () => {
  checker = new LocalChecker(workspace.notebooks);
  const { problems } = await checker.check({ id: 1, cell: 1, source: first });
  expect(problems).toEqual([]);
  await checker.commit({ id: 1, finished: [0, 1, 2] });
});
afterAll(() => workspace.remove());

/** What each fix at `|` makes of the cell, by its title. */
async function fixed(marked: string): Promise<Record<string, string>> {
  const offset = marked.indexOf("|");
  const source = marked.replace("|", "");
  const fixes = await checker.fixes(source, offset, [first, source]);
  return Object.fromEntries(
    fixes.map(({ title, edits }) => [
      title,
      edits
        .toSorted((a, b) => b.from - a.from)
        .reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), source),
    ]),
  );
}

describe("quick fixes", () => {
  it("change the spelling of names of other cells, of members and of options", async () => {
    expect(await fixed("sampels|.length")).toMatchObject({ "Change spelling to 'samples'": "samples.length" });
    expect(await fixed("samples.lenght|")).toMatchObject({ "Change spelling to 'length'": "samples.length" });
    expect(await fixed("random.norml|()")).toMatchObject({ "Change spelling to 'normal'": "random.normal()" });
  });

  it("guess after more than ten wrong names as at first", async () => {
    for (let time = 0; time < 12; time++)
      expect(await fixed("sampels|.length")).toMatchObject({ "Change spelling to 'samples'": "samples.length" });
  });

  it("import what the notebook's own modules have, beside what is imported already", async () => {
    expect(await fixed("entropy|(samples)")).toMatchObject({
      'Import entropy from "../src/index.ts"': 'import { entropy } from "../src/index.ts";\nentropy(samples)',
    });
    expect(await fixed('import { Random } from "../src/index.ts";\nnew Random();\nentropy|([])')).toMatchObject({
      'Import entropy from "../src/index.ts"':
        'import { Random, entropy } from "../src/index.ts";\nnew Random();\nentropy([])',
    });
  });

  it("import below what stands at the head of a cell", async () => {
    expect(await fixed("// @nostrict\n\nentropy|([])")).toMatchObject({
      'Import entropy from "../src/index.ts"':
        '// @nostrict\n\nimport { entropy } from "../src/index.ts";\nentropy([])',
    });
  });

  it("import what everybody calls so, and what node has", async () => {
    expect(await fixed("tf|.ones([2])")).toMatchObject({
      'import * as tf from "@tensorflow/tfjs"': 'import * as tf from "@tensorflow/tfjs";\ntf.ones([2])',
    });
    expect(Object.values(await fixed('mkdirSync|("a")'))).toContain(
      'import { mkdirSync } from "node:fs";\nmkdirSync("a")',
    );
  });

  it("add an await and what else the compiler knows", async () => {
    expect(Object.values(await fixed("async function f(p: Promise<number>) { return p.toFixed|(); }"))).toContain(
      "async function f(p: Promise<number>) { return (await p).toFixed(); }",
    );
    expect(Object.values(await fixed("class A { a|: number; }"))).toContain("class A { a: number | undefined; }");
  });

  it("are of the line where the cursor is at no fault, and none where nothing is wrong", async () => {
    expect(await fixed("|1 + sampels.length")).toMatchObject({ "Change spelling to 'samples'": "1 + samples.length" });
    expect(await fixed("sampels.length;\n|samples")).toEqual({});
    expect(await fixed("samples|.length")).toEqual({});
  });

  it("leave the notebook's checker as it was", async () => {
    await fixed("entropy|(samples)");
    const { problems } = await checker.check({ id: 2, cell: 2, source: "entropy(samples)" });
    expect(problems.map(({ code }) => code)).toEqual([2304]);
    expect((await checker.check({ id: 3, cell: 3, source: "samples.length" })).problems).toEqual([]);
  });
});
