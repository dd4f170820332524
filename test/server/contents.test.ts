import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stopAll, TestServer } from "./support.ts";

const code = (source: string) => ({
  cell_type: "code",
  id: "a1",
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});
const notebook = (source: string) => ({ cells: [code(source)], metadata: {}, nbformat: 4, nbformat_minor: 5 });

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start(
    {},
    {
      "text.txt": "words\n",
      "folder/one.ipynb": JSON.stringify({
        ...notebook("1"),
        cells: [{ ...code(""), source: ["const a = 1;\n", "a"] }],
      }),
      "broken.ipynb": "{ not JSON",
      "other.ipynb": JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: "wrong", metadata: {} }] }),
    },
  );
  fs.writeFileSync(path.join(server.workspace.root, "bytes.bin"), Buffer.from([0, 255, 1]));
});
afterAll(stopAll);

const onDisk = (name: string) => fs.readFileSync(path.join(server.workspace.root, name));

describe("reading", () => {
  it("lists a folder, without hidden files", async () => {
    server.workspace.write(".hidden", "x");
    const { json } = await server.get("/api/contents");
    expect(json).toMatchObject({ type: "directory", format: "json", path: "", name: "" });
    const names = json.content.map((each: { name: string }) => each.name);
    expect(names).toEqual(expect.arrayContaining(["folder", "text.txt", "broken.ipynb"]));
    expect(names).not.toContain(".hidden");
    expect((await server.get("/api/contents/.hidden")).status).toBe(404);
  });

  it("gives text, bytes and notebooks each in its format, with a hash where it is asked for", async () => {
    expect((await server.get("/api/contents/text.txt?hash=1")).json).toMatchObject({
      format: "text",
      content: "words\n",
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      hash_algorithm: "sha256",
    });
    expect((await server.get("/api/contents/bytes.bin")).json).toMatchObject({ format: "base64", content: "AP8B" });
    expect((await server.get("/api/contents/bytes.bin?format=text")).json).toMatchObject({ reason: "bad format" });
    const { json } = await server.get("/api/contents/folder/one.ipynb");
    expect(json).toMatchObject({ type: "notebook", format: "json", hash: null });
    expect(json.content.cells[0].source).toBe("const a = 1;\na");
  });

  it("says of a notebook that is none what is wrong, and gives what is there where it can", async () => {
    expect(await server.get("/api/contents/broken.ipynb")).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining("a notebook must be JSON") },
    });
    const { json } = await server.get("/api/contents/other.ipynb");
    expect(json.message).toContain("cell_type must be one of");
    expect(json.content.cells).toHaveLength(1);
  });
});

