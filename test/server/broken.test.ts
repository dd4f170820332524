import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { formatNotebook, type Notebook } from "../../src/notebook/index.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { stopAll, TestServer } from "./support.ts";

// One lecture, or the student's copy of it, cannot be read: the rest of the course is there all the same.

const lecture = (word: string): string => {
  const code = { cell_type: "code" as const, metadata: {}, outputs: [], execution_count: null };
  const notebook: Notebook = {
    cells: [
      { cell_type: "markdown", id: "text", metadata: {}, source: `## A ${word}` },
      { ...code, id: "constructor", source: "1" },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  return formatNotebook(notebook);
};
const course = {
  title: "A course",
  lectures: ["a", "b"].map(name => ({ notebook: `${name}.ipynb`, title: name, minutes: 5, needs: [] })),
};
const outside = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-outside-"));
fs.writeFileSync(path.join(outside, "secret.ipynb"), lecture("secret"));
afterAll(async () => {
  await stopAll();
  fs.rmSync(outside, { recursive: true });
});

let server: TestServer;
let root: string;
beforeEach(async () => {
  const workspace = makeWorkspace({
    "notebooks/a.ipynb": lecture("first"),
    "notebooks/b.ipynb": lecture("second"),
    "notebooks/course.json": JSON.stringify(course),
    "work/readme.md": "",
  });
  root = workspace.root;
  server = await TestServer.start({ mode: "study" }, {}, workspace);
});
const at = (name: string) => path.join(root, name);
const listed = async () => {
  const { status, json } = await server.get("/lectern/course");
  expect(status).toBe(200);
  return json.lectures as { path: string; problem?: string; copy: boolean; cells: { code: number } }[];
};

const copies: [string, () => void, RegExp][] = [
  ["no JSON", () => fs.writeFileSync(at("work/a.ipynb"), "{ no"), /a notebook must be JSON/],
  ["empty", () => fs.writeFileSync(at("work/a.ipynb"), ""), /a notebook must be JSON/],
  ["no notebook", () => fs.writeFileSync(at("work/a.ipynb"), "[]"), /must be/],
  ["a folder", () => fs.mkdirSync(at("work/a.ipynb")), /it must be a file, but is a folder/],
  ["a link that leads out", () => fs.symlinkSync(path.join(outside, "secret.ipynb"), at("work/a.ipynb")), /must stay/],
  ["a link to nothing", () => fs.symlinkSync("nothing", at("work/a.ipynb")), /must stay/],
];

describe.each(copies)("a copy that is %s", (_what, make, sentence) => {
  it("is named with what is wrong and how to begin anew, which works; the others are there", async () => {
    make();
    const [first, second] = await listed();
    expect(first?.problem).toMatch(/^"?work\/a\.ipynb/);
    expect(first?.problem).toMatch(sentence);
    expect(first?.problem).toMatch(/Or reset the lecture, which keeps this copy in work\/\.lectern\.$/);
    expect(first?.copy).toBe(true);
    expect(second).toMatchObject({ path: "notebooks/b.ipynb", cells: { code: 1 } });
    expect(second?.problem).toBeUndefined();
    expect((await server.get("/lectern/search?q=second")).json.results).toHaveLength(1);
    const read = await server.get("/api/contents/notebooks/a.ipynb?type=notebook");
    expect([400, 404]).toContain(read.status);
    expect(read.json.message).toContain("Or reset the lecture");
    const reset = await server.ask("POST", "/lectern/reset/notebooks/a.ipynb");
    expect([reset.status, reset.json.content.cells[0].source]).toEqual([200, "## A first"]);
    expect(fs.readdirSync(at("work/.lectern")).filter(name => /^a\..*\.ipynb$/.test(name))).toHaveLength(1);
    expect((await listed())[0]).toMatchObject({ copy: false });
    expect(fs.readFileSync(path.join(outside, "secret.ipynb"), "utf8")).toBe(lecture("secret"));
  });
});

it.each([
  ["missing", () => fs.rmSync(at("notebooks/b.ipynb"))],
  ["broken", () => fs.writeFileSync(at("notebooks/b.ipynb"), "{")],
])("names a lecture that is %s, and lists the others", async (_what, make) => {
  make();
  const [first, second] = await listed();
  expect(first?.problem).toBeUndefined();
  expect(second?.problem).toMatch(/^notebooks\/b\.ipynb/);
  expect((await server.get("/lectern/search?q=first")).json.results).toHaveLength(1);
});

it("lists the lectures whatever is noted of them", async () => {
  fs.mkdirSync(at("work/.lectern"));
  fs.writeFileSync(at("work/.lectern/progress.json"), '{"notebooks/a.ipynb":{"constructor":{"status":"ok"}}}');
  expect((await listed()).map(({ cells }) => cells.code)).toEqual([1, 1]);
});

it("notes and keeps nothing where work/.lectern is a link", async () => {
  fs.symlinkSync(outside, at("work/.lectern"));
  fs.writeFileSync(at("work/a.ipynb"), lecture("mine"));
  expect((await server.ask("POST", "/lectern/reset/notebooks/a.ipynb")).status).toBe(403);
  expect((await listed())[0]).toMatchObject({ copy: true });
  expect(fs.readdirSync(outside)).toEqual(["secret.ipynb"]);
});
