import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatNotebook, type Notebook } from "../../src/notebook/index.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { Page, stopAll, TestServer, until } from "./support.ts";

const claim =
  'Object.assign({}, { [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.lectern.claim+json": { text: "one", holds: true } }) })';
const solution = `const answer = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};\n${claim}`;
const lecture: Notebook = {
  cells: [
    { cell_type: "markdown", id: "head", metadata: {}, source: "# Café and *variance*" },
    { cell_type: "code", id: "plain", metadata: {}, source: "1 + 1", outputs: [], execution_count: 1 },
    { cell_type: "code", id: "task", metadata: {}, source: solution, outputs: [], execution_count: 2 },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
const course = { title: "A course", lectures: [{ notebook: "01-one.ipynb", title: "One", minutes: 5, needs: [] }] };
const lecturePath = "notebooks/01-one.ipynb";

const files = {
  [lecturePath]: formatNotebook(lecture),
  "notebooks/course.json": JSON.stringify(course),
  "src/library.ts": "export const one = 1;\n",
  ".gitignore": "work/\nnode_modules\npage/\n.ipynb_checkpoints/\n.lectern/\n",
};

let server: TestServer;
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
    cwd: server.workspace.root,
    encoding: "utf8",
  });

beforeAll(async () => {
  const workspace = makeWorkspace(files);
  server = await TestServer.start({ mode: "study" }, {}, workspace);
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "course");
});
afterAll(stopAll);

const changed = () => ({
  ...lecture,
  cells: lecture.cells.map(cell => (cell.id === "plain" ? { ...cell, source: "2 + 2" } : cell)),
});
const save = (content: object) =>
  server.ask("PUT", `/api/contents/${lecturePath}`, { type: "notebook", format: "json", content });
const current = async () => (await server.get(`/api/contents/${lecturePath}`)).json.content.cells[1].source;
const copy = () => path.join(server.workspace.root, "work", "01-one.ipynb");

