import type { DebugProtocol } from "@vscode/debugprotocol";
import { beforeEach, expect, it } from "vitest";
import { DebugAdapter } from "../../../src/kernel/debugger/adapter.ts";
import { cell, FakeInspector } from "./fakeInspector.ts";

let inspectors: FakeInspector[];
let events: DebugProtocol.Event[];
let adapter: DebugAdapter;
const send = (command: string, given: object = {}) => adapter.receive({ command, seq: 7, arguments: given });
const names = () => events.map(each => each.event);

beforeEach(() => {
  inspectors = [];
  events = [];
  adapter = new DebugAdapter(
    event => events.push(event),
    () => {},
    () => {
      const inspector = new FakeInspector();
      inspectors.push(inspector);
      return inspector.real;
    },
  );
});

it("opens nothing to say what it can, and how it is", async () => {
  expect((await send("initialize", { clientID: "test" })).body).toMatchObject({
    supportsConditionalBreakpoints: true,
    supportsLogPoints: true,
  });
  expect((await send("debugInfo")).body).toMatchObject({ isStarted: false, stoppedThreads: [] });
  expect((await send("dumpCell", { code: "1" })).success).toBe(true);
  expect(inspectors).toEqual([]);
});

it("refuses what it does not know, and what needs to be attached", async () => {
  for (const command of ["toString", "constructor", "attachAll", "next"]) {
    const { success, message, request_seq } = await send(command);
    expect([success, request_seq, message]).toEqual([false, 7, expect.stringContaining("must")]);
  }
});

it("is attached once where two attach at once", async () => {
  const answers = await Promise.all([send("attach"), send("attach")]);
  expect(answers.map(each => each.success)).toEqual([true, true]);
  expect(inspectors).toHaveLength(1);
  expect(inspectors[0]?.posted.filter(each => each === "Debugger.enable")).toHaveLength(1);
  expect(names()).toEqual(["initialized", "initialized"]);
});

it("ends what is half there when it cannot be attached, and can be attached later", async () => {
  const late = send("attach");
  const [inspector] = inspectors.length > 0 ? inspectors : await opened();
  if (inspector) inspector.hold = Promise.reject(new Error("late"));
  expect(await late).toMatchObject({ success: false, message: "late" });
  expect(inspector?.closed).toBe(true);
  expect((await send("attach")).success).toBe(true);
  expect(inspectors).toHaveLength(2);
});

it("lets go when it is detached, also where the thread does not answer", async () => {
  await send("attach");
  const [inspector] = inspectors as [FakeInspector];
  inspector.hold = Promise.reject(new Error("late"));
  expect((await send("disconnect")).success).toBe(false);
  expect(inspector.closed).toBe(true);
  expect((await send("debugInfo")).body).toMatchObject({ isStarted: false });
});

it("goes by a stack that its client may ask for in parts, and lists what runs of files", async () => {
  await send("attach");
  const [inspector] = inspectors as [FakeInspector];
  await inspector.parsed("1", cell(1, "one"));
  await inspector.parsed("2", { origin: { file: "/user/2.ts" }, handed: [] });
  await inspector.stops(["2:5", "1:3"]);
  expect(names()).toEqual(["initialized", "stopped"]);
  const { body } = await send("stackTrace", { startFrame: 1, levels: 1 });
  expect(body).toMatchObject({ totalFrames: 2, stackFrames: [{ name: "cell 1", line: 3 }] });
  expect((await send("modules")).body).toMatchObject({ totalModules: 1, modules: [{ name: "2.ts" }] });
  expect((await send("source", { source: { path: "/etc/passwd" } })).success).toBe(false);
  expect((await send("continue")).body).toEqual({ allThreadsContinued: true });
});

async function opened(): Promise<FakeInspector[]> {
  while (inspectors.length === 0) await Promise.resolve();
  return inspectors;
}
