import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { program } from "../kernel/protocol/client.ts";
import { makeWorkspace } from "../kernel/support.ts";

const workspace = makeWorkspace();
let folder: string;
let folders = 0;
beforeEach(() => {
  // A quote and a space, as people's folders have them.
  folder = path.join(workspace.root, `it's a folder ${++folders}`);
  fs.mkdirSync(path.join(folder, "sub"), { recursive: true });
});
afterAll(() => workspace.remove());

function run(command: string, args: string[], input = "", cwd = folder) {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@b",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@b",
  };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    input,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}
const lectern = (args: string[], input?: string, cwd?: string) => run(process.execPath, [program, ...args], input, cwd);
function git(...args: string[]): string {
  const { code, out, err } = run("git", args);
  if (code !== 0) throw new Error(err);
  return out;
}

const figure = { "application/vnd.plotly.v1+json": { data: [{ y: [0.00001] }] } };
function text(data: object = { "text/plain": ["1"] }, source = "1"): string {
  const result = { data, execution_count: 7, metadata: {}, output_type: "execute_result" };
  const cell = { cell_type: "code", execution_count: 7, id: "a", metadata: {}, outputs: [result], source: [source] };
  return `${JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
const write = (name: string, content: string) => fs.writeFileSync(path.join(folder, name), content);
const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");

describe("lectern clean", () => {
  it("takes outputs and counts out of files, and leaves what is clean", () => {
    write("a.ipynb", text());
    expect(lectern(["clean", "--check", "a.ipynb"])).toMatchObject({ code: 1, err: "a.ipynb is not clean\n" });
    expect(read("a.ipynb")).toBe(text());
    expect(lectern(["clean", "a.ipynb"])).toMatchObject({ code: 0, err: "a.ipynb: cleaned\n" });
    expect(JSON.parse(read("a.ipynb")).cells[0]).toMatchObject({ outputs: [], execution_count: null, source: ["1"] });
    expect(lectern(["clean", "a.ipynb"])).toMatchObject({ code: 0, err: "" });
    expect(lectern(["clean", "--check", "a.ipynb"]).code).toBe(0);
  });

  it("keeps them where it is told to, and only writes as everybody should", () => {
    write("a.ipynb", text(figure).replace("0.00001", "1e-05"));
    expect(lectern(["clean", "--keep-outputs", "a.ipynb"]).code).toBe(0);
    expect(read("a.ipynb")).toBe(text(figure));
  });

  it("goes on to the next file after one that is none", () => {
    write("a.ipynb", "{");
    write("b.ipynb", text());
    const { code, err } = lectern(["clean", "a.ipynb", "b.ipynb"]);
    expect(code).toBe(1);
    expect(err).toMatch(/a\.ipynb: a notebook must be JSON[^\n]*\nb\.ipynb: cleaned\n/);
    expect(read("a.ipynb")).toBe("{");
  });

  it("goes from standard input to standard output, and lets pass what is no notebook", () => {
    expect(JSON.parse(lectern(["clean", "-"], text()).out).cells[0].outputs).toEqual([]);
    expect(lectern(["clean", "--keep-outputs", "-"], text()).out).toBe(text());
    expect(lectern(["clean", "-"], "")).toEqual({ code: 0, out: "", err: "" });
    const conflict = `<<<<<<< HEAD\n${text()}`;
    const { code, out, err } = lectern(["clean", "-", "a.ipynb"], conflict);
    expect([code, out]).toEqual([0, conflict]);
    expect(err).toMatch(/^a\.ipynb: a notebook must be JSON.* It passes as it is\.\n$/);
  });

  it("passes large notebooks whole", () => {
    const large = text({ "text/plain": ["x".repeat(5_000_000)] });
    expect(lectern(["clean", "--keep-outputs", "-"], large).out === large).toBe(true);
  });

  it.each([
    [[], /a notebook is needed/],
    [["none.ipynb"], /there is no such file/],
    [["--install", "a.ipynb"], /must stand alone/],
    [["--install", "--uninstall"], /must stand alone/],
    [["--attributes", "x", "-"], /must stand with --install/],
  ])("says what is wrong with %j", (args, message) => {
    const { code, err } = lectern(["clean", ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("as a filter of git", () => {
  it("keeps outputs out of commits, and in the files", () => {
    git("init", "-q");
    const { code, out } = lectern(["clean", "--install"]);
    expect([code, out]).toEqual([0, expect.stringContaining("without their outputs")]);
    write("a.ipynb", text());
    write("sub/it's b.ipynb", text());
    git("add", "-A");
    git("commit", "-qm", "first");
    expect(JSON.parse(git("show", "HEAD:a.ipynb")).cells[0].outputs).toEqual([]);
    expect(JSON.parse(git("show", "HEAD:sub/it's b.ipynb")).cells[0].outputs).toEqual([]);
    expect(read("a.ipynb")).toBe(text());
    write("a.ipynb", text({ "text/plain": ["2"] }));
    expect(git("status", "--porcelain")).toBe("");
    expect(git("diff")).toBe("");
    write("a.ipynb", text({ "text/plain": ["1"] }, "2"));
    expect(git("status", "--porcelain")).toBe(" M a.ipynb\n");
    git("checkout", "-q", "--", "a.ipynb");
    expect(JSON.parse(read("a.ipynb")).cells[0].outputs).toEqual([]);
  });

  it("keeps outputs as they were where an editor only wrote them in another way", () => {
    git("init", "-q");
    lectern(["clean", "--install", "--keep-outputs"]);
    write("a.ipynb", text({ ...figure, "image/svg+xml": ["<svg/>"] }));
    git("add", "-A");
    git("commit", "-qm", "first");
    expect(git("show", "HEAD:a.ipynb")).toBe(read("a.ipynb"));
    write("a.ipynb", text({ ...figure, "image/png": "p" }).replace("0.00001", "1e-05"));
    expect(git("diff")).toBe("");
    expect(run("git", ["diff", "--quiet"], "", path.join(folder, "sub")).code).toBe(0);
  });

  it("is there once, can be changed, and is taken away with all that it wrote", () => {
    git("init", "-q");
    write(".gitattributes", "* text=auto\n");
    for (const option of [[], ["--keep-outputs"], []])
      lectern(["clean", "--install", "--attributes", ".gitattributes", ...option]);
    expect(read(".gitattributes")).toBe("* text=auto\n*.ipynb filter=lectern\n");
    expect(git("config", "--get-all", "filter.lectern.clean").trim().split("\n")).toHaveLength(1);
    expect(lectern(["clean", "--uninstall", "--attributes", ".gitattributes"]).code).toBe(0);
    expect(read(".gitattributes")).toBe("* text=auto\n");
    expect(git("config", "--list")).not.toContain("lectern");
    expect(lectern(["clean", "--uninstall"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("must be installed"),
    });
  });

  it("does not add what it could not clean, when the command is gone", () => {
    git("init", "-q");
    lectern(["clean", "--install"]);
    git("config", "filter.lectern.clean", "no-such-command-here");
    write("a.ipynb", text());
    expect(() => git("add", "a.ipynb")).toThrow();
  });

  it("needs a repository", () => {
    const { code, err } = run(process.execPath, [program, "clean", "--install"], "", "/");
    expect(code).toBe(1);
    expect(err).toMatch(/must be in a git repository, but git said: .*not a git repository/);
  });
});
