import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Notebook, parseNotebook } from "../../src/notebook/index.ts";
import { Notary } from "../../src/server/trust/notary.ts";
import { Signatures } from "../../src/server/trust/signatures.ts";
import { isAllTrusted } from "../../src/server/trust/marks.ts";
import { type Json, stopAll, TestServer } from "./support.ts";

const html = { output_type: "display_data", data: { "text/html": "<b>bold</b>" }, metadata: {} };
const said = { output_type: "stream", name: "stdout", text: "said\n" };
const code = (id: string, outputs: object[], metadata: object = {}) => ({
  cell_type: "code",
  id,
  metadata,
  source: "1",
  outputs,
  execution_count: 1,
});
const notebook = (...cells: object[]) => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

const state = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-state-"));
const signatures = path.join(state, "lectern", "signatures");
const secret = "5".repeat(64);
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ signatures, secret });
});
afterAll(async () => {
  await stopAll();
  fs.rmSync(state, { recursive: true });
});

const url = (name: string) => `/api/contents/${name}`;
const put = (name: string, content: object) =>
  server.ask("PUT", url(name), { type: "notebook", format: "json", content });
/** What the page is told of each cell. */
async function marks(name: string, from: TestServer = server): Promise<unknown[]> {
  const { json } = await from.get(url(name));
  return json.content.cells.map((cell: Json) => cell.metadata.trusted);
}

describe("a notebook that came from elsewhere", () => {
  it("is not trusted, whatever it says of itself", async () => {
    const cells = [
      code("a", [html], { trusted: true }),
      { cell_type: "markdown", id: "b", metadata: { trusted: true }, source: "x" },
    ];
    server.workspace.write("foreign.ipynb", JSON.stringify(notebook(...cells)));
    expect(await marks("foreign.ipynb")).toEqual([false, undefined]);
    // Nor what is no valid notebook, which the page gets as it is.
    const broken = notebook(code("a", [{ output_type: "unheard of" }], { trusted: true }), 7 as never);
    server.workspace.write("broken.ipynb", JSON.stringify(broken));
    expect((await server.get(url("broken.ipynb"))).json.content.cells[0].metadata).toEqual({ trusted: false });
  });

  it("stays so when it is saved before all of it was run here", async () => {
    await put("half.ipynb", notebook(code("a", [html], { trusted: true }), code("b", [html], { trusted: false })));
    expect(await marks("half.ipynb")).toEqual([false, false]);
  });

  it("is trusted when all of it was run here, text aside, until somebody else changes it", async () => {
    await put("own.ipynb", notebook(code("a", [html], { trusted: true }), code("b", [said])));
    expect(await marks("own.ipynb")).toEqual([true, true]);
    const file = path.join(server.workspace.root, "own.ipynb");
    const own = fs.readFileSync(file, "utf8");
    expect(own).not.toContain("trusted");
    for (const [from, to] of [
      ["bold", "evil"],
      ['"1"', '"process.exit()"'],
    ] as const) {
      fs.writeFileSync(file, own.replace(from, to));
      expect(await marks("own.ipynb"), to).toEqual([false, false]);
    }
    // Only how it is written says nothing.
    fs.writeFileSync(file, JSON.stringify(JSON.parse(own)));
    expect(await marks("own.ipynb")).toEqual([true, true]);
    await server.ask("POST", "/api/contents", { copy_from: "own.ipynb" });
    expect(await marks("own-Copy1.ipynb")).toEqual([true, true]);
  });

  it("is trusted by Jupyter's own request, where it is a notebook", async () => {
    server.workspace.write("asked.ipynb", JSON.stringify(notebook(code("a", [html]))));
    expect((await server.ask("POST", `${url("asked.ipynb")}/trust`)).status).toBe(201);
    expect(await marks("asked.ipynb")).toEqual([true]);
    expect((await server.ask("POST", `${url("broken.ipynb")}/trust`)).status).toBe(400);
    expect((await server.ask("POST", `${url("nowhere.ipynb")}/trust`)).status).toBe(404);
  });
});

describe("the signatures", () => {
  it("are outside the folder, of this user only, and count for the next server", async () => {
    await put("kept.ipynb", notebook(code("a", [html], { trusted: true })));
    expect(fs.statSync(signatures).mode & 0o077).toBe(0);
    expect(fs.readFileSync(signatures, "utf8")).not.toContain(secret);
    expect(fs.readdirSync(server.workspace.root).filter(name => /signature|secret|lectern/.test(name))).toEqual([]);
    const bytes = fs.readFileSync(path.join(server.workspace.root, "kept.ipynb"), "utf8");
    const next = await TestServer.start({ signatures, secret }, { "kept.ipynb": bytes });
    expect(await marks("kept.ipynb", next)).toEqual([true]);
    const other = await TestServer.start({ signatures, secret: "6".repeat(64) }, { "kept.ipynb": bytes });
    expect(await marks("kept.ipynb", other)).toEqual([false]);
  });

  it("that cannot be kept do not keep a notebook from being saved", async () => {
    const file = path.join(state, "a-file");
    fs.writeFileSync(file, "");
    const poor = await TestServer.start({ signatures: path.join(file, "signatures"), secret });
    const content = notebook(code("a", [html], { trusted: true }));
    const answer = await poor.ask("PUT", url("new.ipynb"), { type: "notebook", content });
    expect(answer.status).toBe(201);
    expect(JSON.parse(fs.readFileSync(path.join(poor.workspace.root, "new.ipynb"), "utf8")).cells).toHaveLength(1);
  });

  it("are forgotten where they were used least of late", async () => {
    const file = path.join(state, "few");
    const [few, other] = [new Signatures(file, 8), new Signatures(file, 8)];
    const name = (n: number) => n.toString(16).padStart(64, "0");
    for (let n = 0; n < 8; n++) await few.add(name(n));
    expect(await other.has(name(0))).toBe(true);
    await few.add(name(8));
    const known = await Promise.all(Array.from({ length: 9 }, (_, n) => other.has(name(n))));
    expect(known).toEqual([true, false, false, false, true, true, true, true, true]);
    for (let n = 0; n < 100; n++) await few.has(name(n % 2 === 0 ? 0 : 8));
    expect(fs.readFileSync(file, "utf8").split("\n").length).toBeLessThan(20);
  });

  it("fit no other content: no two notebooks run together into the same", async () => {
    const notary = new Notary({ secret });
    const of = (...sources: string[]): Notebook =>
      parseNotebook(JSON.stringify(notebook(...sources.map((source, i) => ({ ...code(`c${i}`, [html]), source })))));
    await notary.trust(of("ab", "c"));
    expect(await notary.isTrusted(of("ab", "c"))).toBe(true);
    for (const other of [of("a", "bc"), of("abc"), of("ab", "c", "")])
      expect(await notary.isTrusted(other)).toBe(false);
  });
});

it("takes a notebook without outputs for harmless, and none with something to show", () => {
  const of = (...outputs: object[]) => parseNotebook(JSON.stringify(notebook(code("a", outputs))));
  expect(isAllTrusted(of())).toBe(true);
  expect(isAllTrusted(of(said, { output_type: "error", ename: "E", evalue: "v", traceback: [] }))).toBe(true);
  expect(isAllTrusted(of(said, html))).toBe(false);
  expect(isAllTrusted(of({ ...html, output_type: "execute_result", execution_count: 1 }))).toBe(false);
});
