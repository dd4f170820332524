import { beforeEach, describe, expect, it } from "vitest";
import { codePath } from "../../../src/kernel/debugger/codeIds.ts";
import { Debuggee, type Stop } from "../../../src/kernel/debugger/debuggee.ts";
import { cell, FakeInspector, settled } from "./fakeInspector.ts";

let inspector: FakeInspector;
let debuggee: Debuggee;
let heard: string[];
let stops: Stop[];

beforeEach(async () => {
  inspector = new FakeInspector();
  heard = [];
  stops = [];
  debuggee = await Debuggee.attach(inspector.real, {
    stopped: stop => {
      heard.push(`stopped: ${stop.reason}`);
      stops.push(stop);
    },
    continued: () => heard.push("continued"),
    breakpoint: ({ line }) => heard.push(`breakpoint: ${line}`),
    ready: () => heard.push("ready"),
    said: text => heard.push(text),
  });
  await inspector.parsed("1", cell(1, "one"));
  heard.length = 0;
  inspector.posted.length = 0;
});

describe("a stop", () => {
  it("in code of the user is told, and what ends it", async () => {
    await inspector.stops(["1:3", "9:1"]);
    expect(heard).toEqual(["stopped: breakpoint"]);
    expect(stops[0]?.frames.map(({ position }) => position.line)).toEqual([3]);
    await debuggee.resume();
    await inspector.happens("Debugger.resumed");
    expect([heard.at(-1), inspector.posted, debuggee.stop]).toEqual(["continued", ["Debugger.resume"], undefined]);
  });

  it("elsewhere goes on", async () => {
    await inspector.stops(["9:1"]);
    expect([heard, inspector.posted]).toEqual([[], ["Debugger.resume"]]);
  });

  it("goes on where it cannot be looked at", async () => {
    inspector.hold = Promise.reject(new Error("late"));
    await inspector.stops(["1:3"]);
    expect([heard, inspector.posted]).toEqual([[], ["Debugger.resume"]]);
  });

  it("is not told when an interrupt lets it go on while it is looked at", async () => {
    let answer: () => void = () => {};
    inspector.hold = new Promise(resolve => {
      answer = resolve;
    });
    await inspector.stops(["1:3"]);
    debuggee.ignore();
    expect(inspector.posted).toEqual(["Debugger.setSkipAllPauses", "Debugger.resume"]);
    await inspector.happens("Debugger.resumed");
    answer();
    await settled();
    expect([heard, debuggee.stop, inspector.posted.length]).toEqual([[], undefined, 2]);
  });
});

describe("new code", () => {
  it("may run when it has its breakpoints", async () => {
    await debuggee.breakpoints.replace(codePath("two"), [{ line: 2 }]);
    inspector.answers = {
      "Debugger.getPossibleBreakpoints": { locations: [{ scriptId: "2", lineNumber: 3, columnNumber: 0 }] },
      "Debugger.setBreakpoint": { breakpointId: "b" },
    };
    await inspector.parsed("2", cell(2, "two"));
    expect(heard).toEqual(["breakpoint: 4", "ready"]);
    expect(inspector.posted).toContain("Debugger.setBreakpoint");
    await inspector.stops(["2:4"], { hitBreakpoints: ["b"] });
    expect(stops[0]?.hit).toMatchObject([{ line: 2, bound: 4 }]);
  });

  it("is where a pause comes that was asked for while nothing ran", async () => {
    inspector.answers = {
      "Debugger.getPossibleBreakpoints": { locations: [{ scriptId: "2", lineNumber: 0, columnNumber: 9 }] },
      "Debugger.setBreakpoint": { breakpointId: "start" },
    };
    await debuggee.pause();
    await inspector.stops(["9:1"]);
    await inspector.parsed("2", cell(2, "two"));
    expect(inspector.params.at(-1)).toEqual({ location: { scriptId: "2", lineNumber: 0, columnNumber: 9 } });
    await inspector.stops(["2:1"], { hitBreakpoints: ["start"] });
    expect([heard, inspector.posted.at(-1)]).toEqual([["ready", "stopped: pause"], "Debugger.removeBreakpoint"]);
    inspector.posted.length = 0;
    await inspector.parsed("3", cell(3, "three"));
    expect(inspector.posted).toEqual([]);
  });

  it("is not set free by code that is not the user's", async () => {
    await debuggee.breakpoints.replace(codePath("two"), [{ line: 2 }]);
    await inspector.parsed("3", undefined);
    await inspector.parsed("4", undefined, "node:fs");
    await inspector.parsed("5", cell(5), "file:///user/node_modules/a/index.js");
    expect(heard).toEqual([]);
  });

  it("takes its breakpoints with it when they are replaced", async () => {
    inspector.answers = {
      "Debugger.getPossibleBreakpoints": { locations: [{ scriptId: "1", lineNumber: 0, columnNumber: 0 }] },
      "Debugger.setBreakpoint": { breakpointId: "b" },
    };
    await debuggee.breakpoints.replace(codePath("one"), [{ line: 1 }]);
    await debuggee.breakpoints.replace(codePath("one"), []);
    expect(inspector.posted.at(-1)).toBe("Debugger.removeBreakpoint");
    expect(debuggee.breakpoints.listed()).toEqual([]);
  });
});