describe("a lecture that is studied", () => {
  it("is read from the course until it is changed, and from the student's copy then", async () => {
    expect(await current()).toBe("1 + 1");
    expect((await save(changed())).status).toBe(200);
    expect(await current()).toBe("2 + 2");
    expect(fs.existsSync(copy())).toBe(true);
    const { json } = await server.get(`/lectern/original/${lecturePath}`);
    expect(json.content.cells[1].source).toBe("1 + 1");
  });

  it("stays whole whatever is asked for, and git sees nothing of the studying", async () => {
    const url = `/api/contents/${lecturePath}`;
    const attempts = [
      server.ask("DELETE", url),
      server.ask("PATCH", url, { path: "notebooks/02.ipynb" }),
      server.ask("DELETE", "/api/contents/notebooks"),
      server.ask("PUT", "/api/contents/src/library.ts", { type: "file", content: "broken" }),
      server.ask("PUT", "/api/contents/new.txt", { type: "file", content: "x" }),
      server.ask("POST", "/api/contents/src", { copy_from: lecturePath }),
      server.ask("PATCH", "/api/contents/src/library.ts", { path: "notebooks/library.ts" }),
    ];
    for (const { status, json } of await Promise.all(attempts))
      expect([status, json.message]).toEqual([403, expect.any(String)]);
    await server.ask("POST", `${url}/checkpoints`);
    const own = await server.ask("POST", "/api/contents/notebooks", { type: "notebook" });
    expect(own.json.path).toBe("notebooks/Untitled.ipynb");
    await server.ask("POST", "/api/contents/notebooks", { copy_from: lecturePath });
    const { json } = await server.ask("POST", "/api/sessions", { path: lecturePath, type: "notebook", kernel: {} });
    const page = await Page.open(server, json.kernel.id);
    await page.finished(page.execute("await import('node:fs').then(fs => fs.existsSync('01-one.ipynb'))", "plain"));
    await page.close();
    expect(git("status", "--porcelain")).toBe("");
    const names = (await server.get("/api/contents/notebooks")).json.content.map((each: { name: string }) => each.name);
    expect(names.sort()).toEqual(["01-one-Copy1.ipynb", "01-one.ipynb", "Untitled.ipynb", "course.json"]);
    expect((await server.get("/api/contents/src/library.ts")).json).toMatchObject({ writable: false });
  });

  it("counts what the student ran, and an exercise only with code of their own", async () => {
    const { json } = await server.ask("POST", "/api/sessions", { path: lecturePath, type: "notebook", kernel: {} });
    const page = await Page.open(server, json.kernel.id);
    const of = async () => (await server.get("/lectern/course")).json.lectures[0];
    await page.finished(page.execute(solution, "task"));
    await until(async () => (await of()).claims.made === 1, "the claim");
    expect(await of()).toMatchObject({
      path: lecturePath,
      copy: true,
      cells: { code: 2, run: 2 },
      claims: { stored: 0, made: 1, holding: 1 },
      exercises: { total: 1, solved: 0 },
    });
    await page.finished(page.execute(solution.replace("return 1", "return 2 - 1"), "task"));
    await until(async () => (await of()).exercises.solved === 1, "the exercise");
    await page.close();
  });

  it("is found by words, without case and accents", async () => {
    const results = async (q: string) => (await server.get(`/lectern/search?q=${encodeURIComponent(q)}`)).json.results;
    expect(await results("CAFE variance")).toMatchObject([
      { path: lecturePath, cell: "head", heading: "Café and variance", excerpt: expect.not.stringContaining("*") },
    ]);
    expect(await results("café nowhere")).toEqual([]);
    expect(await results("  ")).toEqual([]);
  });

  it("is reset, and the copy kept aside", async () => {
    const before = fs.readFileSync(copy(), "utf8");
    const { json } = await server.ask("POST", `/lectern/reset/${lecturePath}`);
    expect(json.content.cells[1].source).toBe("1 + 1");
    expect(await current()).toBe("1 + 1");
    expect(fs.existsSync(copy())).toBe(false);
    const aside = fs
      .readdirSync(path.join(server.workspace.root, "work", ".lectern"))
      .filter(name => name.startsWith("01-one."));
    expect(aside).toHaveLength(1);
    expect(fs.readFileSync(path.join(server.workspace.root, "work", ".lectern", aside[0] ?? ""), "utf8")).toBe(before);
    expect((await server.get("/lectern/course")).json.lectures[0]).toMatchObject({ copy: false, cells: { run: 0 } });
    expect((await server.ask("POST", "/lectern/reset/notebooks/none.ipynb")).status).toBe(404);
  });

  it("becomes a handout of what is saved", async () => {
    const { text, headers } = await server.get(`/lectern/handout/${lecturePath}?download=1`);
    expect(text).toContain("handout of 3 cells");
    expect(headers["content-disposition"]).toBe("attachment; filename*=UTF-8''01-one.html");
    // As another handout links it.
    const linked = await server.get(`/lectern/handout/${lecturePath.replace(".ipynb", ".html")}`);
    expect(linked.text).toBe(text);
  });
});

describe("a course that is edited", () => {
  it("is written itself, canonically, and without what only says how it was looked at", async () => {
    const editing = await TestServer.start({ mode: "edit" }, files);
    const seen = changed();
    const cells = seen.cells.map(cell => ({
      ...cell,
      metadata: { trusted: true, execution: { "iopub.status.busy": "2026" } },
    }));
    await editing.ask("PUT", `/api/contents/${lecturePath}`, { type: "notebook", content: { ...seen, cells } });
    expect(fs.readFileSync(path.join(editing.workspace.root, lecturePath), "utf8")).toBe(formatNotebook(seen));
    expect(fs.existsSync(path.join(editing.workspace.root, "work"))).toBe(false);
    expect((await editing.ask("POST", `/lectern/reset/${lecturePath}`)).status).toBe(409);
    expect((await editing.get("/lectern/course")).json.lectures).toHaveLength(1);
    await editing.stop();
  });
});

describe.each(["study", "edit", "plain"] as const)("a handout, mode %s", mode => {
  it("holds no solution, under either address, unless it is asked for as an instructor", async () => {
    const renderHandout = async ({ cells }: Notebook) => cells.map(({ source }) => source).join("\n");
    const own = await TestServer.start({ mode, renderHandout }, files);
    for (const address of ["lectern/handout", "nbconvert/html"]) {
      const { status, text } = await own.get(`/${address}/${lecturePath}?download=1`);
      expect([status, text]).toEqual([200, expect.stringContaining("your answer, in place of this line")]);
      expect(text).not.toMatch(/SOLUTION|return 1/);
    }
    expect((await own.get(`/lectern/handout/${lecturePath}?for=instructor`)).text).toContain("return 1");
    const refused = await own.get(`/lectern/handout/${lecturePath}?for=all`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("for must be student or instructor, but got all");
    await own.stop();
  });
});
