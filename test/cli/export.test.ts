import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cell, formatNotebook, type Notebook, setFingerprint } from "../../src/notebook/index.ts";
import { repository } from "../kernel/support.ts";

const folder = mkdtempSync(join(tmpdir(), "lectern export "));
afterAll(() => rmSync(folder, { recursive: true }));
const main = join(repository, "dist/cli/main.js");

function lectern(...args: string[]) {
  return lecternWith({}, ...args);
}

function lecternWith(environment: Record<string, string>, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}

const cell = (source: string, count: number | null): Cell => ({
  cell_type: "code",
  id: `c${count}`,
  source,
  metadata: {},
  execution_count: count,
  outputs: [],
});
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

beforeAll(async () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const fresh = async (...cells: Cell[]) =>
    formatNotebook(await setFingerprint(join(folder, "any.ipynb"), notebook(...cells)));
  write("fresh.ipynb", await fresh(cell("1 + 1", 1), cell("2 + 2", 2)));
  write("unordered.ipynb", await fresh(cell("1 + 1", 2), cell("2 + 2", 1)));
  write("stale.ipynb", (await fresh(cell("1 + 1", 1))).replace("1 + 1", "1 + 2"));
  write("empty.ipynb", formatNotebook(notebook()));
  write("blank.ipynb", formatNotebook(notebook(cell("  ", null))));
  write("broken.ipynb", "{");
});

describe("what should not be handed out", () => {
  const kinds: [string, RegExp][] = [
    ["stale.ipynb", /^stale\.ipynb: its outputs are not up to date \(the code changed/m],
    ["unordered.ipynb", /^unordered\.ipynb: its outputs are not up to date \(execution counts must be 1, 2, 3/m],
    ["empty.ipynb", /^empty\.ipynb: a notebook must have something in it, but got no cells; /m],
    ["blank.ipynb", /^blank\.ipynb: a notebook must have something in it, but got nothing in its cells; /m],
  ];

  it.each(kinds)("is told, and refused with --strict: %s", (name, words) => {
    const strict = lectern("export", name, "--strict", "--out", "strict");
    expect([strict.status, strict.stderr]).toEqual([1, expect.stringMatching(words)]);
    expect(existsSync(join(folder, "strict", name.replace("ipynb", "html")))).toBe(false);
    const lenient = lectern("export", name, "--out", "lenient");
    expect([lenient.status, lenient.stderr]).toEqual([0, expect.stringMatching(words)]);
    expect(existsSync(join(folder, "lenient", name.replace("ipynb", "html")))).toBe(true);
  });

  it.each(kinds)("is refused by check: %s", name => {
    const { status, stderr } = lectern("check", name);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`${name}: `)]);
  });

  it("is nothing in a notebook that ran from top to bottom", () => {
    const { status, stderr, lines } = lectern("export", "fresh.ipynb", "--strict", "--out", "strict");
    expect([status, stderr, lines]).toEqual([0, "", ["strict/fresh.html"]]);
  });
});

describe("the formats", () => {
  it.each([
    ["html", "fresh.html", "fresh.instructor.html"],
    ["md", "fresh.md", "fresh.instructor.md"],
    ["slides", "fresh.slides.html", "fresh.instructor.slides.html"],
    ["ipynb", "fresh.ipynb", "fresh.instructor.ipynb"],
  ])("%s has a file of its own for each reader", (format, student, instructor) => {
    const out = `formats ${format}`;
    expect(lectern("export", "fresh.ipynb", "--to", format, "--out", out).lines).toEqual([`${out}/${student}`]);
    const { lines } = lectern("export", "fresh.ipynb", "--to", format, "--out", out, "--for", "instructor");
    expect(lines).toEqual([`${out}/${instructor}`]);
    expect(readdirSync(join(folder, out)).sort()).toEqual([student, instructor].sort());
  });

  it("pdf says what is missing where there is no browser", () => {
    const { status, stderr } = lecternWith({ LECTERN_CHROMIUM: "/nowhere" }, "export", "fresh.ipynb", "--to", "pdf");
    expect(stderr).toMatch(
      /^lectern export: LECTERN_CHROMIUM must be the path of a Chromium, but there is no \/nowhere;.*\n$/,
    );
    expect(status).toBe(1);
  });

  it("are no others, and only a page is interactive", () => {
    expect(lectern("export", "fresh.ipynb", "--to", "docx").stderr).toMatch(
      /--to must be html, md, pdf, slides or ipynb, but got docx/,
    );
    const { status, stderr } = lectern("export", "fresh.ipynb", "--to", "md", "--interactive");
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/--interactive must stand with --to html, since .* Markdown/),
    ]);
  });
});

it("goes on after a notebook that fails, and says so at the end", () => {
  const { status, stderr, lines } = lectern("export", "broken.ipynb", "fresh.ipynb", "--out", "some");
  expect(lines).toEqual(["some/fresh.html"]);
  expect(stderr).toMatch(/^broken\.ipynb: a notebook must be JSON/);
  expect(status).toBe(1);
});

it.each(["/proc/lectern/below", "/sys/lectern", "fresh.ipynb", "fresh.ipynb/below"])(
  "says at once that nothing can be written to %s",
  out => {
    const { status, stderr, lines } = lectern("export", "fresh.ipynb", "--out", out);
    expect(lines).toEqual([""]);
    expect(stderr).toMatch(/^lectern export: --out must be a folder\b.*\n$/);
    expect(status).toBe(2);
  },
);

it("makes the folders above the one to write to, and leaves nothing else there", () => {
  expect(lectern("export", "fresh.ipynb", "--out", "a/b/c").status).toBe(0);
  expect(readdirSync(join(folder, "a/b/c"))).toEqual(["fresh.html"]);
});

it.each(["1", "2"])("does not mind that nobody reads file descriptor %s", descriptor => {
  const command = `"${process.execPath}" "${main}" export fresh.ipynb stale.ipynb --out piped ${descriptor}>&3; echo $? >&4`;
  const { stdout } = spawnSync("bash", ["-c", `{ { ${command}; } 3>&1 4>&5 | true; } 5>&1`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout.trim()).toBe("0");
  expect(existsSync(join(folder, "piped/stale.html"))).toBe(true);
  rmSync(join(folder, "piped"), { recursive: true });
});
