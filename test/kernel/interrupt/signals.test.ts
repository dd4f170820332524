import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { slowness } from "../support.ts";

const signals = new URL("../../../dist/kernel/interrupt/signals.js", import.meta.url);
/** Watches from a folder that is gone, goes to one that is there, and is busy until it was told of a signal. */
const program = `
import fs from "node:fs";
import { watchSignals } from ${JSON.stringify(signals.href)};
process.chdir(fs.mkdtempSync("/tmp/lectern-gone-"));
fs.rmdirSync(process.cwd());
watchSignals(() => {
  console.log("heard");
  process.exit(0);
});
setTimeout(() => process.chdir("/"), 100);
setTimeout(() => console.log("still here"), 200);
setInterval(() => {}, 1000);
`;

it("are heard though the working directory was gone when the watching began", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", text => {
    said += text;
  });
  child.stderr.on("data", text => {
    said += text;
  });
  // Before the thread listens, a signal ends the process: the first one is sent when it surely does.
  const timer = setTimeout(() => child.kill("SIGINT"), 3000 * slowness);
  const [code] = await once(child, "exit");
  clearTimeout(timer);
  expect([code, said]).toEqual([0, "still here\nheard\n"]);
});
