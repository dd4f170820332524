import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const lectern = resolve(import.meta.dirname, "../../dist/cli/main.js");
const root = realpathSync(mkdtempSync(join(tmpdir(), "lectern-own-course-")));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

const notebook = (source: string) => ({
  cells: [
    { cell_type: "markdown", id: "title", metadata: {}, source: "# Dice\n\nWhat a die shows." },
    { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

function run(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [lectern, ...args], {
    cwd: join(root, folder),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

write("mine/notebooks/01-dice.ipynb", notebook("1 + 1"));
write("mine/notebooks/02-coins.ipynb", notebook("2 + 2"));
write("mine/notebooks/course.json", {
  title: "Chance",
  lectures: [
    { notebook: "01-dice.ipynb", title: "Dice", minutes: 20, needs: [] },
    { notebook: "02-coins.ipynb", title: "Coins" },
  ],
});

describe("a course of one's own", () => {
  it.each(["mine", "mine/notebooks"])("is what `course` means in its folder, and below: %s", folder => {
    const { status, stdout } = run(folder, "run", "course", "--report", "json");
    expect(status).toBe(0);
    const { notebooks } = JSON.parse(stdout) as { notebooks: { path: string }[] };
    expect(notebooks.map(({ path }) => path.replace(/^.*\//, ""))).toEqual(["01-dice.ipynb", "02-coins.ipynb"]);
  });

  it("is exported as a site under its own title", () => {
    const { status, stdout } = run("mine", "export", "course", "--out", "site");
    expect([status, stdout.split("\n")[0]]).toEqual([0, "site/index.html"]);
    const index = readFileSync(join(root, "mine/site/index.html"), "utf8");
    expect(index).toMatch(/<h1>Chance<\/h1>/);
    expect(index).toContain("2 lectures");
  });

  it.each([
    ["{", /it must be a file of JSON, but got .*JSON/],
    ["[]", /it must hold \{ "title": …, "lectures": \[ … \] \}, but got \[\]; look at it\./],
    [
      '{"title":"T","lectures":[{"notebook":"../../x.ipynb","title":"X"}]}',
      /a lecture must be .*but got \{"notebook":"\.\./,
    ],
    ['{"title":"T","lectures":[null]}', /a lecture must be .*but got null/],
  ])("that is not one says so: %s", (text, words) => {
    write("broken/notebooks/course.json", text);
    for (const args of [
      ["check", "course"],
      ["open", "--no-browser"],
    ]) {
      const { status, stderr } = run("broken", ...args);
      expect(status).toBe(2);
      const told = stderr
        .trim()
        .split("\n")
        .filter(line => line !== "Starting …");
      expect(told).toEqual([expect.stringMatching(/^lectern (check|open): .*notebooks\/course\.json: /)]);
      expect(told[0]).toMatch(words);
    }
  });
});
