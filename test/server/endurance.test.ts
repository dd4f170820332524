import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "../../src/kernel/process/isAlive.ts";
import { slowness } from "../kernel/support.ts";
import { type Json, Page, stopAll, TestServer, until } from "./support.ts";

const many = 30;

let server: TestServer;
beforeAll(async () => {
  // Other tests have kernels too, whose folders are not counted here.
  process.env.TMPDIR = fs.mkdtempSync(path.join(os.tmpdir(), "endurance-"));
  server = await TestServer.start({}, { "notebooks/a.ipynb": "{}" });
});
afterAll(stopAll);

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** In megabytes, of what is still needed. */
async function heap(): Promise<number> {
  // What sockets hold goes a turn later.
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const files = () => (fs.existsSync("/proc/self/fd") ? fs.readdirSync("/proc/self/fd").length : 0);
const folders = () => fs.readdirSync(os.tmpdir()).filter(name => name.startsWith("lectern-kernel-")).length;

describe("thirty kernels, one after another", () => {
  it(
    "say what memory they take, end, and leave nothing in the server",
    async () => {
      // The first brings in what stays.
      const round = async () => {
        const id = await server.startKernel();
        const page = await Page.open(server, id);
        const asked = page.send("kernel_info_request", {});
        await until(() => page.of(asked, "kernel_info_reply").length > 0, "the answer");
        const { json } = await server.get("/lectern/kernels");
        expect(json).toMatchObject([{ id, state: "idle", connections: 1 }]);
        expect(json[0].memory).toBeGreaterThan(30 * 2 ** 20);
        expect((await server.ask("DELETE", `/api/kernels/${id}`)).status).toBe(204);
        await until(() => page.closed !== undefined, "the socket's end");
      };
      await round();
      const before = { heap: await heap(), files: files(), folders: folders() };
      for (let n = 1; n < many; n++) await round();
      expect((await server.get("/api/kernels")).json).toEqual([]);
      expect((await server.get("/api/sessions")).json).toEqual([]);
      await until(() => folders() <= before.folders, "the end of the kernels' folders");
      await until(() => files() <= before.files + 3, "the end of the kernels' sockets");
      expect((await heap()) - before.heap).toBeLessThan(15);
    },
    240_000 * slowness,
  );
});

describe("much output", () => {
  const lines = 100_000;
  const code = `for (let i = 0; i < ${lines}; i++) console.log("line " + i);\n"end"`;

  it("comes whole and in order to a page that reads, and to one that was away", async () => {
    const kernel = await server.startKernel();
    const [reader, leaver] = [await Page.open(server, kernel), await Page.open(server, kernel)];
    await leaver.close();
    const id = reader.execute(code, "cell");
    await reader.finished(id);
    const expected = Array.from({ length: lines }, (_, i) => `line ${i}\n`).join("");
    expect(reader.text(id) === expected).toBe(true);
    const back = await Page.open(server, kernel, leaver.session);
    await until(() => back.text(id).length >= expected.length, "what was missed");
    expect(back.text(id) === expected).toBe(true);
    const { runs } = (await server.get(`/lectern/kernels/${kernel}/runs`)).json;
    expect(runs.find((each: Json) => each.cell === "cell")).toMatchObject({ dropped: 0, state: "done" });
    await Promise.all([reader.close(), back.close()]);
    await server.ask("DELETE", `/api/kernels/${kernel}`);
  });

  it("does not fill the server's memory where nobody reads, and says what it left out", async () => {
    const kernel = await server.startKernel();
    const page = await Page.open(server, kernel);
    await page.finished(page.execute("const line = 'x'.repeat(999) + '\\n';"));
    await page.close();
    const before = await heap();
    const busy = await Page.open(server, kernel);
    const id = busy.execute("for (let i = 0; i < 300; i++) console.log(line.repeat(1000));", "cell");
    await until(() => busy.of(id, "execute_input").length > 0, "the cell");
    await busy.close();
    await until(async () => {
      const { runs } = (await server.get(`/lectern/kernels/${kernel}/runs`)).json;
      return runs.find((each: Json) => each.cell === "cell")?.state === "done";
    }, "the end of the run");
    // Two pages that are away and the runs themselves may keep 64 MB each, of the 300 that came.
    busy.messages.length = 0;
    expect((await heap()) - before).toBeLessThan(260);
    const again = await Page.open(server, kernel, busy.session);
    await until(() => again.of(id, "execute_reply").length > 0, "the reply");
    expect(again.text(id)).toMatch(/\[lectern: \d+ messages with output were left out here/);
    await again.close();
    await server.ask("DELETE", `/api/kernels/${kernel}`);
  });
});

describe("a kernel that is killed from outside", () => {
  it("while a cell runs: the page hears it for that cell and for those that wait, and a new one takes over", async () => {
    const kernel = await server.startKernel();
    const page = await Page.open(server, kernel);
    const asked = page.execute("process.pid");
    await page.finished(asked);
    const pid = Number(page.of(asked, "execute_result")[0].content.data["text/plain"]);
    const running = page.execute("while (true) {}");
    const waiting = page.execute("'never'");
    await until(() => page.of(running, "execute_input").length > 0, "the loop");
    process.kill(pid, "SIGKILL");
    expect(await page.finished(running)).toMatchObject({ status: "error" });
    expect(page.of(running, "error")[0].content.evalue).toContain("was ended by SIGKILL while the cell ran");
    expect(await page.finished(waiting)).toMatchObject({ status: "aborted" });
    await until(() => page.messages.some(each => each.content.execution_state === "restarting"), "the word");
    expect(isAlive(pid)).toBe(false);
    const next = page.execute("1 + 1");
    expect(await page.finished(next)).toMatchObject({ status: "ok" });
    await page.close();
    await server.ask("DELETE", `/api/kernels/${kernel}`);
  });
});

describe("clients that are slow or broken", () => {
  it("stall nobody: half a request, half a body, half a frame, a handshake that stops, events that nobody reads", async () => {
    const kernel = await server.startKernel();
    const { port, token } = server.server;
    const raw = (text: string | Buffer) =>
      new Promise<net.Socket>(resolve => {
        const socket = net.connect(port, "127.0.0.1", () => socket.write(text, () => resolve(socket)));
        socket.on("error", () => {});
      });
    const head = `Host: 127.0.0.1:${port}\r\nAuthorization: token ${token}\r\n`;
    const handshake = `GET /api/kernels/${kernel}/channels HTTP/1.1\r\n${head}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
    const stuck = [
      await raw("GET /api/con"),
      await raw(`PUT /api/contents/a.txt HTTP/1.1\r\n${head}Content-Length: 1000\r\n\r\n{"type": "fi`),
      await raw(handshake.slice(0, -2)),
      // A frame that says it has a megabyte, and then ten bytes of it; and a fragment without an end.
      await raw(
        Buffer.concat([
          Buffer.from(handshake),
          Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4]),
          Buffer.alloc(10),
        ]),
      ),
      await raw(Buffer.concat([Buffer.from(handshake), Buffer.from([0x01, 0x81, 1, 2, 3, 4, 0])])),
    ];
    const deaf = new WebSocket(`ws://127.0.0.1:${port}/api/events/subscribe`, { headers: server.authorization });
    await new Promise(resolve => deaf.once("open", resolve));
    deaf.pause();
    for (let i = 0; i < 50; i++) {
      await server.ask("PUT", "/api/contents/told.txt", { type: "file", format: "text", content: String(i) });
    }
    const page = await Page.open(server, kernel);
    const began = performance.now();
    expect(await page.finished(page.execute("6 * 7"))).toMatchObject({ status: "ok" });
    expect((await server.get("/api/status")).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(20_000 * slowness);
    await page.close();
    // Frames that no client may send end their own connection.
    for (const frame of [
      [0x83, 0x80, 0, 0, 0, 0],
      [0x81, 0x01, 0x41],
      [0xf1, 0x80, 0, 0, 0, 0],
      [0x88, 0xff, 0, 0, 0, 0, 0, 0, 0, 9],
    ]) {
      const socket = await raw(Buffer.concat([Buffer.from(handshake), Buffer.from(frame)]));
      socket.resume();
      await until(() => socket.destroyed || socket.readyState !== "open", `the end after ${frame}`);
      socket.destroy();
    }
    expect((await server.get(`/api/kernels/${kernel}`)).json.execution_state).toBe("idle");
    for (const socket of stuck) socket.destroy();
    deaf.terminate();
  });

  it("do not keep the server from ending", async () => {
    const ending = await TestServer.start();
    const { port } = ending.server;
    const request = http.request({
      port,
      host: "127.0.0.1",
      method: "PUT",
      path: "/api/contents/a",
      headers: { ...ending.authorization, "content-length": 100 },
    });
    request.on("error", () => {});
    request.write("{");
    const half = net.connect(port, "127.0.0.1");
    half.on("error", () => {});
    half.write("GET / HT");
    await new Promise(resolve => half.once("connect", resolve));
    const began = performance.now();
    await ending.stop();
    expect(performance.now() - began).toBeLessThan(5000 * slowness);
  });
});
