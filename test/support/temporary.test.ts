import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { removeAll } from "./temporary.ts";

it("the tests have a temporary folder of their own, which goes with them", () => {
  expect(path.basename(os.tmpdir())).toMatch(/^lectern-tests-.*-\d+-\w{6}$/);
});

it.skipIf(!fs.existsSync("/proc/self/environ"))("what is left there goes, files and processes", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "left behind "));
  fs.mkdirSync(path.join(folder, "inner"));
  const run = (TMPDIR: string) => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log(1)"], {
      env: { ...process.env, TMPDIR },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { child, begun: new Promise(resolve => child.stdout.once("data", resolve)) };
  };
  const [left, other] = [run(folder), run(`${folder} too`)];
  await Promise.all([left.begun, other.begun]);
  const ended = new Promise(resolve => left.child.once("exit", (_, signal) => resolve(signal)));
  removeAll(folder);
  expect(await ended).toBe("SIGKILL");
  expect(fs.existsSync(folder)).toBe(false);
  expect(other.child.exitCode).toBe(null);
  other.child.kill("SIGKILL");
});
