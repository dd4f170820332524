import { afterAll, beforeEach, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { pause, stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

/** As tests do that turn the clock by hand, and forget to let it go. */
const standStill = `
for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"]) (globalThis as any)[name] = () => 0;
for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) (globalThis as any)[name] = () => {};
globalThis.Date = class extends Date { constructor() { super(0); } static override now() { return 0; } } as DateConstructor;
performance.now = () => 0;`;

beforeEach(async () => {
  await kernel?.stop();
  kernel = await TestKernel.start({ directory: workspace.notebooks });
  expect((await kernel.run(standStill)).reply.content.status).toBe("ok");
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

it("a cell whose timers stand still does not stop the kernel", async () => {
  expect((await kernel.run("[Date.now(), performance.now()].join()")).value).toBe("'0,0'");
  const printed = await kernel.run(
    'const { writeFile } = await import("node:fs"); console.log("here"); await new Promise<void>(done => process.stdout.write("there", () => done())); await new Promise(done => writeFile("/dev/stdout", "!", done)); await null; 1',
  );
  expect([printed.text(), printed.value]).toEqual(["here\nthere!", "1"]);
  expect((await kernel.run("new Array(3).fill(new Map())")).value).toContain("Map(0)");
  expect((await kernel.run("await Promise.reject(new Error('no'))")).error?.evalue).toBe("no");
  const late = await kernel.run("void Promise.reject(new Error('late'))");
  expect(late.reply.content.status).toBe("ok");
  await kernel.until(({ type, content }) => type === "stream" && content.text.includes("late"));
  await kernel.heartbeat();
});

it("is interrupted where it waits for what never comes, and where it is busy", async () => {
  const waits = kernel.start("await new Promise(resolve => setTimeout(resolve, 10));");
  await kernel.running(waits);
  await pause(100);
  kernel.send("interrupt_request", {}, "control");
  expect((await kernel.finished(waits)).error?.ename).toBe("Interrupted");
  const watches = kernel.start(
    'const signal = (globalThis as any)[Symbol.for("lectern.abortSignal")] as AbortSignal; console.log("watches"); await new Promise(() => {});',
  );
  await kernel.until(({ type, parent }) => type === "stream" && parent === watches);
  kernel.send("interrupt_request", {}, "control");
  expect((await kernel.finished(watches)).error?.ename).toBe("Interrupted");
  const loops = kernel.start('console.log("loops"); for (;;) {}');
  await kernel.until(({ type, parent }) => type === "stream" && parent === loops);
  kernel.send("interrupt_request", {}, "control");
  expect((await kernel.finished(loops)).error?.ename).toBe("Interrupted");
  expect((await kernel.run("signal.aborted")).value).toBe("true");
});

it("draws controls again, asks for input and ends", async () => {
  const shown = await kernel.run(
    'import { button, show, slider } from "lectern/notebook";\nconst x = slider({ from: 0, to: 9, value: 4, label: "x" });\nx;\nshow(() => `x is ${x.value}`);',
  );
  const [comm] = kernel.messages.filter(
    ({ type, content }) => type === "comm_open" && content.data?.state?._model_name === "FloatSliderModel",
  );
  expect(shown.reply.content.status).toBe("ok");
  kernel.send("comm_msg", {
    comm_id: comm?.content.comm_id,
    data: { method: "update", state: { value: 7 }, buffer_paths: [] },
  });
  await kernel.until(
    ({ type, content }) => type === "update_display_data" && content.data["text/plain"].includes("x is 7"),
  );
  kernel.answer = () => "Ada";
  const asked = await kernel.run(
    'import readline from "node:readline/promises";\nconst reader = readline.createInterface({ input: process.stdin, output: process.stdout });\nawait reader.question("name? ");',
    { allow_stdin: true },
  );
  expect(asked.value).toBe("'Ada'");
  await kernel.ask("shutdown_request", { restart: false }, "control");
  expect((await kernel.ended()).code).toBe(0);
});
