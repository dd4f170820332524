import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { refusedByFiles } from "../../src/server/errors.ts";
import { stopAll, TestServer } from "./support.ts";

// Every field of every body and address, each of the wrong kind: refused in a sentence, with nothing on the terminal.

let server: TestServer;
let terminal: MockInstance<typeof console.error>;
beforeAll(async () => {
  server = await TestServer.start({}, { "sub/a.txt": "a" });
});
afterAll(stopAll);
beforeEach(() => {
  terminal = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  terminal.mockRestore();
});

const texts: Record<string, readonly string[]> = {
  "POST /api/contents/sub": ["type", "ext", "copy_from"],
  "PUT /api/contents/sub/b.txt": ["type", "format", "path", "hash", "copy_from"],
  "PATCH /api/contents/sub/a.txt": ["path"],
  "POST /api/kernels": ["name", "path", "kernel_id", "id", "env.KERNEL_WORKING_DIR"],
  "POST /api/sessions": ["path", "name", "type", "kernel.name", "kernel.id", "notebook.path", "notebook.name"],
  "PATCH /api/sessions/none": ["path", "name", "type", "kernel.name", "kernel.id", "notebook.path", "notebook.name"],
};
const objects: Record<string, readonly string[]> = {
  "POST /api/kernels": ["", "env"],
  "POST /api/sessions": ["", "kernel", "notebook"],
  "PUT /api/contents/sub/b.txt": [""],
  "POST /api/contents/sub": [""],
  "PATCH /api/contents/sub/a.txt": [""],
};
const good = { path: "sub/c.txt", type: "file", format: "text", content: "" };

/** A body in which the field has that value. */
function bodyWith(field: string, value: unknown): unknown {
  if (field === "") return value;
  const [first = "", second] = field.split(".");
  return { ...good, [first]: second === undefined ? value : { [second]: value } };
}

const table = [
  ...Object.entries(texts).flatMap(([route, fields]) =>
    fields.flatMap(field => [5, true, {}, ["a"]].map(value => [route, field, value] as const)),
  ),
  ...Object.entries(objects).flatMap(([route, fields]) =>
    fields.flatMap(field => [5, "text", true, []].map(value => [route, field, value] as const)),
  ),
  ...["a", {}, 1.5].map(value => ["PUT /api/contents/sub/b.txt", "chunk", value] as const),
  ...["a\r\nX: y", "a/b", "é"].flatMap(value => [
    ["POST /api/kernels", "kernel_id", value] as const,
    ["POST /api/kernels", "id", value] as const,
    ["POST /api/sessions", "kernel.id", value] as const,
  ]),
];

it.each(table)("%s refuses %s = %j", async (route, field, value) => {
  const [method = "", url = ""] = route.split(" ");
  const { status, json } = await server.ask(method, url, JSON.stringify(bodyWith(field, value)));
  expect([status, json.message]).toEqual([400, expect.stringMatching(/^[^\n]+: it must .+, but got .+; .+\.$/)]);
  expect(json.message).toContain(field);
  expect(terminal).not.toHaveBeenCalled();
});

it("changes nothing for any of them", async () => {
  expect((await server.get("/api/kernels")).json).toEqual([]);
  expect((await server.get("/api/sessions")).json).toEqual([]);
  const { json } = await server.get("/api/contents/sub");
  expect(json.content.map((each: { name: string }) => each.name)).toEqual(["a.txt"]);
});

it("takes null for what is left out", async () => {
  const body = { type: null, ext: null, copy_from: null, path: null, format: null, hash: null, chunk: null };
  expect((await server.ask("POST", "/api/contents/sub", body)).status).toBe(201);
  const saved = { ...body, type: "file", content: "x" };
  expect((await server.ask("PUT", "/api/contents/sub/a.txt", saved)).status).toBe(200);
});

describe("an address", () => {
  it.each([
    "/api/resolvePath?path=a&path=b",
    "/api/contents?type=file&type=file",
    "/api/contents/sub/a.txt?hash=1&hash=1",
    "/lectern/search?q=a&q=b",
    "/files/sub/a.txt?download=1&download=1",
    "/lectern/handout/sub/a.txt?for=student&for=student",
    "/?token=a&token=b",
    "/nowhere-but-checked-all-the-same/..?a=1",
  ])("says each thing once: %s", async url => {
    const { status, json } = await server.get(url);
    expect([400, 404]).toContain(status);
    if (url.includes("&")) expect([status, json.message]).toEqual([400, expect.stringContaining("in the address")]);
    expect(terminal).not.toHaveBeenCalled();
  });

  it("with two tokens lets nobody in, to a page or a websocket", async () => {
    const url = `?token=${server.server.token}&token=b`;
    expect((await server.ask("GET", `/${url}`, undefined, { accept: "text/html" })).status).toBe(403);
    expect(await server.upgrade(`/api/events/subscribe${url}`, {})).toBe(403);
    expect(await server.upgrade(`/api/kernels/a/channels${url}`, {})).toBe(403);
    expect(terminal).not.toHaveBeenCalled();
  });

  it("that is none leads to the course", async () => {
    for (const url of ["//[", "//", "/\\evil.example/"]) {
      const { status, text } = await server.ask("GET", `${url}?token=${server.server.token}`, undefined, {
        accept: "text/html",
      });
      expect(status, url).toBe(200);
      expect(text).toMatch(/url=\/[^/"\\]*"/);
    }
    expect(terminal).not.toHaveBeenCalled();
  });
});

it("a folder is not moved into itself", async () => {
  const { status, json } = await server.ask("PATCH", "/api/contents/sub", { path: "sub/below" });
  expect([status, json.message]).toEqual([400, expect.stringContaining("cannot be moved into itself")]);
  expect(terminal).not.toHaveBeenCalled();
});

describe("what is longer than any text can be", () => {
  it("is refused before it comes", async () => {
    const length = { ...server.authorization, "content-length": "536870890" };
    expect((await server.ask("PUT", "/api/contents/large.txt", "", length)).status).toBe(413);
  });

  it.each([
    ["joined", () => "x".repeat(2 ** 29).concat("x".repeat(2 ** 29))],
    ["decoded", () => Object.assign(new Error("too long"), { code: "ERR_STRING_TOO_LONG" })],
  ])("is told in a sentence where it comes about (%s)", (_what, make) => {
    const thrown = (() => {
      try {
        return make();
      } catch (error) {
        return error;
      }
    })();
    expect(refusedByFiles(thrown, "a.txt")).toMatchObject({
      statusCode: 413,
      message: expect.stringMatching(/^a\.txt: /),
    });
  });
});
