import { execFileSync } from "node:child_process";
import { afterEach, expect, it } from "vitest";
import { type KernelOutput, KernelProcess } from "../../../src/kernel/index.ts";
import { isAlive } from "../../../src/kernel/process/isAlive.ts";
import { collect, makeWorkspace, repository, slowness } from "../support.ts";

const workspace = makeWorkspace();
// The child runs the build, which `npm test` makes first.
let kernel: KernelProcess;
let messages: KernelOutput[] = [];
const started: KernelProcess[] = [];

afterEach(async () => {
  await Promise.all(started.map(each => each.stop()));
});

async function start(onProgress?: (progress: unknown) => void): Promise<void> {
  messages = [];
  kernel = await KernelProcess.start({
    directory: workspace.notebooks,
    onOutput: output => messages.push(output),
    ...(onProgress ? { onProgress } : {}),
  });
  started.push(kernel);
}

const text = (name: "stdout" | "stderr") =>
  collect(messages)
    .flatMap(each => (each.output_type === "stream" && each.name === name ? [each.text] : []))
    .join("");

it("runs cells, keeps state and reports progress", async () => {
  const progress: unknown[] = [];
  await start(each => progress.push(each));
  expect(await kernel.run("let a = 1;", { number: 1 })).toEqual({ status: "ok" });
  expect(
    await kernel.run('(globalThis as any)[Symbol.for("lectern.progress")]({ loss: NaN }); a + 1', { number: 2 }),
  ).toEqual({ status: "ok" });
  expect(collect(messages)).toMatchObject([
    { output_type: "execute_result", data: { "text/plain": "2" }, execution_count: 2 },
  ]);
  expect(progress).toEqual([{ loss: Number.NaN }]);
  expect(await kernel.run("process.cwd()", { number: 3 })).toEqual({ status: "ok" });
  expect(collect(messages).at(-1)).toMatchObject({ data: { "text/plain": `'${workspace.notebooks}'` } });
});

it("ends an endless loop at its time, with all that was printed before", async () => {
  await start();
  await kernel.run("1", { number: 1 });
  const loop = 'for (let i = 0; i < 20000; i++) console.log("line", i);\nwhile (true) {}';
  const result = await kernel.run(loop, { number: 2 }, { timeoutMilliseconds: 1500 * slowness });
  expect(result).toMatchObject({ status: "error", error: { kind: "timeout", cell: 2 } });
  expect(text("stdout").trimEnd().split("\n")).toHaveLength(20000);
  expect(text("stdout")).toMatch(/line 19999\n$/);
  expect(kernel.alive).toBe(false);
  expect(await kernel.run("1", { number: 3 })).toMatchObject({
    error: { kind: "crash", message: expect.stringContaining("start a new one") },
  });
});

it("ends a waiting cell at its time and lives on", async () => {
  await start();
  expect(await kernel.run("const before = 5;", { number: 1 })).toEqual({ status: "ok" });
  const wait = "await new Promise(resolve => setTimeout(resolve, 60_000));";
  expect(await kernel.run(wait, { number: 2 }, { timeoutMilliseconds: 1500 })).toMatchObject({
    error: { kind: "timeout" },
  });
  expect(await kernel.run("before", { number: 3 })).toEqual({ status: "ok" });
  expect(collect(messages).filter(each => each.output_type === "error")).toMatchObject([{ ename: "Timeout" }]);
});

it("interrupts a waiting cell", async () => {
  await start();
  await kernel.run("let kept = 1;", { number: 1 });
  const source = "kept = 2; console.log('begun'); await new Promise(resolve => setTimeout(resolve, 60_000)); kept = 3;";
  const result = kernel.run(source, { number: 2 });
  while (!JSON.stringify(messages).includes("begun")) await new Promise(resolve => setTimeout(resolve, 20));
  kernel.interrupt();
  expect(await result).toMatchObject({ error: { kind: "interrupted" } });
  await kernel.run("kept", { number: 3 });
  expect(collect(messages).at(-1)).toMatchObject({ data: { "text/plain": "2" } });
});

