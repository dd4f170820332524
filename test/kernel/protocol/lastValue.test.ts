import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { pause, type Received, stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run(
    "const sleep = (ms: number) => new Promise<string>(resolve => setTimeout(resolve, ms, `after ${ms}`));",
  );
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

/** All that came for a cell. */
const shown = (id: string) => kernel.messages.filter(({ channel, parent }) => channel === "iopub" && parent === id);
const said = (id: string) => (message: Received) =>
  message.parent === id &&
  /^Waiting for the promise that this cell ends with/.test(message.content.data?.["text/plain"]);

it("a promise that never settles is waited for, said so, and interrupted", async () => {
  const id = kernel.start("const open = new Promise(() => {}); open");
  await kernel.until(said(id));
  kernel.send("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).error?.ename).toBe("Interrupted");
  const types = shown(id).map(({ type }) => type);
  expect(types.filter(type => type !== "status")).toEqual(["execute_input", "display_data", "clear_output", "error"]);
  expect((await kernel.run("'free'")).value).toBe("'free'");
});

it("nothing stays of the note when the value comes, and what the cell printed does", async () => {
  const id = kernel.start(
    'console.log("before"); (async () => { await sleep(5000); console.log("meanwhile"); return sleep(10); })()',
  );
  const { content } = await kernel.until(said(id));
  const ran = await kernel.finished(id);
  expect([ran.text(), ran.value]).toEqual(["before\nmeanwhile\n", "'after 10'"]);
  expect(ran.types).not.toContain("clear_output");
  const update = ran.broadcast.find(({ type }) => type === "update_display_data");
  expect(update?.content).toMatchObject({ data: { "text/plain": "" }, transient: content.transient });
});

it.each([
  [
    "a cell that goes on printing",
    "(async () => { for (let i = 0; i < 9; i++) { console.log(i); await sleep(500); } return 1; })()",
  ],
  ["a cell that awaits by itself", "await sleep(4000)"],
  ["a cell that does not wait", "void sleep(4000); 1"],
  [
    "a cell whose value came, and takes long to show",
    'sleep(10).then(() => ({ [Symbol.for("Jupyter.display")]: () => sleep(4000).then(text => ({ "text/plain": text })) }))',
  ],
])("%s says nothing", async (_, code) => {
  const { id } = await kernel.run(code);
  await pause(100);
  expect(shown(id).filter(said(id))).toEqual([]);
});
