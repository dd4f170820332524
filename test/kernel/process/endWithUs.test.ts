import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { endWithUs } from "../../../src/kernel/process/endWithUs.ts";
import { isAlive } from "../../../src/kernel/process/isAlive.ts";
import { ended } from "../protocol/processes.ts";
import { repository, slowness } from "../support.ts";

/** The processes of the system, each with its arguments. */
const all = () => execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" }).split("\n");
const watchersOf = (pid: number) => all().filter(each => each.endsWith(`kill -9 "$1" sh ${pid}`));

const deaf = 'process.on("SIGINT", () => {}); console.log(process.pid); for (;;) {}';
const parent = `
  const { spawn } = await import("node:child_process");
  const { endWithUs } = await import(${JSON.stringify(`${repository}/dist/kernel/process/endWithUs.js`)});
  process.on("SIGINT", () => {});
  endWithUs(spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}], { stdio: ["ignore", "inherit", "inherit"] }));
  setInterval(() => {}, 1000);`;

it("ends a child that hears nothing when its parent is killed, also after a Ctrl-C that both ignore", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", parent], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = Number(await new Promise<string>(resolve => child.stdout.once("data", text => resolve(String(text)))));
  expect(watchersOf(pid)).toHaveLength(1);
  await new Promise(resolve => setTimeout(resolve, 200 * slowness));
  process.kill(-(child.pid as number), "SIGINT");
  await new Promise(resolve => setTimeout(resolve, 200));
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await ended([pid]);
  expect(watchersOf(pid)).toEqual([]);
});

it("leaves nothing behind when the child ends first", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  endWithUs(child);
  const pid = child.pid as number;
  for (let tries = 0; watchersOf(pid).length === 0 && tries < 500; tries++) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
  for (let tries = 0; watchersOf(pid).length > 0 && tries < 500; tries++) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  expect(watchersOf(pid)).toEqual([]);
});

it("says nothing of a child that could not be started", () => {
  const child = spawn("/no/such/program");
  child.on("error", () => {});
  expect(() => endWithUs(child)).not.toThrow();
});
