import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, slowness } from "../support.ts";
import { pause, stopAll, TestKernel } from "./client.ts";
import { TestDebugger } from "./debugging.ts";

const workspace = makeWorkspace();
const file = workspace.write(
  "src/model.ts",
  `import { half } from "./half.ts";

export interface Datum { x: number }

export function score(datum: Datum): number {
  const doubled: number = datum.x * 2;
  const halved = half(doubled);
  return doubled + halved;
}
`,
);
workspace.write(
  "src/half.ts",
  "export function half(x: number): number {\n  const result = x / 2;\n  return result;\n}\n",
);
let kernel: TestKernel;
let client: TestDebugger;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  kernel.patience = 10_000 * slowness;
  client = new TestDebugger(kernel);
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

describe("before a debugger is attached", () => {
  it("the kernel says that it can be debugged", async () => {
    const { content } = await kernel.ask("kernel_info_request");
    expect(content).toMatchObject({ debugger: true, supported_features: ["debugger"] });
    expect(await client.ask("debugInfo")).toMatchObject({
      isStarted: false,
      hashMethod: "Murmur2",
      breakpoints: [],
      stoppedThreads: [],
    });
  });

  it("shows what is defined, of which type and size, by which cell", async () => {
    const { reply } = await kernel.run(
      'const data = new Float32Array(784); let rate: number = 0.1; function f() {} type T = string; const words = ["a", "b"];',
    );
    const cell = reply.content.execution_count;
    const { variables } = await client.ask("inspectVariables");
    const rows = Object.fromEntries(variables.map((each: { name: string }) => [each.name, each]));
    expect(rows.data).toMatchObject({ type: "Float32Array(784)", size: 784, cell, evaluateName: "data" });
    expect(rows.rate).toMatchObject({ type: "number", value: "0.1", variablesReference: 0, cell });
    expect(rows.f).toMatchObject({ type: "function", value: "ƒ f" });
    expect(rows.words).toMatchObject({ type: "Array(2)", value: '["a", "b"]', size: 2 });
    expect(rows.T).toBeUndefined();
    const { variables: inside } = await client.ask("variables", { variablesReference: rows.words.variablesReference });
    expect(inside.map((each: { value: string }) => each.value)).toEqual(['"a"', '"b"']);
  });

  it("runs nothing of the values that it shows", async () => {
    await kernel.run(`
      var touched: string[] = [];
      const hostile = new Proxy({}, { get: () => { touched.push("get"); throw 1; }, ownKeys: () => { touched.push("keys"); throw 2; } });
      const getter = { get x(): number { touched.push("getter"); throw 3; }, get [Symbol.toStringTag](): string { touched.push("tag"); throw 4; } };
      const { proxy: revoked, revoke } = Proxy.revocable({}, {}); revoke();
    `);
    const { variables } = await client.ask("inspectVariables");
    const values = Object.fromEntries(
      variables.map((each: { name: string; value: string }) => [each.name, each.value]),
    );
    expect(values).toMatchObject({ hostile: "Proxy", revoked: "Proxy", getter: "{ x: (getter) }" });
    expect((await kernel.run("touched.length")).value).toBe("0");
  });

  it("shows the variables while a cell is busy", async () => {
    const id = kernel.start("let counted = 0; while (true) counted++;");
    await kernel.running(id);
    await pause(200);
    const { variables } = await client.ask("inspectVariables");
    expect(Number(variables.find((each: { name: string }) => each.name === "counted").value)).toBeGreaterThan(0);
    kernel.send("interrupt_request", {}, "control");
    await kernel.finished(id);
  });

  it("shows a value while a cell is busy, as far as goes without the value's own code", async () => {
    const id = kernel.start("for (;;);");
    await kernel.running(id);
    await pause(200);
    const { data } = await client.ask("richInspectVariables", { variableName: "words" });
    expect(data["text/plain"]).toBe("[ 'a', 'b' ]");
    kernel.send("interrupt_request", {}, "control");
    await kernel.finished(id);
  });

  it("shows a value as a cell would", async () => {
    const table = await client.ask("richInspectVariables", { variableName: "words" });
    expect(table.data["text/plain"]).toBe("[ 'a', 'b' ]");
    expect((await client.ask("richInspectVariables", { variableName: "nobody" })).data).toEqual({});
  });

  it("refuses what needs it, and what nobody knows, and goes on", async () => {
    for (const command of ["next", "setBreakpoints", "stackTrace", "continue", "constructor", "restartFrame"]) {
      const response = await client.send(command, { source: { path: "x" } });
      expect(response).toMatchObject({ type: "response", success: false, command });
      expect(response.message).toMatch(/must/);
    }
  });
});

