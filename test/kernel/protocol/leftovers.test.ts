import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { makeWorkspace, type Workspace } from "../support.ts";
import { pause, stopAll, TestKernel } from "./client.ts";
import { descendants, ended } from "./processes.ts";

const workspaces: Workspace[] = [];
afterEach(async () => {
  await stopAll();
  for (const each of workspaces.splice(0)) each.remove();
});

/** A kernel with a temporary folder of its own, which has drawn a figure, loaded modules and told a debugger of cells. */
async function busyKernel(): Promise<{ kernel: TestKernel; left: () => string[]; all: number[] }> {
  const workspace = makeWorkspace({ "src/part.ts": "export const part = 1;\n" });
  workspaces.push(workspace);
  const temporary = path.join(workspace.root, "temporary");
  fs.mkdirSync(temporary);
  const kernel = await TestKernel.start({
    directory: workspace.notebooks,
    argv: ["env", `TMPDIR=${temporary}`, ...TestKernel.argv],
  });
  expect((await kernel.run('import os from "node:os"; os.tmpdir()')).value).toBe(`'${temporary}'`);
  await kernel.run('import { part } from "../src/part.ts"; ({ data: [{ y: [part] }], layout: {}, alt: "one" })');
  await kernel.run('require("node:child_process").spawnSync("true", { stdio: "inherit" }).status');
  await kernel.ask(
    "debug_request",
    { seq: 1, type: "request", command: "dumpCell", arguments: { code: "1" } },
    "control",
  );
  return { kernel, left: () => fs.readdirSync(temporary), all: descendants(kernel.process.pid as number) };
}

it.each([
  ["shut down", (kernel: TestKernel) => void kernel.send("shutdown_request", { restart: false }, "control")],
  ["killed", (kernel: TestKernel) => void kernel.process.kill("SIGKILL")],
  ["ended by SIGTERM", (kernel: TestKernel) => void kernel.process.kill("SIGTERM")],
  ["ended by its own cell", (kernel: TestKernel) => void kernel.start("process.exit(1)")],
])("a kernel that is %s leaves neither files nor processes behind", async (_, end) => {
  const { kernel, left, all } = await busyKernel();
  expect(all.length).toBeGreaterThan(0);
  end(kernel);
  await kernel.ended();
  await ended(all);
  await pause(100);
  expect(left()).toEqual([]);
});
