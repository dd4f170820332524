import { spawn } from "node:child_process";
import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CellEngine, CheckerProcess } from "../../../src/kernel/index.ts";
import { makeWorkspace, repository, slowness, type Workspace } from "../support.ts";

let workspace: Workspace;
let checker: CheckerProcess;
let id = 0;

beforeAll(() => {
  vi.stubEnv("LECTERN_SNAPSHOT", "off");
  workspace = makeWorkspace();
  checker = new CheckerProcess(workspace.notebooks);
});
afterAll(() => {
  checker.dispose();
  workspace.remove();
  vi.unstubAllEnvs();
});

/** Checks a cell and, when it passes, commits all of it; the codes of its errors. */
async function run(source: string): Promise<number[]> {
  const cell = ++id;
  const { problems } = await checker.check({ id: cell, cell, source });
  const finished = Array.from({ length: 20 }, (_, index) => index);
  if (problems.length === 0) await checker.commit({ id: cell, finished });
  return problems.map(each => each.code);
}

const isAlive = (pid: number): boolean =>
  fs.existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));

/** How long a process has computed. */
function secondsOf(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 500) throw new Error("until: the condition must come true within 10 s, but did not");
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** A cell that takes the checker several seconds. */
const slow = Array.from(
  { length: 40_000 },
  (_, i) => `const v${i} = [${i}].map(x => ({ x })).filter(x => x.x > ${i});`,
).join("\n");

it("checks cells and helps with editing, as in this process", async () => {
  expect(await run("let rate = 0.1; interface Row { a: number }")).toEqual([]);
  expect(await run("rate = 'fast'")).toEqual([2322]);
  const checked = await checker.check({ id: ++id, cell: 7, source: "const r: Row = { a: 'x' }" });
  expect(checked.error).toMatchObject({ kind: "type", name: "TS2322", cell: 7, line: 1, column: 18 });
  expect(
    (await checker.check({ id: ++id, cell: 8, source: 'import { Feature } from "geojson"; type A = 1;' })).types,
  ).toEqual(["Feature", "A"]);
  expect((await checker.complete("rat", 3)).items[0]).toMatchObject({ text: "rate", detail: "number" });
  expect((await checker.inspect("rate", 2, 0))?.text).toBe("let rate: number");
  expect(await checker.isComplete("f(")).toEqual({ status: "incomplete", indent: "  " });
});

it("serves an engine that runs what was checked elsewhere", async () => {
  const engine = new CellEngine({ directory: workspace.notebooks, checker });
  expect(await engine.run("let a = 1; function twice() { return 2 * a; }", { number: 1 })).toEqual({ status: "ok" });
  const source = "const early = 'kept'; if (early) throw new Error('x'); const late = 1;";
  const { types } = await checker.check({ id: 900, cell: 2, source });
  const { result, finished } = await engine.execute(source, { number: 2, types });
  await checker.commit({ id: 900, finished });
  expect(result.status).toBe("error");
  expect(finished).toEqual([0]);
  expect(await engine.run("a = 5; const n: string = early;", { number: 3 })).toEqual({ status: "ok" });
  expect((await engine.run("late", { number: 4 })) as object).toMatchObject({ error: { kind: "type" } });
  engine.dispose();
});

