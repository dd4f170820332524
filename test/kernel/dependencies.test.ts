import { afterAll, describe, expect, it } from "vitest";
import { Dependencies } from "../../src/kernel/dependencies.ts";
import { parseCell } from "../../src/kernel/transform/parse.ts";
import { namesOfCell } from "../../src/kernel/transform/uses.ts";
import { stopAll, TestKernel } from "./protocol/client.ts";
import { makeWorkspace } from "./support.ts";

/** Runs cells, each by its id; the ids of the stale cells after the last. */
function staleAfter(...cells: [id: string, source: string][]): (string | undefined)[] {
  const dependencies = new Dependencies();
  const names = new Set<string>();
  let stale: (string | undefined)[] = [];
  cells.forEach(([id, source], index) => {
    const found = namesOfCell(parseCell(source), names);
    for (const each of found.defines) names.add(each.name);
    const finished = Array.from({ length: 10 }, (_, statement) => statement);
    stale = dependencies.ran({ id, count: index + 1 }, found, finished).stale.map(each => each.id);
  });
  return stale;
}

describe("what is stale", () => {
  const start: [string, string][] = [
    ["a", "let lr = 0.1;"],
    ["b", "function step() { return lr * 2 }"],
    ["c", "const loss = step() + 1; loss"],
    ["d", "loss.toFixed(1)"],
    ["e", "const other = 3; other"],
  ];

  it("is nothing when the cells run in order", () => expect(staleAfter(...start)).toEqual([]));

  it("is what reads a name that changed, through functions and through other cells", () => {
    expect(staleAfter(...start, ["a", "let lr = 0.5;"])).toEqual(["c", "d"]);
    expect(staleAfter(...start, ["c", "const loss = 1; loss"])).toEqual(["d"]);
    expect(staleAfter(...start, ["e", "const other = 4;"])).toEqual([]);
  });

  it("is fresh again when it ran again", () => {
    expect(staleAfter(...start, ["a", "let lr = 0.5;"], ["c", "const loss = step(); loss"])).toEqual(["d"]);
    expect(staleAfter(...start, ["a", "let lr = 0.5;"], ["c", "const loss = step(); loss"], ["d", "loss"])).toEqual([]);
  });

  it("is not a cell before the one that ran", () => {
    expect(staleAfter(["a", "let n = 1;"], ["b", "n"], ["c", "n = 2"])).toEqual([]);
    expect(staleAfter(["a", "let n = 1;"], ["b", "n = 2"], ["c", "n"], ["b", "n = 3"])).toEqual(["c"]);
  });
});

describe("a client", () => {
  const workspace = makeWorkspace();
  afterAll(async () => {
    await stopAll();
    workspace.remove();
  });

  it("reads it in the metadata of the reply", async () => {
    const kernel = await TestKernel.start({ directory: workspace.notebooks });
    await kernel.run("let lr = 0.1;");
    await kernel.run("const twice = lr * 2; twice");
    const reply = kernel.messages.filter(each => each.type === "execute_reply").at(-1);
    expect(reply?.metadata.lectern).toEqual({ defines: ["twice"], uses: ["lr"], changes: [], stale: [] });
  });
});
