import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "../../src/kernel/process/isAlive.ts";
import { framingV1 } from "../../src/server/channels/framing.ts";
import { ChannelMessage, type Parts } from "../../src/server/channels/message.ts";
import { type Json, Page, requestOf, stopAll, TestServer, until } from "./support.ts";

let server: TestServer;
let kernel: string;
beforeAll(async () => {
  server = await TestServer.start({}, { "notebooks/a.ipynb": "{}" });
  kernel = await server.startKernel();
});
afterAll(stopAll);

describe("a page", () => {
  it("runs cells, hears their outputs, and asks by name for what a cell asks for", async () => {
    const page = await Page.open(server, kernel);
    const id = page.execute("const x = 6 * 7;\nconsole.log('said');\nx");
    expect(await page.finished(id)).toMatchObject({ status: "ok" });
    expect(page.text(id)).toBe("said\n");
    expect(page.of(id, "execute_result")[0].content.data["text/plain"]).toBe("42");
    const asking = page.execute("prompt('name? ')");
    await until(() => page.of(asking, "input_request").length > 0, "the question");
    expect(page.of(asking, "input_request")[0]).toMatchObject({ channel: "stdin", content: { prompt: "name? " } });
    expect((await server.get(`/lectern/kernels/${kernel}/runs`)).json.input).toMatchObject({ msg_id: asking });
    page.send("input_reply", { status: "ok", value: "Ada" }, "stdin");
    await page.finished(asking);
    expect(page.of(asking, "execute_result")[0].content.data["text/plain"]).toContain("Ada");
    await page.close();
  });

  it("speaks the binary protocol where it offers it, buffers of any kind included", async () => {
    const url = `ws://127.0.0.1:${server.server.port}/api/kernels/${kernel}/channels?session_id=v1`;
    const socket = new WebSocket(url, ["v1.kernel.websocket.jupyter.org"], { headers: server.authorization });
    const messages: ChannelMessage[] = [];
    socket.on("message", (data: Buffer, isBinary) => messages.push(framingV1.decode(data, isBinary)));
    await new Promise(resolve => socket.once("open", resolve));
    expect(socket.protocol).toBe("v1.kernel.websocket.jupyter.org");
    const { channel, header, content, metadata } = requestOf(
      randomUUID(),
      "execute_request",
      { code: "1 + 1" },
      "shell",
      "v1",
    );
    const parts = [header, {}, metadata, content].map(each => Buffer.from(JSON.stringify(each))) as Parts;
    socket.send(framingV1.encode(new ChannelMessage("shell", parts, [Buffer.from([1, 2]), Buffer.alloc(0)])).data);
    await until(() => messages.some(each => each.type === "execute_reply"), "the reply");
    expect(messages.find(each => each.type === "execute_result")?.content).toMatchObject({
      data: { "text/plain": "2" },
    });
    expect(channel).toBe("shell");
    socket.close();
  });

  it("gets only its own answers, and everybody's outputs", async () => {
    const [one, two] = [await Page.open(server, kernel), await Page.open(server, kernel)];
    const id = one.execute("console.log('to all')");
    await one.finished(id);
    await until(() => two.text(id) === "to all\n", "the output");
    expect(two.of(id, "execute_reply")).toEqual([]);
    await Promise.all([one.close(), two.close()]);
  });
});

describe("a page that goes away", () => {
  it("finds the kernel as it left it, and what it missed, when it comes back under its name", async () => {
    const page = await Page.open(server, kernel);
    const id = page.execute(
      "for (let i = 0; i < 5; i++) { console.log(i); await new Promise(r => setTimeout(r, 100)); }\n'end'",
    );
    await until(() => page.text(id).startsWith("0"), "the beginning");
    await page.close();
    const seen = page.text(id);
    await until(async () => (await server.get(`/api/kernels/${kernel}`)).json.execution_state === "idle");
    const again = await Page.open(server, kernel, page.session);
    expect(await again.finished(id)).toMatchObject({ status: "ok" });
    expect(seen + again.text(id)).toBe("0\n1\n2\n3\n4\n");
    expect(again.of(id, "execute_result")).toHaveLength(1);
    await again.close();
  });

  it("finds under a new name what each cell came to", async () => {
    const page = await Page.open(server, kernel);
    page.execute("console.log('first')", "cell-a");
    const id = page.execute(
      "console.log('second'); await new Promise(r => setTimeout(r, 400)); throw new Error('late');",
      "cell-a",
    );
    await until(() => page.text(id) === "second\n", "the beginning");
    await page.close();
    const running = (await server.get(`/lectern/kernels/${kernel}/runs`)).json.runs.find(
      (each: Json) => each.cell === "cell-a",
    );
    expect(running).toMatchObject({ msg_id: id, state: "running", outputs: [{ text: "second\n" }] });
    let run: Json;
    await until(async () => {
      const { runs } = (await server.get(`/lectern/kernels/${kernel}/runs`)).json;
      run = runs.find((each: Json) => each.cell === "cell-a");
      return run.state === "done";
    }, "the end of the run");
    expect(run).toMatchObject({ msg_id: id, status: "error", dropped: 0 });
    expect(run.outputs.map((each: Json) => each.output_type)).toEqual(["stream", "error"]);
  });

  it("does not hold up the pages that stay, when it only stops to read", async () => {
    const slow = await Page.open(server, kernel);
    const quick = await Page.open(server, kernel);
    slow.socket.pause();
    const id = quick.execute(
      "const line = 'x'.repeat(999) + '\\n';\nfor (let i = 0; i < 30; i++) console.log(line.repeat(1000));\n'all'",
    );
    expect(await quick.finished(id)).toMatchObject({ status: "ok" });
    expect(quick.text(id).length).toBeGreaterThan(29 * 10 ** 6);
    slow.socket.resume();
    await until(
      () => slow.of(id, "status").some(each => each.content.execution_state === "idle"),
      "the end, for the slow one too",
    );
    expect(slow.text(id).length).toBe(quick.text(id).length);
    await Promise.all([slow.close(), quick.close()]);
  });
});