describe("saving", () => {
  it("stores a notebook canonically, and gives it back as it was", async () => {
    const saved = await server.ask("PUT", "/api/contents/new.ipynb", {
      type: "notebook",
      format: "json",
      content: notebook("2 + 2\n3"),
    });
    expect(saved).toMatchObject({ status: 201, headers: { location: "/api/contents/new.ipynb" } });
    expect(String(onDisk("new.ipynb"))).toContain(' "cells": [\n  {\n   "cell_type": "code",');
    const { json } = await server.get("/api/contents/new.ipynb?hash=1");
    expect(json.content.cells[0].source).toBe("2 + 2\n3");
    expect(json.hash).toBe(saved.json.hash);
    expect(
      (await server.ask("PUT", "/api/contents/new.ipynb", { type: "notebook", content: notebook("5") })).status,
    ).toBe(200);
  });

  it("stores what is not valid too, and says so: nothing is lost", async () => {
    const content = { ...notebook("x"), cells: [{ ...code("x"), outputs: [{ output_type: "unheard of" }] }] };
    const { status, json } = await server.ask("PUT", "/api/contents/odd.ipynb", { type: "notebook", content });
    expect(status).toBe(201);
    expect(json.message).toContain("output_type must be one of");
    expect(JSON.parse(String(onDisk("odd.ipynb"))).cells[0].outputs).toEqual([{ output_type: "unheard of" }]);
  });

  it("never stores that a cell was trusted", async () => {
    const content = { ...notebook("x"), cells: [{ ...code("x"), metadata: { trusted: true } }] };
    await server.ask("PUT", "/api/contents/trusting.ipynb", { type: "notebook", content });
    expect(String(onDisk("trusting.ipynb"))).not.toContain("trusted");
  });

  it("leaves the file as it was where writing fails", async () => {
    const folder = path.join(server.workspace.root, "locked");
    server.workspace.write("locked/a.txt", "before");
    fs.rmSync(path.join(folder, "a.txt.lock"), { force: true });
    const answer = await server.ask("PUT", "/api/contents/locked/a.txt", {
      type: "file",
      format: "base64",
      content: "no base64!",
    });
    expect(answer).toMatchObject({ status: 400, json: { message: expect.stringContaining("must be base64") } });
    expect(String(onDisk("locked/a.txt"))).toBe("before");
    expect(fs.readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("takes a large file in parts, which show only when all are there", async () => {
    const send = (chunk: number, content: string) => {
      return server.ask("PUT", "/api/contents/large.txt", { type: "file", format: "text", content, chunk });
    };
    await server.ask("PUT", "/api/contents/large.txt", { type: "file", format: "text", content: "old" });
    await send(1, "one ");
    await send(2, "two ");
    expect(String(onDisk("large.txt"))).toBe("old");
    await send(-1, "three");
    expect(String(onDisk("large.txt"))).toBe("one two three");
    expect((await server.ask("PUT", "/api/contents/late.txt", { type: "file", content: "x", chunk: 2 })).status).toBe(
      400,
    );
  });

  it("refuses what is no model, in words", async () => {
    const cases: [unknown, string][] = [
      [{ type: "notebook", content: "text" }, "the content of a notebook must be an object"],
      [{ type: "file", content: { a: 1 } }, "the content of a file must be a string"],
      [{ type: "file", content: "x", format: "latin1" }, "the format of a file must be text or base64"],
      [{ type: "pipe", content: "x" }, "the type must be notebook, file or directory"],
    ];
    for (const [model, message] of cases) {
      const answer = await server.ask("PUT", "/api/contents/text.txt", model);
      expect(answer).toMatchObject({ status: 400, json: { message: expect.stringContaining(message) } });
    }
    expect(String(onDisk("text.txt"))).toBe("words\n");
  });
});

describe("checkpoints", () => {
  it("bring back what was there, and follow a file that is renamed", async () => {
    const url = "/api/contents/kept.txt";
    await server.ask("PUT", url, { type: "file", content: "first" });
    const made = await server.ask("POST", `${url}/checkpoints`);
    expect(made).toMatchObject({ status: 201, json: { id: "checkpoint" } });
    await server.ask("PUT", url, { type: "file", content: "second" });
    await server.ask("PATCH", url, { path: "moved.txt" });
    expect((await server.get("/api/contents/moved.txt/checkpoints")).json).toEqual([made.json]);
    expect((await server.ask("POST", "/api/contents/moved.txt/checkpoints/checkpoint")).status).toBe(204);
    expect(String(onDisk("moved.txt"))).toBe("first");
    expect((await server.ask("POST", "/api/contents/moved.txt/checkpoints/other")).status).toBe(404);
  });
});

describe("names", () => {
  it("are found for what is new and for copies, and never taken twice", async () => {
    const names = [];
    for (const body of [
      { ext: ".txt" },
      { ext: ".txt" },
      { type: "notebook" },
      { type: "directory" },
      { copy_from: "text.txt" },
    ]) {
      names.push((await server.ask("POST", "/api/contents", body)).json.name);
    }
    expect(names).toEqual(["untitled.txt", "untitled1.txt", "Untitled.ipynb", "Untitled Folder", "text-Copy1.txt"]);
    const taken = await server.ask("PATCH", "/api/contents/untitled.txt", { path: "untitled1.txt" });
    expect(taken).toMatchObject({ status: 409, json: { message: "File already exists: untitled1.txt" } });
  });
});

describe("events", () => {
  it("tell of what was saved, renamed and deleted", async () => {
    const { WebSocket } = await import("ws");
    const socket = new WebSocket(`ws://127.0.0.1:${server.server.port}/api/events/subscribe`, {
      headers: server.authorization,
    });
    const events: { action: string; path: string }[] = [];
    socket.on("message", data => events.push(JSON.parse(String(data))));
    await new Promise(resolve => socket.once("open", resolve));
    await server.ask("PUT", "/api/contents/told.txt", { type: "file", content: "x" });
    await server.ask("PATCH", "/api/contents/told.txt", { path: "told2.txt" });
    await server.ask("DELETE", "/api/contents/told2.txt");
    await expect
      .poll(() => events.map(({ action, path: of }) => `${action} ${of}`))
      .toEqual(["upload told.txt", "rename told2.txt", "delete told2.txt"]);
    socket.close();
  });
});