describe("when its process dies", () => {
  it("goes on in another with all that was committed", async () => {
    await run("let rate = 0.1;");
    await run("const scaled = { value: rate * 2 }; type Id = string;");
    const first = checker.pid as number;
    process.kill(first, "SIGKILL");
    expect(await run("scaled.value.toFixed(); rate = 2; const i: Id = 'x';")).toEqual([]);
    expect(await run("scaled.value.length")).toEqual([2339]);
    expect(checker.pid).not.toBe(first);
  });

  it("answers what was asked before, and knows a cell that was checked in the old process", async () => {
    await run("let rate = 0.1;");
    const cell = ++id;
    expect((await checker.check({ id: cell, cell, source: "const late = rate;" })).problems).toEqual([]);
    process.kill(checker.pid as number, "SIGKILL");
    await checker.commit({ id: cell, finished: [0] });
    const [a, b] = await Promise.all([run("late.toFixed()"), run("late.nothing")]);
    expect([a, b]).toEqual([[], [2339]]);
  });

  it("keeps what an import that no longer checks brought in", async () => {
    workspace.write("src/gone.ts", "export const gone = 1;");
    await run('import { gone } from "../src/gone.ts"; const other = 2;');
    workspace.write("src/gone.ts", "export const changed = 1;");
    process.kill(checker.pid as number, "SIGKILL");
    expect(await run("other.toFixed()")).toEqual([]);
  });

  it("again and again, says so once and lets cells run unchecked", async () => {
    vi.stubEnv("NODE_OPTIONS", "--require /nowhere/at/all.cjs");
    const broken = new CheckerProcess(workspace.notebooks);
    const first = await broken.check({ id: ++id, cell: 1, source: "const a: string = 1; interface B {}" });
    expect(first).toMatchObject({
      problems: [],
      types: ["B"],
      warnings: [expect.stringMatching(/^checker: types cannot be checked, because .* 5 times in a row/)],
    });
    expect(await broken.check({ id: ++id, cell: 2, source: "const = 1" })).toMatchObject({
      error: { kind: "syntax" },
      warnings: [],
    });
    expect(await broken.complete("a", 1)).toEqual({ from: 1, to: 1, items: [] });
    expect(await broken.inspect("a", 1, 0)).toBeUndefined();
    broken.dispose();
    vi.stubEnv("NODE_OPTIONS", "");
  });

  it("twice at one cell, lets that cell run unchecked and checks the next", async () => {
    await run("const a = 1;");
    const cell = ++id;
    const checked = checker.check({ id: cell, cell, source: `let early: string = ''; class Early {}\n${slow}` });
    for (let death = 0; death < 2; death++) {
      const { pid } = checker;
      await until(() => secondsOf(pid as number) > 1.5);
      process.kill(pid as number, "SIGKILL");
      await until(() => checker.pid !== pid);
    }
    expect((await checked).warnings).toEqual([expect.stringContaining("ended at it twice")]);
    await checker.commit({ id: cell, finished: [0, 1] });
    expect(await run("a.length")).toEqual([2339]);
    expect(await run("early.whatever; const one: Early = new Early(1, 2); one.whatever;")).toEqual([]);
  });
});

it("ends a check that is interrupted, and goes on", async () => {
  await run("const a = 1;");
  const start = performance.now();
  const checked = await checker.check({ id: ++id, cell: 5, source: slow }, AbortSignal.timeout(300));
  expect(performance.now() - start).toBeLessThan(1000 * slowness);
  expect(checked.error).toMatchObject({ kind: "interrupted", cell: 5 });
  expect(await run("a.length")).toEqual([2339]);
});

it.each(["idle", "busy"])("leaves no orphan when its parent is killed while it is %s", async state => {
  const parent = `
    const { CheckerProcess } = await import(${JSON.stringify(`${repository}/dist/kernel/index.js`)});
    const checker = new CheckerProcess(${JSON.stringify(workspace.notebooks)});
    await checker.check({ id: 1, cell: 1, source: "1" });
    ${state === "busy" ? `checker.check({ id: 2, cell: 2, source: ${JSON.stringify(slow)}.repeat(3) });` : ""}
    console.log(checker.pid);
    setInterval(() => {}, 1000);`;
  const script = workspace.write("parent.mjs", parent);
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(await new Promise<string>(resolve => child.stdout.once("data", data => resolve(String(data)))));
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await until(() => !isAlive(pid));
});

it("does not keep an idle parent alive", async () => {
  const parent = `
    const { CheckerProcess } = await import(${JSON.stringify(`${repository}/dist/kernel/index.js`)});
    const checker = new CheckerProcess(${JSON.stringify(workspace.notebooks)});
    console.log((await checker.check({ id: 1, cell: 1, source: "1" })).problems.length);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", parent], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  expect(await new Promise(resolve => child.once("exit", resolve))).toBe(0);
});