describe("attached", () => {
  beforeAll(() => client.attach());
  afterEach(() => client.release());

  it("stops in a cell, before the line runs, and steps over its lines", async () => {
    const code = 'const a = 1;\nlet b = a + 1;\n\nb = b * 10;\nconsole.log("b", b);\nb';
    const path = await client.inCell(code, 2);
    const id = kernel.start(code);
    const first = await client.stopped();
    expect(first.reason).toBe("breakpoint");
    expect(first.frames[0]).toMatchObject({ line: 2, source: { path } });
    expect(await client.ask("debugInfo")).toMatchObject({ isStarted: true, stoppedThreads: [1] });
    expect(await client.scope("Notebook")).toMatchObject({ a: "1" });
    const lines: number[] = [];
    for (let step = 0; step < 3; step++) {
      await client.ask("next", { threadId: 1 });
      lines.push((await client.stopped()).frames[0].line);
    }
    expect(lines).toEqual([4, 5, 6]);
    expect(await client.scope("Notebook")).toMatchObject({ a: "1", b: "20" });
    await client.ask("continue", { threadId: 1 });
    expect((await kernel.finished(id)).value).toBe("20");
  });

  it("does not stop in the next cell after a step over the last line", async () => {
    const code = "const last = 1;\nlast";
    await client.inCell(code, 2);
    const id = kernel.start(code);
    await client.stopped();
    await client.ask("next", { threadId: 1 });
    await kernel.finished(id);
    expect((await kernel.run("[1, 2].map(x => x + last)")).value).toBe("[ 2, 3 ]");
  });

  it("stops in a local module, steps in and out, and shows its stack, variables and values", async () => {
    await client.inFile(file, 7);
    const code = 'import { score } from "../src/model.ts";\nconst total = score({ x: 3 });\ntotal';
    const id = kernel.start(code);
    const { lines, frames } = await client.stopped();
    expect(lines).toEqual(["score:7", expect.stringMatching(/^cell \d+:2$/)]);
    expect(frames[0].source).toMatchObject({ name: "model.ts", path: file });
    expect(await client.scope("Locals")).toMatchObject({ datum: "{ x: 3 }", doubled: "6" });
    const evaluate = async (expression: string, frame = 0) =>
      (await client.ask("evaluate", { expression, context: "repl", frameId: frames[frame].id })).result;
    expect(await evaluate("doubled + (datum as any).x")).toBe("9");
    expect(await evaluate("half(8)")).toBe("4");
    await client.ask("stepIn", { threadId: 1 });
    const inner = await client.stopped();
    expect(inner.lines.slice(0, 2)).toEqual(["half:2", "score:7"]);
    await client.ask("stepOut", { threadId: 1 });
    const outer = await client.stopped();
    expect(outer.lines[0]).toMatch(/^score:[78]$/);
    const { modules } = await client.ask("modules");
    expect(modules.map((each: { name: string }) => each.name)).toEqual(expect.arrayContaining(["model.ts", "half.ts"]));
    expect((await client.ask("source", { source: { path: file } })).content).toContain("export function score");
    await client.inFile(file);
    await client.ask("continue", { threadId: 1 });
    expect((await kernel.finished(id)).value).toBe("9");
  });

  it("goes through import, loop, function and await by their lines", async () => {
    const code = `import { half } from "../src/half.ts";
let sum = 0;
for (let i = 0; i < 2; i++) {
  sum += half(i);
}
async function later(x: number) {
  await null;
  return x + 1;
}
const y = await later(sum);
y`;
    await client.inCell(code, 2);
    const id = kernel.start(code);
    const lines: number[] = [];
    for (;;) {
      const { frames } = await client.stopped();
      lines.push(frames[0].line);
      if (lines.at(-1) === 11) break;
      await client.ask("next", { threadId: 1 });
    }
    expect(lines).toEqual([2, 3, 4, 3, 4, 3, 10, 11]);
    await client.ask("continue");
    expect((await kernel.finished(id)).value).toBe("1.5");
  });

  /** Each stops at the line with the mark, and there the expression has the value. */
  const marked: Record<
    string,
    { code: string; expression?: string; value?: string; other?: [file: string, text: string] }
  > = {
    "a method": {
      code: "class Box {\n  constructor(readonly size: number) {}\n  area(): number {\n    return this.size ** 2; // here\n  }\n}\nnew Box(3).area()",
      expression: "this.size",
      value: "3",
    },
    "an arrow function that a library calls": {
      code: "[3, 1, 2].sort((a, b) =>\n  a - b // here\n);",
      expression: "a + b",
      value: "4",
    },
    "a generator": {
      code: "function* pairs(n: number) {\n  for (let i = 0; i < n; i++) {\n    yield [i, i]; // here\n  }\n}\n[...pairs(1)];",
      expression: "n",
      value: "1",
    },
    "a nested async function after its await": {
      code: "async function wait(ms: number) {\n  await new Promise(resolve => setTimeout(resolve, ms));\n  return ms; // here\n}\nawait wait(1);",
      expression: "ms",
      value: "1",
    },
    "a timer's callback": {
      code: "await new Promise<void>(resolve => setTimeout(() => {\n  const late = 'yes';\n  resolve(); // here\n}, 5));",
      expression: "late",
      value: '"yes"',
    },
    "behind types, emoji and a template": {
      code: "interface Shape { kind: '😀'; side: number }\ntype Alias = Shape['side'];\nconst shape: Shape = { kind: '😀', side: 2 }; const text = `😀\n${shape.side}`;\nconst side = (shape as Shape).side satisfies Alias; // here\nside",
      expression: "text.length + shape.side",
      value: "6",
    },
    "a cell that the compiler lowers": {
      code: "enum Colour { Red = 1, Blue }\nusing held = { [Symbol.dispose]() {} };\nconst blue = Colour.Blue;\nconst after = blue + 1; // here\nafter",
      expression: "blue",
      value: "2",
    },
    "what a destructuring made": {
      code: "const { a, b: [first, ...rest] } = { a: 1, b: [2, 3, 4] };\nconst sum = a + first + rest.length; // here\nsum",
      expression: "[a, first, rest.length].join()",
      value: '"1,2,2"',
    },
    "a statement over many lines": {
      code: "const long = [1, 2, 3]\n  .map(x => x * 2)\n  .filter(x => x > 2);\nconst n = long.length; // here\nn",
      expression: "long[1]",
      value: "6",
    },
    "a CommonJS module": {
      code: 'const common = require("../src/common.cjs");\ncommon.twice(4)',
      other: ["src/common.cjs", "exports.twice = function (x) {\n  const y = x;\n  return y * 2; // here\n};\n"],
      expression: "y",
      value: "4",
    },
    "a JavaScript module": {
      code: 'import { triple } from "../src/triple.js";\ntriple(2)',
      other: ["src/triple.js", "export function triple(x) {\n  const y = x;\n\n  return y * 3; // here\n}\n"],
      expression: "y",
      value: "2",
    },
    "the top of a module": {
      code: 'import { top } from "../src/top.ts";\ntop',
      other: [
        "src/top.ts",
        'import { half } from "./half.ts";\nconst low: number = half(2);\nexport const top = low + 1; // here\n',
      ],
      expression: "low",
      value: "1",
    },
  };

  it.each(Object.keys(marked))("stops in %s", async name => {
    const { code, expression = "1", value = "1", other } = marked[name] as (typeof marked)[string];
    const text = other?.[1] ?? code;
    const line = text.split("\n").findIndex(each => each.includes("// here")) + 1;
    if (other) await client.inFile(workspace.write(...other), line);
    else await client.inCell(code, line);
    const id = kernel.start(code);
    const { frames } = await client.stopped();
    expect(frames[0].line).toBe(line);
    const { result } = await client.ask("evaluate", { expression, frameId: frames[0].id });
    expect(result).toBe(value);
    await client.release();
    expect((await kernel.finished(id)).reply.content.status).toBe("ok");
  });

  it("follows a module that was edited, and stops a loop that runs already", async () => {
    const edited = workspace.write("src/edited.ts", "export function f(x: number) {\n  return x;\n}\n");
    const code = 'import { f } from "../src/edited.ts";\nf(1)';
    await client.inFile(edited, 2);
    const before = kernel.start(code);
    expect((await client.stopped()).lines[0]).toBe("f:2");
    await client.ask("continue");
    await kernel.finished(before);
    workspace.write(
      "src/edited.ts",
      "// one more line\nexport function f(x: number) {\n  const y = x;\n  return y;\n}\n",
    );
    await client.inFile(edited, 4);
    const after = kernel.start(code);
    expect((await client.stopped()).lines[0]).toBe("f:4");
    await client.ask("continue");
    await kernel.finished(after);
    const loop = "let running = true;\nlet count = 0;\nwhile (running) {\n  count++;\n}\ncount > 0";
    const id = kernel.start(loop);
    await kernel.running(id);
    await pause(200);
    await client.inCell(loop, 4);
    expect((await client.stopped()).frames[0].line).toBe(4);
    await client.ask("evaluate", { expression: "running = false" });
    await client.release();
    expect((await kernel.finished(id)).value).toBe("true");
  });

  it("stops in a function of an earlier cell, at the cell's own lines", async () => {
    const earlier = "function twice(x: number) {\n  const inner = x + x;\n  return inner;\n}";
    const path = await client.inCell(earlier, 3);
    await kernel.run(earlier);
    const id = kernel.start("// called\ntwice(4)");
    const { lines, frames } = await client.stopped();
    expect(lines).toEqual(["twice:3", expect.stringMatching(/^cell \d+:2$/)]);
    expect(frames[0].source.path).toBe(path);
    expect(await client.scope("Locals")).toEqual({ x: "4", inner: "8" });
    expect((await client.ask("source", { source: { path } })).content).toBe(earlier);
    await client.ask("continue");
    expect((await kernel.finished(id)).value).toBe("8");
    await client.inFile(path);
    expect((await kernel.run("twice(5)")).value).toBe("10");
  });

  it("keeps a name's value apart from a variable of the same name, and changes both", async () => {
    await kernel.run("let x = 'outer';");
    const code = "function inner(x: number) {\n  return x;\n}\nconst got = inner(1);\n[got, x]";
    await client.inCell(code, 2);
    const id = kernel.start(code);
    const { frames } = await client.stopped();
    const evaluate = async (expression: string, frame: number) =>
      (await client.ask("evaluate", { expression, frameId: frames[frame].id })).result;
    expect(await client.scope("Locals")).toEqual({ x: "1" });
    expect([await evaluate("x", 0), await evaluate("x", 1)]).toEqual(["1", '"outer"']);
    await evaluate("x = 2", 0);
    await evaluate("x = 'changed'", 1);
    const response = await client.send("evaluate", { expression: "nobody.knows", frameId: frames[0].id });
    expect(response).toMatchObject({ success: false, message: expect.stringContaining("nobody is not defined") });
    await client.ask("continue");
    expect((await kernel.finished(id)).value).toBe("[ 2, 'changed' ]");
  });

  it("stops by condition, by count, and only says what a log point says", async () => {
    const code = "let seen = 0;\nfor (let i = 0; i < 6; i++) {\n  seen += i;\n}\nseen";
    const path = await client.inCell(code, { line: 3, condition: "i === 4 && seen > 0" });
    let id = kernel.start(code);
    await client.stopped();
    expect(await client.scope("Locals")).toEqual({ i: "4" });
    await client.ask("continue");
    await kernel.finished(id);
    await client.inFile(path, { line: 3, hitCondition: "3" });
    id = kernel.start(code);
    await client.stopped();
    expect(await client.scope("Locals")).toEqual({ i: "2" });
    await client.ask("continue");
    await kernel.finished(id);
    await client.inFile(path, { line: 3, logMessage: "i is {i}, seen {seen}" });
    await kernel.run(code);
    const said = kernel.messages.filter(each => each.type === "debug_event" && each.content.event === "output");
    expect(said.map(each => each.content.body.output).slice(0, 2)).toEqual(["i is 0, seen 0\n", "i is 1, seen 0\n"]);
    await client.inFile(path);
  });

  it("steps over calls in which a breakpoint has a condition that does not hold", async () => {
    const code = `function inner(i: number) {
  return i * 2;
}
function outer(i: number) {
  const twice = inner(i);
  return twice + 1;
}
const first = [1, 2, 3].map(outer);
const second = outer(first.length);
second`;
    await client.inCell(code, 8, { line: 2, condition: "i > 3" }, { line: 6, logMessage: "twice is {twice}" });
    const id = kernel.start(code);
    await client.stopped();
    const lines: number[] = [];
    for (let step = 0; step < 2; step++) {
      await client.ask("next", { threadId: 1 });
      lines.push((await client.stopped()).frames[0].line);
    }
    expect(lines).toEqual([9, 10]);
    await client.ask("continue");
    expect((await kernel.finished(id)).value).toBe("7");
  });

  it("says where a breakpoint came to lie", async () => {
    const code = "const moved = 1;\n\n// nothing here\nconst here = 2;\nhere";
    const path = await client.inCell(code, 2);
    const id = kernel.start(code);
    const { breakpoint } = await client.event("breakpoint");
    expect(breakpoint).toMatchObject({ line: 4, verified: true, source: { path } });
    expect((await client.stopped()).frames[0].line).toBe(4);
    const { breakpoints } = await client.ask("debugInfo");
    const own = breakpoints.find((each: { source: string }) => each.source === path);
    expect(own.breakpoints).toMatchObject([{ line: 4 }]);
    await client.ask("continue");
    await kernel.finished(id);
  });

  it("stops where an exception is thrown that nobody catches, and shows it", async () => {
    await client.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
    const code = "try { throw new Error('caught'); } catch {}\nconst z = 1;\nthrow new RangeError(`too ${z}`);";
    const id = kernel.start(code);
    const { reason, frames, body } = await client.stopped();
    expect([reason, frames[0].line, body.text]).toEqual(["exception", 3, "RangeError: too 1"]);
    expect(await client.scope("Exception")).toEqual({ exception: "RangeError: too 1" });
    await client.ask("continue");
    expect((await kernel.finished(id)).error?.ename).toBe("RangeError");
    const later =
      "const late = async () => { await null; throw new Error('late'); };\n" +
      "try { await late(); } catch {}\n" +
      "try { [1].map(() => { throw new Error('deep'); }); } catch {}\n" +
      "try {\n  await late();\n} finally {}";
    const nobody = kernel.start(later);
    const uncaught = await client.stopped();
    expect([uncaught.frames[0].line, uncaught.body.text]).toEqual([1, "Error: late"]);
    await client.ask("continue");
    expect((await kernel.finished(nobody)).error?.evalue).toBe("late");
    await client.ask("setExceptionBreakpoints", { filters: ["all"] });
    const caught = kernel.start(code);
    expect((await client.stopped()).frames[0].line).toBe(1);
    await client.ask("setExceptionBreakpoints", { filters: [] });
    await client.ask("continue");
    await kernel.finished(caught);
  });

  it("survives an interrupt while exceptions stop, and lets go of them after it", async () => {
    await client.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
    const id = kernel.start("await null;\nwhile (true) {}");
    await kernel.running(id);
    await pause(200);
    await kernel.ask("interrupt_request", {}, "control");
    await kernel.finished(id);
    await client.ask("setExceptionBreakpoints", { filters: [] });
    expect((await kernel.run("await Promise.resolve(1)")).value).toBe("1");
  });

  it("pauses a loop, and an interrupt ends it", async () => {
    const id = kernel.start("let turns = 0;\nwhile (true) {\n  turns++;\n}");
    await kernel.running(id);
    await pause(200);
    await client.ask("pause", { threadId: 1 });
    const { reason, frames } = await client.stopped();
    expect(reason).toBe("pause");
    expect([2, 3]).toContain(frames[0].line);
    kernel.send("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).error?.ename).toBe("Interrupted");
    await client.event("continued");
    expect((await kernel.run("turns > 0")).value).toBe("true");
  });

  it("pauses in the next cell when nothing runs", async () => {
    await client.ask("pause", { threadId: 1 });
    await pause(100);
    const id = kernel.start("let begun = 1;\nbegun + 1");
    const { reason, frames } = await client.stopped();
    expect([reason, frames[0].line]).toEqual(["pause", 1]);
    const { message } = await client.send("evaluate", { expression: "while (true);", frameId: frames[0].id });
    expect(message).toMatch(/terminated/);
    await client.ask("continue");
    expect((await kernel.finished(id)).value).toBe("2");
    expect((await kernel.run("begun")).value).toBe("1");
  });

  it("stops in what a cell left behind, and an interrupt ends that and the cell that waits", async () => {
    const code = "setTimeout(() => {\n  const inner = 1;\n  console.log('late', inner);\n}, 100);\n'done'";
    await client.inCell(code, 3);
    expect((await kernel.run(code)).value).toBe("'done'");
    expect((await client.stopped()).frames[0].line).toBe(3);
    const next = kernel.start("5");
    await pause(200);
    kernel.send("interrupt_request", {}, "control");
    expect((await kernel.finished(next)).error?.ename).toBe("Interrupted");
    expect((await kernel.run("6")).value).toBe("6");
  });

  it("heeds breakpoints again after an interrupt at one", async () => {
    const code = "let stays = 1;\nfor (;;) {\n  stays++;\n}";
    await client.inCell(code, 3);
    for (let time = 0; time < 2; time++) {
      const id = kernel.start(code);
      expect((await client.stopped()).frames[0].line).toBe(3);
      kernel.send("interrupt_request", {}, "control");
      expect((await kernel.finished(id)).error?.ename).toBe("Interrupted");
    }
  });

  it("answers questions about the kernel and the heartbeat while it is stopped", async () => {
    const code = "const held = 1;\nheld";
    await client.inCell(code, 2);
    const id = kernel.start(code);
    await client.stopped();
    await kernel.heartbeat();
    await kernel.ask("kernel_info_request");
    await kernel.ask("is_complete_request", { code: "1" });
    const { variables } = await client.ask("inspectVariables");
    expect(variables.find((each: { name: string }) => each.name === "held")).toMatchObject({ value: "1" });
    expect((await client.ask("richInspectVariables", { variableName: "held" })).data["text/plain"]).toBe("1");
    await client.ask("continue");
    await kernel.finished(id);
  });

  it("lets what is stopped go on when it is detached, and then runs at full speed", async () => {
    const loop =
      "const since = performance.now(); let s = 0; for (let i = 0; i < 3e7; i++) s += i % 7; performance.now() - since";
    const code = "const detached = 1;\ndetached";
    await client.inCell(code, 2);
    const id = kernel.start(code);
    await client.stopped();
    await client.ask("disconnect", { restart: false, terminateDebuggee: false });
    expect((await kernel.finished(id)).value).toBe("1");
    expect(await client.ask("debugInfo")).toMatchObject({ isStarted: false, stoppedThreads: [], breakpoints: [] });
    const other = await TestKernel.start({ directory: workspace.notebooks });
    // In turns, so that whatever else the machine does meets both.
    const times: [never: number[], before: number[]] = [[], []];
    for (let turn = 0; turn < 6; turn++) {
      for (const [index, each] of [other, kernel].entries()) times[index]?.push(Number((await each.run(loop)).value));
    }
    expect(Math.min(...times[1])).toBeLessThan(2 * Math.min(...times[0]));
    await other.stop();
  });

  it("can be attached again, by two at once, and stops once for both", async () => {
    const other = new TestDebugger(kernel);
    await Promise.all([client.attach(), other.attach()]);
    const code = "const again = 1;\nagain";
    await client.inCell(code, 2);
    const id = kernel.start(code);
    await client.stopped();
    expect((await other.stopped()).frames[0].line).toBe(2);
    await Promise.all([client.send("continue"), other.send("continue")]);
    expect((await kernel.finished(id)).value).toBe("1");
    const stops = kernel.messages.filter(
      each => each.parent === id && each.type === "debug_event" && each.content.event === "stopped",
    );
    expect(stops.length).toBeLessThan(2);
  });

  it("ends when the kernel is shut down while it is stopped, and when code exits", async () => {
    for (const end of ["shutdown", "exit"]) {
      const own = await TestKernel.start({ directory: workspace.notebooks });
      const debug = new TestDebugger(own);
      await debug.attach();
      const code = "const before = 1;\nprocess.exit(3);";
      await debug.inCell(code, 2);
      own.start(code);
      await debug.stopped();
      if (end === "shutdown") await own.ask("shutdown_request", { restart: false }, "control");
      else await debug.ask("continue");
      const { code: rc, signal } = await own.ended();
      expect([0, 3, null]).toContain(rc);
      expect([null, "SIGKILL"]).toContain(signal);
      await own.stop();
    }
  });
});
