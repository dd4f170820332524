import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Subscriber } from "zeromq";
import { makeWorkspace } from "../support.ts";
import { newConnection, program, stopAll, TestKernel, writeConnection } from "./client.ts";
import { descendants, ended } from "./processes.ts";

const workspace = makeWorkspace();
const start = (connection?: TestKernel["connection"]) =>
  TestKernel.start({ directory: workspace.notebooks, ...(connection ? { connection } : {}) });

afterEach(stopAll);
afterAll(() => workspace.remove());

const pidOf = (kernel: TestKernel) => kernel.process.pid as number;

/** A kernel that runs, with its checker: all its processes. */
async function withChildren(kernel: TestKernel): Promise<number[]> {
  await kernel.run("const one = 1;");
  const children = descendants(pidOf(kernel));
  expect(children.length).toBeGreaterThan(0);
  return [pidOf(kernel), ...children];
}

describe("shutdown", () => {
  it.each(["control", "shell"] as const)("comes on %s, echoes restart and leaves no process", async channel => {
    const kernel = await start();
    const all = channel === "control" ? await withChildren(kernel) : [pidOf(kernel)];
    const id = kernel.send("shutdown_request", { restart: channel === "control" }, channel);
    expect((await kernel.reply(id)).content).toEqual({ status: "ok", restart: channel === "control" });
    await kernel.ended();
    expect(kernel.broadcast(id).map(({ type }) => type)).toEqual(["status", "shutdown_reply", "status"]);
    await ended(all);
  });

  it("says nothing at the terminal where a front end did not take all that was sent", async () => {
    const kernel = await start();
    const silent = new Subscriber({ linger: 0, receiveBufferSize: 4096, receiveHighWaterMark: 1 });
    silent.connect(kernel.address("iopub"));
    silent.subscribe("");
    await silent.receive();
    await kernel.run('console.log("much".repeat(2_500_000));');
    await kernel.ask("shutdown_request", { restart: false }, "control");
    expect(await kernel.ended()).toEqual({ code: 0, signal: null });
    expect(kernel.stderr).toBe("");
    silent.close();
  });

  it("ends a busy kernel too", async () => {
    const kernel = await start();
    const all = await withChildren(kernel);
    await kernel.running(kernel.start("while (true) {}"));
    expect((await kernel.ask("shutdown_request", { restart: false }, "control")).content.status).toBe("ok");
    await kernel.ended();
    await ended(all);
  });
});

describe("death", () => {
  it("of the kernel by kill -9 takes its children along, and another can start in its place", async () => {
    const kernel = await start();
    await kernel.run("({ data: [{ y: [1] }], layout: {} })"); // a process draws it
    const all = await withChildren(kernel);
    const id = kernel.start("while (true) {}");
    await kernel.running(id);
    kernel.process.kill("SIGKILL");
    expect(await kernel.ended()).toEqual({ code: null, signal: "SIGKILL" });
    await ended(all);
    const next = await start(kernel.connection);
    expect((await next.run("typeof one")).error?.ename).toBe("TS2304");
    expect((await next.run("1 + 1")).value).toBe("2");
  });

  it("of the checker by kill -9 does not stop the next cell", async () => {
    const kernel = await start();
    const [, ...children] = await withChildren(kernel);
    for (const child of children) process.kill(child, "SIGKILL");
    expect((await kernel.run("one + 1")).value).toBe("2");
    expect((await kernel.run("const wrong: string = one;")).error?.ename).toBe("TS2322");
  });

  it.each(["'idle'", "while (true) {}"])("of the client ends a kernel that runs %s", async code => {
    const file = writeConnection(await newConnection());
    const client = `const child = require("node:child_process").spawn(process.execPath, ${JSON.stringify([program, "kernel", file])},
      { env: { ...process.env, JPY_PARENT_PID: String(process.pid) }, stdio: "ignore" });
      console.log(child.pid); process.stdin.resume().on("end", () => process.exit());`;
    const parent = spawn(process.execPath, ["-e", client], {
      cwd: workspace.notebooks,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const pid = await new Promise<number>(resolve => parent.stdout.once("data", text => resolve(Number(text))));
    const kernel = await TestKernel.connect(JSON.parse(fs.readFileSync(file, "utf8")));
    await kernel.run("1");
    await kernel.running(kernel.start(code));
    const all = [pid, ...descendants(pid)];
    expect(all.length).toBeGreaterThan(1);
    parent.kill("SIGKILL");
    await ended(all);
  });

  it("by process.exit is told, with its place, before the process ends", async () => {
    const kernel = await start();
    const all = await withChildren(kernel);
    const ran = await kernel.run('console.log("last words");\nprocess.exit(3);');
    expect(ran.text()).toBe("last words\n");
    expect(ran.reply.content).toMatchObject({ status: "error", ename: "Exit", evalue: "process.exit(3) called" });
    expect(ran.error?.traceback.join("\n")).toMatch(/cell 2, line 2, column 9/);
    expect(await kernel.ended()).toEqual({ code: 3, signal: null });
    await ended(all);
  });

  it.each([{ stop_on_error: false }, { silent: true }])(
    "by process.exit drops the cells behind, with %o too",
    async options => {
      const kernel = await start();
      await kernel.run("1");
      const ending = kernel.start("await null; process.exit(4);", options);
      const behind = kernel.start("'behind'");
      expect((await kernel.finished(ending)).reply.content).toMatchObject({ status: "error", ename: "Exit" });
      expect((await kernel.finished(behind)).reply.content).toEqual({ status: "aborted" });
      expect(await kernel.ended()).toEqual({ code: 4, signal: null });
    },
  );

  it("by process.exit in a timer is told in the cell that it came from", async () => {
    const kernel = await start();
    const id = kernel.start("setTimeout(() => process.exit(0), 200);");
    await kernel.finished(id);
    const { content } = await kernel.until(({ type, parent }) => type === "error" && parent === id);
    expect(content.evalue).toBe("process.exit(0) called");
    expect(await kernel.ended()).toEqual({ code: 0, signal: null });
  });
});

describe("a kernel that cannot start", () => {
  const run = (...args: string[]) => {
    try {
      return {
        code: 0,
        text: execFileSync(process.execPath, [program, "kernel", ...args], { encoding: "utf8", stdio: "pipe" }),
      };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string };
      return { code: status, text: stderr };
    }
  };

  it.each([
    ["no file", "missing.json", undefined, "the connection file must be readable"],
    ["a file that is not JSON", "text.json", "not json", "the content must be a JSON object"],
    [
      "a port that is none",
      "port.json",
      '{"ip": "127.0.0.1", "shell_port": "x"}',
      '"shell_port" must be a port number',
    ],
    ["another transport", "transport.json", '{"transport": "smoke"}', '"transport" must be "tcp" or "ipc"'],
  ])("says why: %s", (_what, name, content, message) => {
    const file = path.join(workspace.root, name);
    if (content !== undefined) fs.writeFileSync(file, content);
    const { code, text } = run(file);
    expect(code).toBe(1);
    expect(text).toContain(`lectern kernel: `);
    expect(text).toContain(message);
    expect(text).not.toMatch(/\n\s+at /);
  });

  it("says why: no connection file is named", () => {
    expect(run()).toMatchObject({ code: 2, text: expect.stringContaining("one connection file must be given") });
  });

  it("says why: a port is taken", async () => {
    const kernel = await start();
    const { code, text } = run(writeConnection(kernel.connection));
    expect(code).toBe(1);
    expect(text).toMatch(/^lectern kernel: the shell channel must get .* in use/i);
  });
});
