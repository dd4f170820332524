import { execFile } from "node:child_process";
import type { EventEmitter } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { chooseBackend } from "../../src/engine/index.ts";
import { withoutListenersOf } from "../../src/engine/listeners.ts";

// A process of its own: what is tried here would end this one. It runs the build, which `npm test` makes first.
const root = join(import.meta.dirname, "../..");

/** What code prints in a process, or a worker, with `chooseBackend` at hand and handlers of its own. */
async function run(code: string, { worker = false } = {}): Promise<string[]> {
  const script = `(async () => {
    const heard = [];
    process.on("unhandledRejection", error => heard.push("rejection: " + error.message));
    process.on("uncaughtException", error => heard.push("exception: " + error.message));
    const listeners = () => process.eventNames().map(event => String(event) + process.rawListeners(event).length).join();
    const rest = () => new Promise(resolve => setTimeout(resolve, 20));
    const { chooseBackend } = await import(${JSON.stringify(join(root, "dist/engine/index.js"))});
    const before = listeners();
    ${code}
    console.log(JSON.stringify(heard));
  })()`;
  const inWorker = `new (require("node:worker_threads").Worker)(${JSON.stringify(script)}, { eval: true })`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", worker ? inWorker : script], { cwd: root });
  return JSON.parse(stdout) as string[];
}

describe("a backend that has started", () => {
  it.concurrent.each([
    ["a process", false],
    ["a worker", true],
  ])("leaves what nobody awaited or caught to the handlers of %s", { timeout: 120_000 }, async (_, worker) => {
    const heard = await run(
      `await chooseBackend();
       heard.push(String(listeners() === before));
       Promise.reject(new Error("not awaited"));
       await rest();
       setTimeout(() => { throw new Error("in a timer"); });
       await rest();`,
      { worker },
    );
    expect(heard).toEqual(["true", "rejection: not awaited", "exception: in a timer"]);
  });

  it.concurrent("keeps what others listen to meanwhile", { timeout: 120_000 }, async () => {
    const heard = await run(
      `const starting = chooseBackend();
       process.on("unhandledRejection", () => heard.push("mine"));
       await starting;
       Promise.reject(new Error("not awaited"));
       await rest();`,
    );
    expect(heard).toEqual(["rejection: not awaited", "mine"]);
  });
});

describe("withoutListenersOf", () => {
  const own = () => {};
  const emitter: EventEmitter = process;
  const listening = () => emitter.eventNames().map(event => [event, emitter.listeners(event).length]);

  it("takes away what code of that library adds, by any method, and nothing else", async () => {
    await chooseBackend();
    const before = listening();
    const added = await withoutListenersOf("listeners.test", async () => {
      process.on("unhandledRejection", own).once("beforeExit", own).prependListener("uncaughtException", own);
      await undefined;
      return listening();
    });
    expect(added.filter(([event]) => event !== "newListener")).toEqual(
      before.filter(([event]) => event !== "newListener"),
    );
    expect(listening()).toEqual(before);
  });

  it("knows that code where a host leaves it out of stacks", async () => {
    const { prepareStackTrace } = Error;
    Error.prepareStackTrace = error => String(error);
    await withoutListenersOf("listeners.test", async () => void process.on("unhandledRejection", own));
    Error.prepareStackTrace = prepareStackTrace;
    expect(process.listeners("unhandledRejection")).not.toContain(own);
  });

  it("keeps what others add, and looks no more once it is over, or failed", async () => {
    const failing = withoutListenersOf("another library", async () => {
      process.on("uncaughtException", own);
      throw new Error("did not start");
    });
    await expect(failing).rejects.toThrow("did not start");
    expect(process.listeners("uncaughtException")).toContain(own);
    process.off("uncaughtException", own);
    const silent = withoutListenersOf("listeners.test", async () => {});
    await silent;
    process.on("uncaughtException", own);
    await undefined;
    expect(process.listeners("uncaughtException")).toContain(own);
    process.off("uncaughtException", own);
  });
});