describe("a step", () => {
  const step = async (way: "stepOver" | "stepInto" | "stepOut", ...from: string[]) => {
    await inspector.stops(from);
    await debuggee.step(way);
    await inspector.happens("Debugger.resumed");
    inspector.posted.length = 0;
    heard.length = 0;
  };

  it("goes on until it has left its line", async () => {
    await step("stepOver", "1:3");
    const behind = { scriptId: "1", lineNumber: 2, columnNumber: 20 };
    const [frame] = [{ ...(await import("./fakeInspector.ts")).call("1:3"), location: behind }];
    await inspector.happens("Debugger.paused", { reason: "other", callFrames: [frame] });
    expect([heard, inspector.posted]).toEqual([[], ["Debugger.stepOver"]]);
    await inspector.stops(["1:4"]);
    expect(heard).toEqual(["stopped: step"]);
  });

  it("that comes back to where it was has moved, as a loop in one line", async () => {
    await step("stepOver", "1:3");
    await inspector.stops(["1:3"]);
    expect(heard).toEqual(["stopped: step"]);
  });

  it("over a call goes out of it again, where a breakpoint there does not count", async () => {
    await step("stepOver", "1:3");
    await inspector.stops(["1:8:7", "1:3"]);
    expect([heard, inspector.posted]).toEqual([[], ["Debugger.stepOut"]]);
  });

  it("into a call stops there", async () => {
    await step("stepInto", "1:3");
    await inspector.stops(["1:8:7", "1:3"]);
    expect(heard).toEqual(["stopped: step"]);
  });

  it("needs a stop", async () => {
    await expect(debuggee.step("stepOver")).rejects.toThrow("must be stopped");
  });
});

it.each([
  ["3", [3]],
  ["== 2", [2]],
  [">= 3", [3, 4, 5]],
  ["> 3", [4, 5]],
  ["< 3", [1, 2]],
  ["<= 3", [1, 2, 3]],
  ["% 2", [2, 4]],
  ["often", [1, 2, 3, 4, 5]],
])("a breakpoint with the count %j stops at its times", async (hitCondition, times) => {
  inspector.answers = {
    "Debugger.getPossibleBreakpoints": { locations: [{ scriptId: "1", lineNumber: 0, columnNumber: 0 }] },
    "Debugger.setBreakpoint": { breakpointId: "b" },
  };
  await debuggee.breakpoints.replace(codePath("one"), [{ line: 1, hitCondition }]);
  const stopped: number[] = [];
  for (let time = 1; time <= 5; time++) {
    const before = heard.length;
    await inspector.stops(["1:1"], { hitBreakpoints: ["b"] });
    if (heard.length > before) stopped.push(time);
    await inspector.happens("Debugger.resumed");
  }
  expect(stopped).toEqual(times);
});

describe("what is thrown", () => {
  it("is told with the stop", async () => {
    await debuggee.stopAtExceptions("all");
    await inspector.stops(["1:3"], { reason: "exception", data: { type: "string", value: "no" } });
    expect(stops[0]).toMatchObject({ reason: "exception", thrown: { value: "no" } });
  });

  it("asks node for all, and sorts them out itself", async () => {
    await debuggee.stopAtExceptions("uncaught");
    expect(inspector.params.at(-1)).toEqual({ state: "all" });
    await debuggee.stopAtExceptions("none");
    expect(inspector.params.at(-1)).toEqual({ state: "none" });
  });
});
