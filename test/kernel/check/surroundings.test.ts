import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CellEngine, LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
let checker: LocalChecker;
let id = 0;
beforeAll(() => {
  const cell = (source: string | string[]) => ({ cell_type: "code", source });
  const cells = [
    cell("1"),
    { cell_type: "markdown", source: "let tau2" },
    cell("tau2 + 1"),
    cell("const tau2 = 4;"),
    cell(["function line(x: number) {\n", "  return x }"]),
  ];
  workspace = makeWorkspace({
    "notebooks/some.ipynb": JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    "src/faulty.ts": "export const good = 1;\nexport const bad: number = 'text';\n",
    "src/uses.ts": 'export { good } from "./faulty.ts";\n',
  });
  checker = new LocalChecker(workspace.notebooks);
});
afterAll(() => workspace.remove());

const check = (source: string) => checker.check({ id: ++id, cell: id, source });

describe("names that only unrun cells define", () => {
  it("are said with their cells, from the notebook's file", async () => {
    const engine = new CellEngine({ directory: workspace.notebooks, notebook: `${workspace.notebooks}/some.ipynb` });
    const result = await engine.run("tau2 + line(2)", { number: 1 });
    expect(result.status === "error" && result.error.traceback.at(-1)).toBe(
      "cells 3 and 4 define tau2 and line; run them first",
    );
    const one = await engine.run("tau2 + nowhere", { number: 2 });
    expect(one.status === "error" && one.error.traceback.at(-1)).toBe("cell 3 defines tau2; run it first");
    engine.dispose();
  });

  it("are said from what a front end hands over", async () => {
    await checker.know(["1", "let lr = 1, rate: number", "interface Row { id: number }"]);
    expect((await check("const r: Row = { id: rate };")).error?.traceback.at(-1)).toBe(
      "cells 2 and 3 define rate and Row; run them first",
    );
    expect((await check("nobody")).error?.traceback).toHaveLength(1);
  });
});

describe("errors of an imported local file", () => {
  it("are warnings with their place, once", async () => {
    const notebook = new Notebook(workspace.notebooks);
    const source = 'import { good } from "../src/faulty.ts"; good';
    const { status, outputs } = await notebook.run(source);
    expect(status).toBe("ok");
    expect(outputs[0]).toMatchObject({
      name: "stderr",
      text: "warning: ../src/faulty.ts:2:14: Type 'string' is not assignable to type 'number'. (TS2322)\n",
    });
    expect((await notebook.run(source)).outputs.filter(each => each.output_type === "stream")).toEqual([]);
    notebook.engine.dispose();
  });

  it("are warned of by the cell that reaches them, and by no other", async () => {
    const source = 'import { good } from "../src/uses.ts"; good';
    expect((await check(`${source}; nobody`)).warnings).toEqual([]);
    expect((await check("1")).warnings).toEqual([]);
    expect((await check(source)).warnings).toEqual([expect.stringContaining("../src/faulty.ts:2:14")]);
    await checker.commit({ id, finished: [0, 1] });
    for (const later of ["1", "good", source]) expect((await check(later)).warnings).toEqual([]);
  });

  it("are not warned of again by a checker that takes over", async () => {
    const other = new LocalChecker(workspace.notebooks);
    const source = 'import { good } from "../src/faulty.ts"; good';
    await other.catchUp([{ id: 1, cell: 1, source, finished: [0, 1] }]);
    expect((await other.check({ id: 2, cell: 2, source: "good" })).warnings).toEqual([]);
  });
});

describe("without a tsconfig", () => {
  it.each([
    "document.title",
    "window.top",
    "localStorageX",
    "tpo",
    "alert('a')",
    "new XMLHttpRequest()",
    "const e = new Image()",
  ])("%s is no name", async source => {
    const { problems } = await check(source);
    expect([2304, 2552, 2584]).toContain(problems[0]?.code);
    expect(problems[0]?.message).not.toMatch(/Did you mean '(top|document|stop)'|compiler option/);
  });

  it.each([
    "document.title",
    "window.top",
    "alert('a')",
    "requestAnimationFrame(() => {})",
    "confirm('?')",
    "onmessage",
  ])("%s says that there is no page", async source => {
    const { problems } = await check(source);
    const name = /^\w+/.exec(source)?.[0];
    expect(problems.map(each => each.message)).toEqual([
      `Cannot find name '${name}': cells run on Node, which has no page.`,
    ]);
  });

  it.each([
    "await fetch('http://localhost:1').catch(() => 0); new URL('http://a.b').host; structuredClone({ a: 1 })",
    "new TextEncoder().encode('a'); setTimeout(() => {}, 1); performance.now(); new AbortController().signal; queueMicrotask(() => {})",
    "console.log(crypto.randomUUID(), process.version, Buffer.from('a'), new Blob(['a']))",
    "const module1 = await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); module1.instance.exports",
  ])("node's own are known: %s", async source => expect((await check(source)).problems).toEqual([]));
});

describe("what other kernels have", () => {
  it.each([
    ["const shown = <div className='a'>{1}</div>", 1, 15, "Cells have no JSX; put it in a local .tsx module"],
    ["const n = 1;\n<><b>{n}</b></>", 2, 1, "Cells have no JSX; put it in a local .tsx module"],
    ["parseInt?", 1, 1, "parseInt? asks for help in IPython; here the cursor on parseInt and Shift+Tab"],
    ["??console.log", 1, 1, "??console.log asks for help in IPython; here the cursor on console.log"],
    ["%time 1", 1, 1, "%time is a magic of IPython"],
    ["import a from 'data:text/javascript,export default 1'", 1, 15, "save the code as a file and import it"],
  ])("is told with the way out: %s", async (source, line, column, message) => {
    const { problems } = await check(source);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line, column, message: expect.stringContaining(message) });
  });

  it.each(["<number>5", "const id = <T>(x: T) => x; id(<string>'a')", "const a = 1 < 2 ? 3 : 4"])(
    "is not seen in TypeScript's own: %s",
    async source => expect((await check(source)).problems).toEqual([]),
  );

  it("is not told of JSX that has other faults", async () => {
    const { problems } = await check("const broken = <div>{</div>");
    expect(problems.map(each => each.message).join()).not.toContain("JSX");
    expect(problems.length).toBeGreaterThan(0);
  });
});
