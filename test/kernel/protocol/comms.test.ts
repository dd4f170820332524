import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run('const comms = (globalThis as any)[Symbol.for("lectern.comms")];');
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

it("carries messages of a cell's comm both ways, with buffers", async () => {
  const ran = await kernel.run(
    'const comm = comms.open("target", { a: 1 });\ncomm.onMessage = (data: any, buffers: Uint8Array[]) => comm.send({ twice: data.n * 2 }, { buffers: [buffers[0]!.map(b => b + 1)] });',
  );
  const opened = ran.broadcast.find(({ type }) => type === "comm_open")?.content;
  expect(opened).toMatchObject({ target_name: "target", data: { a: 1 } });
  const { content } = await kernel.ask("comm_info_request", { target_name: "target" });
  expect(content).toEqual({ status: "ok", comms: { [opened.comm_id]: { target_name: "target" } } });
  expect((await kernel.ask("comm_info_request", { target_name: "other" })).content.comms).toEqual({});
  kernel.send("comm_msg", { comm_id: opened.comm_id, data: { n: 21 } }, "shell", [Buffer.from([1, 2])]);
  const answer = await kernel.until(({ type }) => type === "comm_msg");
  expect(answer.content).toEqual({ comm_id: opened.comm_id, data: { twice: 42 } });
  expect([...(answer.buffers[0] ?? [])]).toEqual([2, 3]);
  await kernel.run("comm.close()");
  await kernel.until(({ type, content }) => type === "comm_close" && content.comm_id === opened.comm_id);
  expect((await kernel.ask("comm_info_request")).content.comms).toEqual({});
});

it("opens a comm that the page asks for, and closes one to a target that nobody knows", async () => {
  await kernel.run('comms.register("known", (comm: any, data: any) => comm.send({ greeted: data.name }));');
  kernel.send("comm_open", { comm_id: "k1", target_name: "known", data: { name: "page" } });
  const greeted = await kernel.until(({ type, content }) => type === "comm_msg" && content.comm_id === "k1");
  expect(greeted.content.data).toEqual({ greeted: "page" });
  kernel.send("comm_open", { comm_id: "u1", target_name: "unknown", data: {} });
  await kernel.until(({ type, content }) => type === "comm_close" && content.comm_id === "u1");
});

it("closes a comm to an unknown target as a child of what opened it, and answers as a child of what it answers", async () => {
  const open = kernel.send("comm_open", { comm_id: "u2", target_name: "unknown", data: {} });
  const closed = await kernel.until(({ type, content }) => type === "comm_close" && content.comm_id === "u2");
  expect(closed.parent).toBe(open);
  const ran = await kernel.run('const echo = comms.open("echo"); echo.onMessage = (data: any) => echo.send(data);');
  const id = ran.broadcast.find(({ type }) => type === "comm_open")?.content.comm_id;
  const sent = kernel.send("comm_msg", { comm_id: id, data: { n: 1 } });
  const answer = await kernel.until(({ type, content }) => type === "comm_msg" && content.comm_id === id);
  expect(answer.parent).toBe(sent);
});

it("shows what a callback prints, displays and throws in the cell that it stands in", async () => {
  const ran = await kernel.run(`const loud = comms.open("loud");
loud.onMessage = async (data: any) => {
  console.log("heard", data.n);
  if (data.n === 1) throw new Error("one is refused");
  await null;
  if (data.n === 2) throw new Error("two is refused");
};`);
  const id = ran.broadcast.find(({ type }) => type === "comm_open")?.content.comm_id;
  await kernel.run("1 + 1");
  for (const n of [0, 1, 2]) kernel.send("comm_msg", { comm_id: id, data: { n } });
  await kernel.until(({ type, content }) => type === "stream" && String(content.text).includes("two is refused"));
  await kernel.run("1 + 1");
  const texts = kernel.broadcast(ran.id).filter(({ type }) => type === "stream");
  expect(texts.map(({ content }) => content.text).join("")).toMatch(
    /^heard 0\nheard 1\nUncaught \(in callback\) Error: one is refused\n {4}at .*heard 2\nUncaught \(in callback\) Error: two is refused\n/s,
  );
});
