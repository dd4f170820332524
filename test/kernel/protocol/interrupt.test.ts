import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, repository } from "../support.ts";
import { pause, type Ran, stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  await kernel.run(`
    let state = 0;
    const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));
    async function spin() { for (;;) await null; }
    async function* numbers() { for (;;) yield 1; }
    const signal = () => (globalThis as any)[Symbol.for("lectern.abortSignal")] as AbortSignal;`);
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

const interrupt = () => kernel.send("interrupt_request", {}, "control");

/** Each adds one to `state` and then never ends by itself. */
const endless: Record<string, string> = {
  "an empty loop": "state++; while (true) {}",
  "a top-level await": "state++; await sleep(100_000); state = -1;",
  "a loop of top-level awaits": "state++; for (;;) await null;",
  "a nested loop of microtasks": "state++; await spin();",
  "a loop after an await": "state++; await sleep(1); while (true) {}",
  "a loop that catches all": "state++; for (;;) { try { for (;;) {} } catch {} finally { continue; } }",
  "an await that is caught and loops": "state++; try { await sleep(100_000); } catch { for (;;) {} }",
  "an endless for await": "state++; for await (const each of numbers()) void each;",
  "a regular expression that backtracks": 'state++; /^(a+)+$/.test("a".repeat(40) + "b");',
  "Atomics.wait": "state++; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100_000);",
  "a loop in a nested async function": "state++; await (async () => { await null; while (true) {} })();",
  "a loop in a timer": "state++; setTimeout(() => { while (true) {} }, 5); await sleep(100_000);",
  "a loop in an immediate": "state++; setImmediate(() => { while (true) {} }); await sleep(100_000);",
  "a loop in nextTick": "state++; process.nextTick(() => { while (true) {} }); await sleep(100_000);",
  "a loop that prints": 'state++; for (;;) console.log("x".repeat(1000));',
  "a synchronous child process": 'state++; for (;;) require("node:child_process").execFileSync("sleep", ["0.2"]);',
};

const ways: Record<string, () => void> = {
  interrupt_request: interrupt,
  SIGINT: () => void kernel.process.kill("SIGINT"),
};

/** Interrupts the cell once it has run for a moment. */
async function interrupted(code: string, send: () => void = interrupt): Promise<Ran> {
  const id = kernel.start(`console.log("begun"); ${code}`);
  await kernel.until(({ type, parent }) => type === "stream" && parent === id);
  await pause(50);
  send();
  return kernel.finished(id);
}

describe.each(Object.keys(ways))("%s", way => {
  it.each(Object.keys(endless))("ends %s and keeps the state", async name => {
    const before = Number((await kernel.run("state")).value);
    const ran = await interrupted(endless[name] ?? "", ways[way]);
    expect(ran.reply.content).toMatchObject({ status: "error", ename: "Interrupted" });
    expect(ran.error?.ename).toBe("Interrupted");
    expect((await kernel.run("state")).value).toBe(String(before + 1));
    const again = await kernel.run('console.log("here"); await sleep(1); 1');
    expect([again.text(), again.value]).toEqual(["here\n", "1"]);
  });
});

it("lets nothing of the cell happen after an interrupted await", async () => {
  await kernel.run("let happened = 'nothing';");
  await interrupted("await sleep(400); happened = 'something';");
  await pause(600);
  expect((await kernel.run("happened")).value).toBe("'nothing'");
});

it("answers the heartbeat, control and requests about the kernel while a cell is busy", async () => {
  const id = kernel.start("while (true) {}");
  await kernel.running(id);
  await kernel.heartbeat();
  await kernel.ask("kernel_info_request", {}, "control");
  await kernel.ask("kernel_info_request");
  await kernel.ask("is_complete_request", { code: "1" });
  await kernel.ask("history_request", { hist_access_type: "tail", n: 1 });
  await kernel.ask("comm_info_request");
  expect(kernel.messages.some(({ channel, parent }) => channel === "shell" && parent === id)).toBe(false);
  interrupt();
  await kernel.finished(id);
});

it("drops the cells that wait behind the interrupted one", async () => {
  const running = kernel.start("while (true) {}");
  const waiting = kernel.start("state = -99;");
  await kernel.running(running);
  interrupt();
  await kernel.finished(running);
  expect((await kernel.finished(waiting)).reply.content.status).toBe("aborted");
  expect((await kernel.run("state")).value).not.toBe("-99");
});

it("aborts the signal that training watches, and lets it finish by itself", async () => {
  const ran = await interrupted(
    "let saved = false;\nasync function train() { const watched = signal(); while (!watched.aborted) await sleep(5); await sleep(50); saved = true; }\nawait train();",
  );
  expect(ran.error?.ename).toBe("Interrupted");
  expect((await kernel.run("saved")).value).toBe("true");
});

it("stops fit between two steps, with what it has learnt", { timeout: 120_000 }, async () => {
  const course = await TestKernel.start({ directory: path.join(repository, "notebooks") });
  course.patience = 100_000;
  await course.run(
    'import * as tf from "@tensorflow/tfjs";\nimport { fit, Random } from "../src/index.ts";\nconst w = tf.variable(tf.scalar(3));',
  );
  const id = course.start(
    'await fit({ parameters: { w }, optimizer: tf.train.sgd(0.01), steps: 1e9, random: new Random(1), batch: step => { if (step === 20) console.log("trains"); return undefined; }, loss: () => w.square() });',
  );
  await course.until(({ type, parent }) => type === "stream" && parent === id);
  course.send("interrupt_request", {}, "control");
  expect((await course.finished(id)).error?.ename).toBe("Interrupted");
  expect((await course.run("w.dataSync()[0]! < 2.5")).value).toBe("true");
  await course.stop();
});

it("tells a watcher that never returns to the event loop", async () => {
  const ran = await interrupted("let polled = 0; while (!signal().aborted) polled++;\nconst after = polled > 0;");
  expect(ran.error?.ename).toBe("Interrupted");
  expect((await kernel.run("after")).value).toBe("true");
});

it("ends at the second interrupt what watches the signal and goes on", async () => {
  const id = kernel.start("const ignored = signal(); while (true) {}");
  await kernel.running(id);
  await pause(100);
  interrupt();
  interrupt();
  expect((await kernel.finished(id)).error?.ename).toBe("Interrupted");
});

it("ends what a finished cell left looping", async () => {
  const id = kernel.start("setTimeout(() => { while (true) {} }, 10); 'done'");
  expect((await kernel.finished(id)).value).toBe("'done'");
  await pause(100);
  await kernel.ask("interrupt_request", {}, "control");
  expect((await kernel.run("'free'")).value).toBe("'free'");
});

it("does nothing where nothing runs, and does not hit the next cell", async () => {
  await kernel.ask("interrupt_request", {}, "control");
  expect((await kernel.run("await sleep(50); 'untouched'")).value).toBe("'untouched'");
  kernel.process.kill("SIGINT");
  // A signal has no answer, and may take its time on a busy machine.
  await pause(1000);
  expect((await kernel.run("await sleep(50); 'untouched'")).value).toBe("'untouched'");
});

// From version 24 on, node offers nothing to help that with.
it.skipIf(Number.parseInt(process.versions.node, 10) >= 24)(
  "survives an interrupt with a hook of the user's own in place",
  async () => {
    await kernel.run('require("node:async_hooks").createHook({ init() {}, before() {}, after() {} }).enable();');
    for (const code of ["while (true) {}", "setTimeout(() => { while (true) {} }, 5); await sleep(100_000);"]) {
      expect((await interrupted(code)).error?.ename).toBe("Interrupted");
    }
    expect((await kernel.run("await sleep(10); state > 0")).value).toBe("true");
  },
);
