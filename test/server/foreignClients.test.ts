import { randomUUID } from "node:crypto";
import {
  ContentsManager,
  KernelManager,
  type KernelMessage,
  KernelSpecManager,
  ServerConnection,
  SessionManager,
} from "@jupyterlab/services";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Json, Page, stopAll, TestServer, until } from "./support.ts";

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({}, { "notebooks/a.ipynb": "{}" });
});
afterAll(stopAll);

describe("JupyterLab's own client", () => {
  it("finds files, a session and its kernel; runs, interrupts, restarts, talks by comms, and ends", async () => {
    const baseUrl = `${server.server.address}/`;
    const serverSettings = ServerConnection.makeSettings({
      baseUrl,
      wsUrl: baseUrl.replace("http", "ws"),
      token: server.server.token,
      // Programs say who they are by the token.
      appendToken: true,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      fetch,
      Request,
      Headers,
    });
    const contents = new ContentsManager({ serverSettings });
    const kernels = new KernelManager({ serverSettings });
    const sessions = new SessionManager({ kernelManager: kernels, serverSettings });
    const specs = new KernelSpecManager({ serverSettings });
    await Promise.all([sessions.ready, specs.ready]);
    expect(specs.specs?.default).toBe("lectern");

    const made = await contents.newUntitled({ path: "notebooks", type: "notebook" });
    const cell = { cell_type: "code", id: "a", metadata: {}, source: "1", outputs: [], execution_count: null };
    const content = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await contents.save(made.path, { type: "notebook", format: "json", content });
    const { path } = await contents.rename(made.path, "notebooks/renamed.ipynb");
    expect((await contents.get(path)).content.cells[0].source).toBe("1");

    const session = await sessions.startNew({ path, type: "notebook", name: "renamed", kernel: { name: "lectern" } });
    const kernel = session.kernel;
    if (!kernel) throw new Error("a session must have a kernel");
    const run = async (code: string) => {
      const shown: KernelMessage.IIOPubMessage[] = [];
      const future = kernel.requestExecute({ code });
      future.onIOPub = message => void shown.push(message);
      const { content: reply } = await future.done;
      return { reply, shown: shown.map(({ content: each }) => each as Json) };
    };
    const { reply, shown } = await run("console.log('said');\n6 * 7");
    expect(reply.status).toBe("ok");
    expect(shown.some(({ text }) => text === "said\n")).toBe(true);
    expect(shown.some(({ data }) => data?.["text/plain"] === "42")).toBe(true);

    const endless = kernel.requestExecute({ code: "while (true) {}" });
    await until(() => kernel.status === "busy", "the loop");
    await kernel.interrupt();
    expect((await endless.done).content.status).toBe("error");

    const heard: Json[] = [];
    kernel.registerCommTarget("of.the.test", comm => {
      comm.onMsg = message => void heard.push(message.content.data);
      comm.send({ from: "the page" });
    });
    await run(
      `const comm = (globalThis as any)[Symbol.for("lectern.comms")].open("of.the.test");\ncomm.onMessage = (data: any) => comm.send({ heard: data });`,
    );
    await until(() => heard.length > 0, "the comm's answer");
    expect(heard[0]).toEqual({ heard: { from: "the page" } });

    await run("const kept = 1;");
    await kernel.restart();
    expect((await run("kept")).reply).toMatchObject({ status: "error" });
    await session.shutdown();
    await sessions.refreshRunning();
    expect([...sessions.running()]).toEqual([]);
    expect((await server.get("/api/kernels")).json).toEqual([]);
    await contents.delete(path);
    for (const each of [sessions, kernels, specs, contents]) each.dispose();
  });
});

/**
 * What VS Code asks of an "existing Jupyter server", in its order: jupyterPasswordConnect and jupyterSession of github.com/microsoft/vscode-jupyter.
 */
describe("VS Code", () => {
  it.each(["in a header", "in the address"])(
    "is served with the token %s, on a notebook that only it has",
    async how => {
      const headers: Record<string, string> = how === "in a header" ? server.authorization : {};
      const asked = (url: string) =>
        how === "in a header" ? url : `${url}${url.includes("?") ? "&" : "?"}token=${server.server.token}`;
      const ask = (method: string, url: string, body?: unknown) =>
        server.ask(method, asked(url), body, {
          ...headers,
          "user-agent": "VS Code",
          "content-type": "application/json",
        });

      expect((await ask("GET", "/api")).json.version).toMatch(/^\d+\.\d+/);
      expect((await ask("GET", "/api/status")).json).toMatchObject({ started: expect.any(String), kernels: 0 });
      const specs = (await ask("GET", "/api/kernelspecs")).json;
      expect(specs.kernelspecs[specs.default].spec).toMatchObject({ language: "typescript", argv: expect.any(Array) });
      expect((await ask("GET", "/api/sessions")).json).toEqual([]);
      expect((await ask("GET", "/api/kernels")).json).toEqual([]);
      // Its notebooks are not the server's: it names a file that is not there, with its own name behind.
      const path = `mine-jvsc-${randomUUID()}.ipynb`;
      const body = { path, name: path, type: "notebook", kernel: { id: null, name: specs.default } };
      const { status, json: session } = await ask("POST", "/api/sessions", body);
      expect([status, session.path, session.type, session.kernel.name]).toEqual([201, path, "notebook", specs.default]);
      expect((await ask("GET", `/api/sessions/${session.id}`)).json.kernel.id).toBe(session.kernel.id);
      const url = asked(`/api/kernels/${session.kernel.id}/channels?session_id=${randomUUID()}`);
      const page = await Page.openAt(server, url, headers);
      const info = page.send("kernel_info_request", {});
      await until(() => page.of(info, "kernel_info_reply").length > 0, "who the kernel is");
      const id = page.execute("1 + 1");
      expect(await page.finished(id)).toMatchObject({ status: "ok" });
      expect(page.of(id, "execute_result")[0].content.data["text/plain"]).toBe("2");
      expect((await ask("POST", `/api/kernels/${session.kernel.id}/interrupt`)).status).toBe(204);
      expect((await ask("POST", `/api/kernels/${session.kernel.id}/restart`)).status).toBe(200);
      await page.finished(page.execute("3"));
      await page.close();
      expect((await ask("DELETE", `/api/sessions/${session.id}`)).status).toBe(204);
      expect((await ask("GET", "/api/kernels")).json).toEqual([]);
      // Nothing of it came to be in the folder.
      expect((await server.get("/api/contents")).json.content.map((each: Json) => each.name)).not.toContain(path);
    },
  );

  it("learns that no log-in is there: neither a hub, nor a form for a password", async () => {
    // It asks before it uses its token, and goes on with that where it is refused.
    for (const url of ["/hub/api", "/tree?", "/login?"]) {
      const { status, headers } = await server.ask("GET", url, undefined, {});
      expect(status, url).toBe(403);
      expect(headers["set-cookie"], url).toBeUndefined();
    }
  });
});