describe("a kernel", () => {
  it("is interrupted where it loops, and keeps its names", async () => {
    const page = await Page.open(server, kernel);
    await page.finished(page.execute("let kept = 7;"));
    const id = page.execute("while (true) {}");
    await until(() => page.of(id, "execute_input").length > 0, "the loop");
    expect((await server.ask("POST", `/api/kernels/${kernel}/interrupt`)).status).toBe(204);
    expect(await page.finished(id)).toMatchObject({ status: "error" });
    const next = page.execute("kept");
    await page.finished(next);
    expect(page.of(next, "execute_result")[0].content.data["text/plain"]).toBe("7");
    await page.close();
  });

  it("is restarted under the same name, and says goodbye to what was running", async () => {
    const page = await Page.open(server, kernel);
    const id = page.execute("await new Promise(() => {})");
    await until(() => page.of(id, "execute_input").length > 0, "the cell");
    const { status, json } = await server.ask("POST", `/api/kernels/${kernel}/restart`);
    expect([status, json.id, json.execution_state]).toEqual([200, kernel, "idle"]);
    expect(await page.finished(id)).toMatchObject({ status: "aborted" });
    const states = page.messages
      .filter(each => each.header.msg_type === "status")
      .map(each => each.content.execution_state);
    // Jupyter's pages would take it for a death.
    expect(states).not.toContain("restarting");
    expect(states.slice(-2)).toEqual(["starting", "idle"]);
    const next = page.execute("typeof kept");
    await page.finished(next);
    expect(page.of(next, "error")[0].content.evalue).toContain("Cannot find name 'kept'");
    await page.close();
  });

  it.skipIf(process.platform === "win32")(
    "ends with the server, though it is stopped and about to be restarted",
    async () => {
      const own = await TestServer.start();
      const stopped = await own.startKernel();
      const page = await Page.open(own, stopped);
      const id = page.execute("console.log(process.pid)");
      await page.finished(id);
      const pid = Number(page.text(id));
      const group = Number(execFileSync("ps", ["-o", "pgid=", "-p", String(pid)]));
      process.kill(-group, "SIGSTOP");
      const restart = own.ask("POST", `/api/kernels/${stopped}/restart`).catch(() => ({ status: 0 }));
      // On a quick machine the old one ends, woken for it, between two looks.
      const state = async () => (await own.get(`/api/kernels/${stopped}`)).json.execution_state;
      await until(async () => ["restarting", "starting"].includes(await state()), "the restart");
      await own.stop();
      expect(isAlive(pid)).toBe(false);
      // Neither the old one nor one that was to come after it, nor what they started.
      expect((await restart).status).not.toBe(200);
      const inGroup = () =>
        execFileSync("ps", ["-eo", "pgid=,stat="], { encoding: "utf8" })
          .split("\n")
          .map(line => line.trim().split(/\s+/))
          .filter(([each, state]) => each === String(group) && !state?.startsWith("Z"));
      await until(() => inGroup().length === 0, "the end of the group");
      await page.close();
    },
  );

  it("that dies says so to its page, and another takes its place", async () => {
    const page = await Page.open(server, kernel);
    const id = page.execute("process.kill(process.pid, 'SIGKILL');\nwhile (true) {}");
    expect(await page.finished(id)).toMatchObject({ status: "error" });
    expect(page.of(id, "error")[0].content.evalue).toContain("was ended by SIGKILL while the cell ran");
    await until(() => page.messages.some(each => each.content.execution_state === "restarting"), "the word");
    const next = page.execute("'back'");
    expect(await page.finished(next)).toMatchObject({ status: "ok" });
    await page.close();
  });

  it("that cannot start is dead, and says why", async () => {
    const broken = await TestServer.start({
      kernel: {
        argv: [process.execPath, "-e", "console.error('no luck today'); process.exit(3)"],
        display_name: "x",
        language: "typescript",
        interrupt_mode: "message",
        metadata: {},
      },
    });
    const { json } = await broken.ask("POST", "/api/kernels");
    await until(async () => (await broken.get(`/api/kernels/${json.id}`)).json.execution_state === "dead", "its death");
    expect((await broken.get(`/api/kernels/${json.id}`)).json.reason).toMatch(
      /exited with code 3; it said: no luck today/,
    );
    const page = await Page.open(broken, json.id);
    expect(await page.finished(page.execute("1"))).toMatchObject({ status: "aborted" });
    expect((await broken.ask("POST", `/api/kernels/${json.id}/interrupt`)).status).toBe(409);
    await broken.stop();
  });

  it("says how much memory it takes, and leaves nothing when it ends", async () => {
    for (let i = 0; i < 3; i++) {
      const id = await server.startKernel();
      const { json } = await server.get("/lectern/kernels");
      expect(json.find((each: Json) => each.id === id).memory).toBeGreaterThan(50 * 2 ** 20);
      expect((await server.ask("DELETE", `/api/kernels/${id}`)).status).toBe(204);
      expect((await server.get(`/api/kernels/${id}`)).status).toBe(404);
    }
    expect((await server.get("/api/kernels")).json).toHaveLength(1);
  });

  it("that nobody watches and that has nothing to do ends after a while; a watched one does not", async () => {
    const culling = await TestServer.start({ cullIdleSeconds: 1 });
    const watched = (await culling.ask("POST", "/api/kernels")).json.id;
    const page = await Page.open(culling, watched);
    const alone = (await culling.ask("POST", "/api/kernels")).json.id;
    await until(async () => (await culling.get("/api/kernels")).json.length === 1, "the end of the one");
    expect((await culling.get("/api/kernels")).json[0].id).toBe(watched);
    expect(alone).not.toBe(watched);
    await page.close();
    await culling.stop();
  });
});

