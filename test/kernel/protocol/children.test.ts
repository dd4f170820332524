import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace({
  "notebooks/says.mjs": 'console.log("out ü"); console.error("err"); process.exitCode = Number(process.argv[2] ?? 0);',
});
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run(
    'import { execFile, execFileSync, execSync, fork, spawn, spawnSync } from "node:child_process";\nimport fs from "node:fs"; import { once } from "node:events"; import { Worker } from "node:worker_threads";',
  );
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

const node = "process.execPath";

describe("what a child writes to the streams that it inherits lands in the cell", () => {
  it.each([
    ["spawnSync", `spawnSync(${node}, ["says.mjs"], { stdio: "inherit" }).status`, "0"],
    [
      "spawnSync through a shell",
      `spawnSync('"' + ${node} + '" says.mjs', { shell: true, stdio: [0, 1, 2] }).status`,
      "0",
    ],
    [
      "a child that fails",
      `spawnSync(${node}, ["says.mjs", "3"], { stdio: ["pipe", "inherit", "inherit"] }).status`,
      "3",
    ],
    ["execFileSync", `execFileSync(${node}, ["says.mjs"], { stdio: "inherit" })`, "null"],
    [
      "spawn",
      `(await once(spawn(${node}, ["says.mjs"], { stdio: ["ignore", process.stdout, process.stderr] }), "close"))[0]`,
      "0",
    ],
    ["fork", `(await once(fork("says.mjs"), "close"))[0]`, "0"],
    ["a grandchild", `spawnSync("sh", ["-c", '"$0" says.mjs', ${node}], { stdio: "inherit" }).status`, "0"],
  ])("%s", async (_, code, value) => {
    const ran = await kernel.run(code);
    expect([ran.text(), ran.text("stderr"), ran.value]).toEqual(["out ü\n", "err\n", value]);
    expect(kernel.stderr).toBe("");
  });

  it.each([
    ["by their numbers", 'fs.writeSync(1, "one "); fs.writeSync(2, "two"); fs.writeFileSync(1, "three");'],
    [
      "by their names",
      'fs.appendFileSync("/dev/stdout", "one "); fs.writeFileSync("/dev/stderr", "two"); await fs.promises.writeFile("/proc/self/fd/1", "three");',
    ],
    [
      "by callbacks",
      'await new Promise<void>(done => fs.write(1, "one ", () => done())); await new Promise<void>(done => fs.writeFile("/dev/fd/2", "two", () => done())); fs.writevSync(1, [Buffer.from("thr"), Buffer.from("ee")]);',
    ],
  ])("and what a cell writes itself, %s", async (_, code) => {
    const ran = await kernel.run(code);
    expect([ran.text(), ran.text("stderr")]).toEqual(["one three", "two"]);
  });

  it("also when it outlives its cell, in that cell", async () => {
    const id = kernel.start('spawn("sh", ["-c", "sleep 0.5; echo outlived"], { stdio: "inherit" }); "started"');
    await kernel.finished(id);
    expect((await kernel.run("'next'")).text()).toBe("");
    const late = await kernel.until(({ type, content }) => type === "stream" && content.text === "outlived\n");
    expect([late.parent, late.metadata]).toEqual([id, { late: true }]);
  });

  it("also of a worker", async () => {
    const ran = await kernel.run(
      `await once(new Worker("console.log('of a worker'); console.error('and its error')", { eval: true }), "exit");`,
    );
    expect([ran.text(), ran.text("stderr")]).toEqual(["of a worker\n", "and its error\n"]);
  });

  it.each([
    ["a shell", `spawnSync("sh", ["-c", "echo lost > /dev/stdout"], { stdio: "inherit" }).status`],
    [
      "a shell, later",
      `(await once(spawn("sh", ["-c", "echo lost > /dev/stderr"], { stdio: "inherit" }), "close"))[0]`,
    ],
    ["node", `spawnSync(${node}, ["-e", "fs.writeFileSync('/dev/stdout', 'lost')"], { stdio: "inherit" }).status`],
  ])("unless it opens them by their names, and then says what to write: %s", async (_, code) => {
    const ran = await kernel.run(code);
    expect(ran.value).not.toBe("0");
    expect(ran.text("stderr")).toMatch(/\/dev\/std.*\n\(a child's output goes to its cell.*>&1, >&2\)\n$/s);
    expect(ran.text("stderr").match(/goes to its cell/g)).toHaveLength(1);
  });

  it("and what is piped stays with who piped it", async () => {
    const ran = await kernel.run(
      `[execFileSync(${node}, ["says.mjs"], { stdio: ["pipe", "pipe", "ignore"] }).toString()]`,
    );
    expect([ran.text(), ran.value]).toEqual(["", "[ 'out ü\\n' ]"]);
  });

  it("complete and in order, also megabytes", async () => {
    const ran = await kernel.run(
      `spawnSync(${node}, ["-e", "for (let i = 0; i < 200000; i++) console.log(i)"], { stdio: "inherit" }).status`,
    );
    expect(ran.text()).toBe(Array.from({ length: 200_000 }, (_, i) => `${i}\n`).join(""));
  });
});
