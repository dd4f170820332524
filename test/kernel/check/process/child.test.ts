import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CheckerChild } from "../../../../src/kernel/check/process/child.ts";
import { CheckerProcess } from "../../../../src/kernel/check/process/checkerProcess.ts";
import type { FromChecker } from "../../../../src/kernel/check/process/messages.ts";
import { makeWorkspace, type Workspace } from "../../support.ts";

let workspace: Workspace;
beforeEach(() => {
  workspace = makeWorkspace();
  vi.stubEnv("LECTERN_SNAPSHOT", "off");
});
afterEach(() => {
  vi.unstubAllEnvs();
  workspace.remove();
});

describe("a run of the checker's program", () => {
  it("says that it is ready, answers, and tells of its end once", async () => {
    const messages: FromChecker[] = [];
    let ends = 0;
    await new Promise<void>(resolve => {
      const child = new CheckerChild(
        workspace.notebooks,
        undefined,
        message => {
          messages.push(message);
          if (message.type === "ready") child.tell({ id: 3, ask: "know", with: [["1"]] });
          else child.end();
        },
        () => {
          ends++;
          expect(child.ended).toBe(true);
          resolve();
        },
      );
    });
    expect([messages, ends]).toEqual([
      [
        { type: "ready", stale: false },
        { type: "answer", id: 3 },
      ],
      1,
    ]);
  });

  it("leaves its last words", async () => {
    vi.stubEnv("NODE_OPTIONS", "--require /nowhere/at/all.cjs");
    const child = await new Promise<CheckerChild>(resolve => {
      const started: CheckerChild = new CheckerChild(
        workspace.notebooks,
        undefined,
        () => {},
        () => {
          started.process.once("close", () => resolve(started));
        },
      );
    });
    expect([child.ready, child.ended, child.lastWords]).toEqual([
      false,
      false,
      expect.stringContaining("/nowhere/at/all"),
    ]);
    expect(child.lastWords.length).toBeLessThanOrEqual(2000);
  });

  it("is given up where it starts from what is no snapshot, or takes too long", async () => {
    const blob = workspace.write("good.blob", "not a snapshot at all");
    await new Promise<void>(resolve => new CheckerChild(workspace.notebooks, blob, () => {}, resolve));
    const signal = await new Promise(resolve => {
      const hanging = new CheckerChild(
        workspace.notebooks,
        "/dev/zero",
        () => {},
        () => {},
        1,
      );
      hanging.process.once("exit", (_, signal) => resolve(signal));
    });
    expect(signal).toBe("SIGKILL");
  });
});

describe("a checker in a process of its own", () => {
  it("answers what it is asked, and knows the cells that ran when another process takes over", async () => {
    const checker = new CheckerProcess(workspace.notebooks);
    const codes = async (id: number, source: string) =>
      (await checker.check({ id, cell: id, source })).problems.map(each => each.code);
    expect(await codes(1, "const kept = 1;")).toEqual([]);
    await checker.commit({ id: 1, finished: [0] });
    expect((await checker.problems("const a: string = kept;")).map(each => each.code)).toEqual([2322]);
    const place = { cell: 0, offset: 6 };
    const edit = { cell: 0, from: 6, to: 7 };
    expect(await checker.rename(["const n = 1;"], place)).toEqual({ name: "n", edits: [{ ...edit, insert: "n" }] });
    expect(await checker.rename(["const n = 1;"], place, "m")).toEqual({
      name: "n",
      edits: [{ ...edit, insert: "m" }],
    });
    process.kill(checker.pid as number, "SIGKILL");
    expect(await codes(2, "const a: string = kept;")).toEqual([2322]);
    checker.dispose();
    expect(await checker.rename(["const n = 1;"], place)).toEqual({ refused: expect.stringContaining("try again") });
  });
});

describe("cells that cannot be checked", () => {
  it("run unchecked, and a warning says so once", async () => {
    vi.stubEnv("NODE_OPTIONS", "--require /nowhere/at/all.cjs");
    const broken = new CheckerProcess(workspace.notebooks);
    expect(broken.waitsFor()).toBe("Waiting for the type checker, which starts.");
    const check = (id: number, source: string) => broken.check({ id, cell: id, source });
    expect(await check(1, "const a: string = 1; interface B {}")).toMatchObject({
      problems: [],
      types: ["B"],
      warnings: [
        expect.stringMatching(
          /^checker: types cannot be checked, because .* 5 times in a row.*; the cell runs unchecked\.$/,
        ),
      ],
    });
    expect(await check(2, "const b = 2")).toEqual({ problems: [], types: [], warnings: [] });
    expect(await check(3, "const = 1; interface B {}")).toMatchObject({
      error: { kind: "syntax" },
      types: [],
      warnings: [],
    });
    await broken.commit({ id: 1, finished: [0] });
    expect(await broken.complete("a", 1)).toEqual({ from: 1, to: 1, items: [] });
    expect(await broken.inspect("a", 1, 0)).toBeUndefined();
    expect(await broken.isComplete("f(")).toEqual({ status: "incomplete", indent: "  " });
    expect(broken.fromSnapshot).toBe(false);
    broken.dispose();
  });

  it("were interrupted", async () => {
    const checker = new CheckerProcess(workspace.notebooks);
    const message = "the cell was interrupted while its types were checked";
    expect(await checker.check({ id: 1, cell: 4, source: "1" }, AbortSignal.abort())).toEqual({
      problems: [],
      error: { kind: "interrupted", name: "Interrupted", message, cell: 4, traceback: [`Interrupted: ${message}`] },
      types: [],
      warnings: [],
    });
    checker.dispose();
  });
});
