import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "../kernel/support.ts";
import { stopAll, TestServer } from "./support.ts";

// What a folder of somebody else's may hold: links that lead out of it, and pipes.

const outside = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-outside-"));
fs.writeFileSync(path.join(outside, "secret.txt"), "secret");
fs.writeFileSync(path.join(outside, "x-checkpoint.txt"), "not to be deleted");
afterAll(async () => {
  await stopAll();
  fs.rmSync(outside, { recursive: true });
});

const untouched = () => {
  expect(fs.readdirSync(outside).sort()).toEqual(["secret.txt", "x-checkpoint.txt"]);
  expect(fs.readFileSync(path.join(outside, "secret.txt"), "utf8")).toBe("secret");
};
const part = (chunk: number) => ({ type: "file", format: "text", content: "evil", chunk });
const link = (root: string, name: string, target: string) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.symlinkSync(target, path.join(root, name));
};

describe("where the server keeps what is hidden", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({}, { "x.txt": "x", "y/n.txt": "n", "y/own.txt": "own", "z/n.txt": "n" });
    const { root } = server.workspace;
    link(root, ".ipynb_checkpoints", outside);
    link(root, "y/.ipynb_checkpoints/n-checkpoint.txt", path.join(outside, "secret.txt"));
    link(root, "y/.ipynb_checkpoints/own-checkpoint.txt", "../n.txt");
    link(root, "z/.ipynb_checkpoints/n-checkpoint.txt", path.join(outside, "new.txt"));
    link(root, "y/.big.txt.upload", path.join(outside, "upload.txt"));
    link(root, "y/.old.txt.upload", path.join(outside, "secret.txt"));
  });

  it.each(["x.txt", "y/n.txt", "y/own.txt", "z/n.txt"])("follows no link for a checkpoint of %s", async name => {
    const url = `/api/contents/${name}/checkpoints`;
    for (const [method, address] of [
      ["GET", url],
      ["POST", url],
      ["POST", `${url}/checkpoint`],
      ["DELETE", `${url}/checkpoint`],
    ] as const) {
      const { status, json } = await server.ask(method, address);
      expect([status, json.message], `${method} ${address}`).toEqual([
        403,
        expect.stringContaining("it must be no link"),
      ]);
    }
    const before = (await server.get(`/api/contents/${name}`)).json.content;
    expect(before).not.toContain("secret");
    untouched();
  });

  it("follows no link when its file is renamed or deleted", async () => {
    expect((await server.ask("PATCH", "/api/contents/x.txt", { path: "w.txt" })).status).toBe(200);
    expect((await server.ask("PATCH", "/api/contents/w.txt", { path: "x.txt" })).status).toBe(200);
    expect((await server.ask("DELETE", "/api/contents/x.txt")).status).toBe(204);
    expect((await server.ask("DELETE", "/api/contents/y/own.txt")).status).toBe(204);
    expect((await server.get("/api/contents/y/n.txt")).json.content).toBe("n");
    untouched();
  });

  it("follows no link for the parts of an upload", async () => {
    for (const name of ["big", "old"]) {
      for (const chunk of [1, 2, -1])
        expect((await server.ask("PUT", `/api/contents/y/${name}.txt`, part(chunk))).status).toBe(403);
    }
    untouched();
  });

  it("keeps no checkpoints of what is hidden", async () => {
    server.workspace.write(".x/a.txt", "a");
    for (const name of [".x", ".x/a.txt", ".ipynb_checkpoints/secret.txt"]) {
      const url = `/api/contents/${name}/checkpoints`;
      expect((await server.ask("POST", url)).status).toBe(400);
      expect((await server.get(url)).status).toBe(400);
      expect((await server.ask("POST", `${url}/checkpoint`)).status).toBe(400);
      expect((await server.ask("DELETE", `${url}/checkpoint`)).status).toBe(400);
    }
    untouched();
  });
});

describe.skipIf(process.platform === "win32")("pipes", () => {
  it("are no files, and nobody waits for them", async () => {
    const names = ["pipe", "pipe.ipynb", "p2", "p3", "p4", "notebooks/one.ipynb", "src/pipe.ts"];
    const workspace = makeWorkspace({ "folder/a.txt": "a", "notebooks/readme.md": "", "src/a.ts": "" });
    execFileSync(
      "mkfifo",
      [...names, "folder/p"].map(name => path.join(workspace.root, name)),
    );
    const server = await TestServer.start({ library: workspace.root }, {}, workspace);
    const urls = names.flatMap(name =>
      ["/files/", "/api/contents/", "/lectern/handout/", "/lectern/source/"].map(base => base + name),
    );
    const answers = await Promise.all([
      ...urls.map(url => server.get(url)),
      ...names.map(name => server.ask("POST", `/api/contents/${name}/checkpoints`)),
      ...names.map(name => server.ask("POST", "/api/contents", { copy_from: name })),
      server.get("/api/contents/pipe?content=0&hash=1"),
      server.ask("PUT", "/api/contents/pipe", { type: "file", format: "text", content: "", hash: "0" }),
    ]);
    for (const { status, json } of answers) expect([status, json?.message]).toEqual([404, expect.any(String)]);
    expect((await server.ask("POST", "/api/contents", { copy_from: "folder" })).status).toBe(201);
    expect((await server.get("/api/contents/folder-Copy1/a.txt")).json.content).toBe("a");
    expect((await server.get("/files/folder/a.txt")).text).toBe("a");
    expect((await server.get("/files/folder")).status).toBe(400);
    expect((await server.get("/api/contents")).status).toBe(200);
  });
});