it("reports process.exit with its code and place, and what was printed before", async () => {
  await start();
  const result = await kernel.run('console.log("x".repeat(1_000_000));\nprocess.exit(3);', { number: 1 });
  expect(result).toMatchObject({
    error: { kind: "exit", message: expect.stringContaining("process.exit(3)"), line: 2, column: 9 },
  });
  expect(text("stdout")).toHaveLength(1_000_001);
});

it("reports a crash", async () => {
  await start();
  expect(
    await kernel.run('console.log("last words"); process.kill(process.pid, "SIGSEGV"); while (true) {}', { number: 1 }),
  ).toMatchObject({ error: { kind: "crash", message: expect.stringContaining("SIGSEGV") } });
  expect(text("stdout")).toBe("last words\n");
});

it("reports that memory ran out", async () => {
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = "--max-old-space-size=400";
  await start();
  if (before === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = before;
  const fill = "const kept: number[][] = [];\nfor (;;) kept.push(Array.from({ length: 1e5 }, Math.random));";
  expect(await kernel.run(fill, { number: 1 })).toMatchObject({
    error: { kind: "crash", message: expect.stringContaining("out of memory") },
  });
});

it("reports the end of the process although a child of it lives on", async () => {
  await start();
  const source =
    'import { spawn } from "node:child_process";\nspawn("sleep", ["20"], { stdio: "inherit" });\nprocess.exit(2);';
  expect(await kernel.run(source, { number: 1 })).toMatchObject({ error: { kind: "exit" } });
});

it("reports thrown strings", async () => {
  await start();
  expect(await kernel.run('throw "boom"', { number: 1 })).toMatchObject({
    error: { kind: "thrown", traceback: ['Uncaught "boom"'] },
  });
});

it("survives unhandled rejections and throwing timers, and shows each in its cell", async () => {
  await start();
  await kernel.run(
    'const fail = (text: string) => { throw new Error(text); };\nPromise.reject(new Error("refused"));\nsetTimeout(() => fail("rang"), 20); void Promise.reject("bare");',
    { number: 1 },
  );
  expect(await kernel.run("await new Promise(resolve => setTimeout(resolve, 100)); 1", { number: 2 })).toEqual({
    status: "ok",
  });
  const first = messages.filter(each => each.cell === 1);
  expect(collect(first)).toHaveLength(1);
  const shown = collect(first)[0];
  expect(shown).toMatchObject({ output_type: "stream", name: "stderr" });
  const report = shown && "text" in shown ? shown.text : "";
  expect(report).toContain("Uncaught (in promise) Error: refused\n    at cell 1, line 2, column 16\n");
  expect(report).toContain('Uncaught (in promise) "bare"\n');
  expect(report).toContain("Uncaught (in callback) Error: rang\n    at fail (cell 1, line 1, column 40)");
});

it("captures what native code and child processes write", async () => {
  await start();
  await kernel.run('import fs from "node:fs"; fs.writeSync(1, "raw\\n");', { number: 1 });
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(text("stdout")).toBe("raw\n");
});

it("leaves no orphan when its parent dies, not even in an endless loop", async () => {
  const program = `
    const { KernelProcess } = await import(${JSON.stringify(`${repository}dist/kernel/index.js`)});
    const kernel = await KernelProcess.start({ directory: ${JSON.stringify(workspace.notebooks)}, onOutput: output => {
      console.log(kernel.child.pid);
      process.kill(process.pid, "SIGKILL");
    } });
    kernel.run('console.log("looping"); while (true) {}', { number: 1 });
  `;
  let printed = "";
  try {
    execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  } catch (error) {
    printed = String((error as { stdout?: unknown }).stdout);
  }
  const pid = Number(printed);
  expect(pid).toBeGreaterThan(0);
  const deadline = Date.now() + 5000 * slowness;
  while (isAlive(pid) && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 50));
  expect(isAlive(pid)).toBe(false);
});

it("stops in the middle of a loop", async () => {
  await start();
  const running = kernel.run("while (true) {}", { number: 1 });
  await new Promise(resolve => setTimeout(resolve, 300));
  await kernel.stop();
  expect(await running).toMatchObject({ error: { kind: "crash" } });
  expect(isAlive(kernel.child.pid ?? 0)).toBe(false);
});
