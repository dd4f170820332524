import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { EXPLORE, type ExploreRecord, writtenRecord } from "../../src/explore/index.ts";
import { weightProblem } from "../../src/cli/weight.ts";
import type { CodeCell, Notebook, Output } from "../../src/notebook/index.ts";
import { program } from "../kernel/protocol/client.ts";
import { makeWorkspace } from "../kernel/support.ts";

vi.setConfig({ testTimeout: 120_000 });

const workspace = makeWorkspace();
afterAll(() => workspace.remove());

function lectern(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: workspace.notebooks,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

function cell(source: string, outputs: Output[] = [], tags: string[] = []): CodeCell {
  return { cell_type: "code", id: `c${ids++}`, source, metadata: { tags }, execution_count: null, outputs };
}
let ids = 0;

function notebook(...cells: CodeCell[]): Notebook {
  const code = cells.map((each, index) => ({ ...each, execution_count: index + 1 }));
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: code };
}

function moving(names: string[], frames: number, bytes: number): Output {
  const controls = names.map(name => ({ name, kind: "slide" as const, stops: [...Array(frames).keys()], start: 0 }));
  const at = (place: number) => names.map((_, index) => (index === 0 ? place : 0));
  const set = { "/alt": "x".repeat(bytes / frames) };
  const record: ExploreRecord = {
    controls,
    frames: Array.from({ length: frames - 1 }, (_, i) => ({ at: at(i + 1), set })),
  };
  return { output_type: "display_data", data: { [EXPLORE]: writtenRecord(record) as never }, metadata: {} };
}

describe("the weight of a notebook", () => {
  const numberOf = (each: CodeCell) => each.execution_count ?? 0;

  it("is no problem up to 300 kB", () => {
    expect(weightProblem(notebook(cell("a", [moving(["mean"], 20, 250_000)])), numberOf)).toBeUndefined();
  });

  it("is one above, which says what each figure that moves weighs, the heaviest first", () => {
    const heavy = notebook(
      cell("a", [moving(["mean", "width"], 20, 100_000)]),
      cell("b"),
      cell("c", [moving(["step"], 40, 220_000)]),
    );
    expect(weightProblem(heavy, numberOf)).toMatch(
      /^a notebook must weigh at most 300 kB with its outputs, but got 3\d\d kB; its figures that move: cell 3 \(step\) 21\d kB in 40 frames; cell 1 \(mean, width\) 9\d kB in 20 frames; give fewer stops or frames\.$/,
    );
  });

  it("is one without such figures too", () => {
    const text: Output = { output_type: "stream", name: "stdout", text: "x".repeat(400_000) };
    expect(weightProblem(notebook(cell("a", [text])), numberOf)).toMatch(
      /but got 40\d kB; show less of what is computed\.$/,
    );
  });
});

describe("lectern check", () => {
  const write = (name: string, content: Notebook) =>
    writeFileSync(join(workspace.notebooks, name), JSON.stringify(content));

  it("says nothing is wrong with a notebook that ran, and does not touch it", () => {
    write("good.ipynb", notebook(cell("const a = 1;"), cell("a.nope", [], ["raises-exception"]), cell("a + 1")));
    expect(lectern("run", "good.ipynb", "--write").code).toBe(0);
    const before = readFileSync(join(workspace.notebooks, "good.ipynb"), "utf8");
    const { code, out, err } = lectern("check", "good.ipynb");
    expect([code, out, err]).toEqual([0, "1 notebook checked, nothing is wrong\n", ""]);
    expect(readFileSync(join(workspace.notebooks, "good.ipynb"), "utf8")).toBe(before);
  });

  it("says what is wrong, one line each, with the cell", () => {
    const claim = { output_type: "display_data", metadata: {} } as const;
    write(
      "bad.ipynb",
      notebook(
        cell("const a: number = 'text';"),
        cell("const b = 1;\nb.nope", [
          { output_type: "error", ename: "TypeError", evalue: "it failed", traceback: [] },
        ]),
        cell("const c = b + 1;", [
          { ...claim, data: { "application/vnd.lectern.claim+json": { text: "1 is 2", holds: false } } },
          moving(["mean"], 20, 400_000),
        ]),
      ),
    );
    const { code, out, err } = lectern("check", "bad.ipynb", "--report", "json");
    const lines = err.trim().split("\n");
    expect(code).toBe(1);
    expect(lines.map(line => line.slice(0, 14))).toEqual([
      "bad.ipynb:1:1:",
      "bad.ipynb:2:2:",
      "bad.ipynb:3:1:",
      "bad.ipynb: its",
      "bad.ipynb:2: s",
      "bad.ipynb:3: f",
      "bad.ipynb: a n",
    ]);
    expect(lines[0]).toContain("Type 'string' is not assignable to type 'number'");
    expect(lines[4]).toBe("bad.ipynb:2: stored error: TypeError: it failed");
    expect(lines[5]).toBe("bad.ipynb:3: false claim: 1 is 2");
    expect(lines[6]).toContain("cell 3 (mean) 381 kB in 20 frames");
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      notebooks: [{ path: "bad.ipynb", ok: false, problems: lines }],
    });
  });

  it("refuses what is no notebook, and wrong use", () => {
    writeFileSync(join(workspace.notebooks, "broken.ipynb"), "{");
    expect(lectern("check", "broken.ipynb")).toMatchObject({ code: 1, err: expect.stringMatching(/^broken\.ipynb/) });
    expect(lectern("check")).toMatchObject({
      code: 2,
      err: expect.stringContaining("lectern check: a notebook is needed"),
    });
    expect(lectern("check", "good.ipynb", "--report", "xml").code).toBe(2);
  });
});