describe("a session", () => {
  it("is one for a notebook, however many pages open it at once, and follows when it is renamed", async () => {
    const ask = () =>
      server.ask("POST", "/api/sessions", {
        path: "notebooks/b.ipynb",
        type: "notebook",
        name: "b",
        kernel: { name: "lectern" },
      });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ json }) => json.kernel.id)).size).toBe(1);
    await server.ask("PUT", "/api/contents/notebooks/b.ipynb", { type: "notebook" });
    await server.ask("PATCH", "/api/contents/notebooks/b.ipynb", { path: "notebooks/c.ipynb" });
    const { id } = answers[0]?.json ?? {};
    expect((await server.get(`/api/sessions/${id}`)).json.path).toBe("notebooks/c.ipynb");
    expect((await server.ask("DELETE", `/api/sessions/${id}`)).status).toBe(204);
    expect((await server.get(`/api/sessions/${id}`)).status).toBe(404);
  });

  it("runs its kernel in the notebook's folder", async () => {
    const { json } = await server.ask("POST", "/api/sessions", {
      path: "notebooks/a.ipynb",
      type: "notebook",
      kernel: {},
    });
    const page = await Page.open(server, json.kernel.id);
    const id = page.execute("process.cwd()");
    await page.finished(id);
    expect(page.of(id, "execute_result")[0].content.data["text/plain"]).toContain(server.workspace.notebooks);
    await page.close();
  });
});

describe("a Jupyter server that has its kernels here", () => {
  it.each([
    ["in the folder that was opened, where the notebook is", (root: string) => `${root}/notebooks`, "notebooks"],
    ["elsewhere, in the folder that was opened", () => "/", ""],
  ])("starts one for a notebook %s", async (_where, folderOf, expected) => {
    const { root } = server.workspace;
    const { json } = await server.ask("POST", "/api/kernels", {
      name: "lectern",
      env: { KERNEL_WORKING_DIR: folderOf(root) },
    });
    const page = await Page.open(server, json.id);
    const id = page.execute("process.cwd()");
    await page.finished(id);
    expect(page.of(id, "execute_result")[0].content.data["text/plain"]).toBe(
      `'${[root, expected].filter(Boolean).join("/")}'`,
    );
    await page.close();
    await server.ask("DELETE", `/api/kernels/${json.id}`);
  });
});

describe("the end of the server", () => {
  it("is the end of its kernels", async () => {
    const ending = await TestServer.start();
    const id = await ending.startKernel();
    const page = await Page.open(ending, id);
    const asked = page.execute("process.pid");
    await page.finished(asked);
    const pid = Number(page.of(asked, "execute_result")[0].content.data["text/plain"]);
    expect(isAlive(pid)).toBe(true);
    page.execute("while (true) {}");
    await ending.stop();
    await until(() => !isAlive(pid), "the kernel's end");
    await until(() => page.closed !== undefined, "the socket's end");
  });
});
