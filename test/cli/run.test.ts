import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { slowness } from "../../src/kernel/process/slowness.ts";

const lectern = resolve(import.meta.dirname, "../../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "lectern run "));
afterAll(() => rmSync(folder, { recursive: true }));

function command(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [lectern, ...args], { cwd: folder, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

let count = 0;
/** A notebook of these code cells; a cell that begins with `#tag name` carries that tag. */
function notebook(...sources: string[]): string {
  const name = `n${++count}.ipynb`;
  const cells = sources.map((text, i) => {
    const [, tag, source = text] = /^#tag (\S+)\n([\s\S]*)$/.exec(text) ?? [];
    const metadata = tag === undefined ? {} : { tags: [tag] };
    return { cell_type: "code", id: `c${i}`, metadata, source, outputs: [], execution_count: null };
  });
  writeFileSync(join(folder, name), JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return name;
}

/** A false claim or a cell error is exit code 1, wrong use is 2, and each is one line on standard error. */
describe("lectern run", () => {
  it("runs cells in order, and reports them", () => {
    const name = notebook("let x = 1;", "x += 1;", "console.log(x); x");
    const { code, stdout, stderr } = command("run", name, "--report", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      backend: null,
      notebooks: [{ path: name, ok: true, cells: { run: 3, failed: 0 }, claims: [] }],
    });
    expect(stderr).toContain(`${name}: 3 cells ran, 0 claims hold`);
  });

  it("writes outputs with --write, and the same bytes when it runs again", () => {
    const name = notebook("console.log('hi')", "1 + 1", "({ data: [{ y: [1, 3] }], layout: {}, alt: 'two points' })");
    expect(command("run", "--write", name).code).toBe(0);
    const first = readFileSync(join(folder, name), "utf8");
    const { cells, metadata } = JSON.parse(first);
    expect(cells.map((cell: { execution_count: number }) => cell.execution_count)).toEqual([1, 2, 3]);
    expect(cells[0].outputs[0]).toMatchObject({ output_type: "stream", text: ["hi\n"] });
    expect(cells[1].outputs[0]).toMatchObject({ output_type: "execute_result", data: { "text/plain": ["2"] } });
    expect(cells[2].outputs[0].data["image/svg+xml"].join("")).toContain("two points");
    expect(metadata.kernelspec.language).toBe("typescript");
    expect(metadata.lectern.fingerprint).toMatch(/./);
    expect(command("run", "--write", name).code).toBe(0);
    expect(readFileSync(join(folder, name), "utf8")).toBe(first);
  });

  it("does not count a false claim as one that holds, where a cell may fail", () => {
    const shows = (holds: boolean) =>
      `(globalThis as any)[Symbol.for("lectern.display")]({ data: { "application/vnd.lectern.claim+json": { text: "c", holds: ${holds} } } });`;
    const name = notebook(shows(true), `#tag raises-exception\n${shows(false)} throw new Error("on purpose")`);
    const { code, stderr } = command("run", name);
    expect(code).toBe(0);
    expect(stderr).toContain("2 cells ran, 1 claim hold, 1 not, as expected");
  });

  it("sets parameters in the tagged cell", () => {
    const name = notebook(
      "#tag parameters\nconst epochs = 10;\nconst title = 'a';",
      "console.error(`${epochs} ${title}`)",
      "if (Number(epochs) !== 2 || String(title) !== 'b c') throw new Error(`${epochs}`);",
    );
    expect(command("run", name, "-p", "epochs=2", "-p", "title=b c").code).toBe(0);
    expect(command("run", name).stderr).toMatch(/n\d+.ipynb:3:\d+:\d+: Error: 10/);
    expect(command("run", name, "-p", "epoch=2")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/one of epochs, title, but got "epoch"/),
    });
    expect(command("run", name, "--write", "-p", "epochs=2")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("must not be used together"),
    });
    expect(command("run", notebook("1"), "-p", "epochs=2")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a cell tagged "parameters"'),
    });
  });

  it("stores a run in another file with --out, and leaves the notebook alone", () => {
    const name = notebook("#tag parameters\nconst n = 1;", "n");
    const before = readFileSync(join(folder, name), "utf8");
    expect(command("run", name, "-p", "n=7", "--out", "seven.ipynb").code).toBe(0);
    expect(readFileSync(join(folder, name), "utf8")).toBe(before);
    const { cells } = JSON.parse(readFileSync(join(folder, "seven.ipynb"), "utf8"));
    expect(cells[1].outputs[0].data["text/plain"]).toEqual(["7"]);
  });

  it("gives import.meta the path of the notebook", () => {
    const name = notebook("import { basename } from 'node:path'; basename(import.meta.filename ?? import.meta.url)");
    expect(command("run", name, "--out", "path.ipynb").code).toBe(0);
    const { cells } = JSON.parse(readFileSync(join(folder, "path.ipynb"), "utf8"));
    expect(cells[0].outputs[0].data["text/plain"].join("")).toContain(name);
  });

  it("fails for a promise that fails when nobody waits for it", () => {
    const name = notebook(
      "void Promise.reject(new Error('late'));",
      "setTimeout(() => { throw new Error('later'); }, 5);",
    );
    const { code, stderr } = command("run", name);
    expect(code).toBe(1);
    expect(stderr).toMatch(/n\d+\.ipynb:1:1:\d+: Error: late/);
  });

  it("names the place in a module that threw, beside the line of the cell", () => {
    writeFileSync(join(folder, "thrower.ts"), "export function fail(): number {\n  throw new Error('inside');\n}\n");
    const name = notebook('import { fail } from "./thrower.ts";\n\nfail();');
    expect(command("run", name).stderr).toMatch(/n\d+\.ipynb:1:3:1: Error: inside \(thrown at thrower\.ts:2:9\)/);
  });

  it("lets a cell tagged raises-exception fail, and skips one tagged skip-execution", () => {
    const name = notebook(
      "#tag raises-exception\nthrow new Error('on purpose')",
      "#tag skip-execution\nthrow new Error('never')",
      "1",
    );
    const { code, stdout } = command("run", name, "--report", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).notebooks[0].cells).toEqual({ run: 2, failed: 0 });
  });

  it("runs on, and ends, where a cell has replaced the timers", () => {
    const name = notebook(
      "for (const each of ['setTimeout', 'setImmediate', 'queueMicrotask']) (globalThis as any)[each] = () => 0;",
      "await null; process.stdout.write('here')",
    );
    const { code, stdout } = command("run", name, "--report", "json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).notebooks[0].cells).toEqual({ run: 2, failed: 0 });
  });

  describe("with bad input", () => {
    const failing: [string, string, RegExp][] = [
      [
        "a cell that does not compile",
        "const n: number = 'a';",
        /^n\d+\.ipynb:2:1:7: Type 'string' is not assignable to type 'number'/m,
      ],
      ["a syntax error", "const = 3;", /^n\d+\.ipynb:2:1:7: /m],
      ["a thrown string", "throw 'boom';", /^n\d+\.ipynb:2.*: Uncaught: "boom"/m],
      ["an error", "\n  null!.x;", /^n\d+\.ipynb:2:2:\d+: /m],
      ["process.exit", "console.log('last words'); process.exit(3);", /^n\d+\.ipynb:2.*exit.*3/m],
    ];

    it.each(failing)("stops at %s with one line and exit code 1, and loses nothing", (_, source, line) => {
      const name = notebook("console.log('kept')", source, "console.log('never')");
      const before = readFileSync(join(folder, name), "utf8");
      const { code, stdout, stderr } = command("run", "--write", name, "--report", "json");
      expect(code).toBe(1);
      expect(stderr).toMatch(line);
      expect(stderr).not.toMatch(/node_modules|node:internal|dist\//);
      const { error, cells, ok } = JSON.parse(stdout).notebooks[0];
      expect({ ok, cells, cell: error.cell }).toEqual({ ok: false, cells: { run: 2, failed: 1 }, cell: 2 });
      expect(readFileSync(join(folder, name), "utf8")).toBe(before);
      const partial = join(folder, ".lectern", name.replace(".ipynb", ".partial.ipynb"));
      expect(stderr).toContain(".partial.ipynb");
      expect(readFileSync(partial, "utf8")).toContain("kept");
      expect(readFileSync(partial, "utf8")).not.toContain('never\\n"');
    });

    it("ends a cell that never ends after --timeout, with what it printed", () => {
      const name = notebook("console.log('begun'); while (true) {}");
      const started = Date.now();
      const { code, stderr } = command("run", name, "--timeout", "1", "--write");
      expect(code).toBe(1);
      expect(Date.now() - started).toBeLessThan(20_000 * slowness());
      expect(stderr).toMatch(/n\d+\.ipynb:1.*1 s/);
      expect(readFileSync(join(folder, ".lectern", name.replace(".ipynb", ".partial.ipynb")), "utf8")).toContain(
        "begun",
      );
    });

    it.each([
      ["text that is not JSON", "{ not json", /bad\.ipynb.*JSON/],
      ["nbformat 2", JSON.stringify({ nbformat: 2, nbformat_minor: 0, worksheets: [], metadata: {} }), /nbformat.*2/],
    ])("says in one line what is wrong with %s", (_, text, line) => {
      writeFileSync(join(folder, "bad.ipynb"), text);
      for (const args of [
        ["run", "bad.ipynb"],
        ["export", "bad.ipynb"],
      ]) {
        const { code, stderr } = command(...args);
        expect(code).toBe(1);
        expect(stderr).toMatch(line);
        expect(stderr.trim().split("\n").length).toBe(1);
      }
      const { stdout } = command("run", "bad.ipynb", "--report", "json");
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, notebooks: [{ ok: false, error: { kind: "format" } }] });
      expect(readFileSync(join(folder, "bad.ipynb"), "utf8")).toBe(text);
    });

    it("reads nbformat 3 and ids that occur twice, and says so", () => {
      const cells = [{ cell_type: "code", language: "javascript", input: "6 * 7", outputs: [], prompt_number: 3 }];
      const old = { nbformat: 3, nbformat_minor: 0, metadata: { name: "" }, worksheets: [{ cells }] };
      writeFileSync(join(folder, "old.ipynb"), JSON.stringify(old));
      const again = command("run", "old.ipynb", "--out", "new.ipynb");
      expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/nbformat 4, but got 3; it was converted/)]);
      const { nbformat_minor, cells: stored } = JSON.parse(readFileSync(join(folder, "new.ipynb"), "utf8"));
      expect([nbformat_minor, stored[0].outputs[0].data["text/plain"]]).toEqual([5, ["42"]]);
      const same = { cell_type: "markdown", id: "same", metadata: {}, source: "words" };
      const twice = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [same, same] };
      writeFileSync(join(folder, "twice.ipynb"), JSON.stringify(twice));
      const { code, stderr } = command("export", "twice.ipynb", "--out", "twice");
      expect([code, stderr]).toEqual([0, expect.stringMatching(/cell 2: .* but got "same", which is cell 1's/)]);
    });

    it("finds out before a run whether it can be stored, and makes the folder for it", () => {
      const name = notebook("require('node:fs').writeFileSync('ran', '')");
      mkdirSync(join(folder, "occupied"));
      writeFileSync(join(folder, "file"), "");
      for (const out of ["occupied", "file/below.ipynb", "/proc/nowhere/run.ipynb"]) {
        const { code, stderr } = command("run", name, "--out", out);
        expect([code, stderr]).toEqual([
          2,
          expect.stringMatching(/^lectern run: --out must be a file that can be written, but got /),
        ]);
      }
      expect(existsSync(join(folder, "ran"))).toBe(false);
      expect(command("run", name, "--out", "some/new/folder/run.ipynb").code).toBe(0);
      expect(existsSync(join(folder, "some/new/folder/run.ipynb"))).toBe(true);
    });

    it.each([
      [{ kernelspec: { name: "python3", display_name: "Python 3", language: "python" } }, "python"],
      [{ kernelspec: { name: "ir", display_name: "R" } }, "r"],
      [{ language_info: { name: "julia" } }, "julia"],
    ])("does not run what is in another language: %j", (metadata, language) => {
      const cells = [{ cell_type: "code", metadata: {}, source: "print(1)", outputs: [], execution_count: null }];
      writeFileSync(join(folder, "other.ipynb"), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }));
      for (const verb of ["run", "step"]) {
        const { code, stderr } = command(verb, "other.ipynb");
        expect(code).toBe(1);
        expect(stderr.trim()).toBe(
          `other.ipynb: a notebook that is run here must be in TypeScript or JavaScript, but got ${language}; run it with its own kernel: jupyter nbconvert --to notebook --execute --inplace other.ipynb.`,
        );
      }
      expect(command("export", "other.ipynb", "--out", "others").code).toBe(0);
    });

    it("says of a folder what is in it", () => {
      mkdirSync(join(folder, "week1"));
      const none = command("run", "week1");
      expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/it is a folder; and there are none in it/)]);
      for (const name of ["a", "b"]) writeFileSync(join(folder, "week1", `${name}.ipynb`), "{}");
      expect(command("export", "week1").stderr).toContain("name those in it, as in lectern export week1/*.ipynb.");
    });

    it.each([
      [["run", "--frobnicate", "x.ipynb"], /lectern run: unknown option '--frobnicate'/],
      [["run"], /a notebook is needed/],
      [["run", "absent.ipynb"], /absent.ipynb must be a notebook/],
      [["run", "--timeout", "soon", "x"], /--timeout must be a positive number of seconds, but got soon/],
      [["run", "--report", "xml", "x"], /--report must be json, but got xml/],
      [["run", "-p", "novalue", "x"], /-p must be NAME=VALUE, but got novalue/],
      [["export", "--to", "docx", "x"], /--to must be html, md, pdf, slides or ipynb, but got docx/],
      [["start", "now"], /lectern start: it takes no arguments, but got now/],
      [["frobnicate"], /the command must be open, step, run, .* or start, but got frobnicate/],
      [[], /a command is needed/],
    ])("ends %j with exit code 2 and one line", (args, line) => {
      const { code, stderr } = command(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(line);
      expect(stderr.trim().split("\n").length).toBe(1);
    });
  });

  it.each([
    ["the command", false],
    ["every process of the command, as a terminal does", true],
  ])("interrupts the cell on Ctrl-C to %s, keeps its output and leaves no process behind", async (_, group) => {
    const mark = join(folder, `running ${group}`);
    const name = notebook(
      `import { writeFileSync } from "node:fs";
console.log("begun");
writeFileSync(${JSON.stringify(mark)}, String(process.pid));
await new Promise(resolve => setTimeout(resolve, 60_000));`,
    );
    const child = spawn(process.execPath, [lectern, "run", name, "--write"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a process group of its own
    });
    let stderr = "";
    child.stderr.on("data", text => {
      stderr += text;
    });
    while (!existsSync(mark)) await new Promise(done => setTimeout(done, 50));
    process.kill(group ? -(child.pid as number) : (child.pid as number), "SIGINT");
    const code = await new Promise(done => child.on("exit", done));
    expect(code).toBe(130);
    expect(stderr).toMatch(/nterrupted/);
    const partial = readFileSync(join(folder, ".lectern", name.replace(".ipynb", ".partial.ipynb")), "utf8");
    expect(partial).toContain("begun");
    const pid = Number(readFileSync(mark, "utf8"));
    await new Promise(done => setTimeout(done, 500));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});

describe("lectern export", () => {
  it("writes one file and says where, and that a notebook never ran", () => {
    const name = notebook("1 + 1");
    const { code, stdout, stderr } = command("export", name, "--to", "html", "--out", "out");
    expect(code).toBe(0);
    expect(existsSync(join(folder, stdout.trim()))).toBe(true);
    expect(stderr).toContain("not up to date");
    expect(command("run", "--write", name).code).toBe(0);
    expect(command("export", name, "--out", "out").stderr).toBe("");
  });
});

describe("lectern export with bad input", () => {
  it.each([
    [["--out", "taken"], /--out must be a folder, but taken is a file/],
    [["twice/n.ipynb"], /must have different names, but got n\.ipynb and twice\/n\.ipynb/],
  ])("ends %j with exit code 2 and writes nothing", (args, line) => {
    const empty = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    mkdirSync(join(folder, "twice"), { recursive: true });
    for (const name of ["n.ipynb", "twice/n.ipynb"]) writeFileSync(join(folder, name), empty);
    writeFileSync(join(folder, "taken"), "");
    const { code, stderr } = command("export", "n.ipynb", ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(line);
  });
});

describe("lectern data", () => {
  it("names the four files of MNIST and those of weights, their checksums and the tensor backend", () => {
    const { code, stdout } = command("data");
    expect(code).toBe(0);
    const weights = readdirSync(resolve(import.meta.dirname, "../../data/weights"));
    expect(weights).toContain("made.weights");
    expect(stdout.match(/: present, \d+ bytes, sha256 [0-9a-f]{64}/g)?.length).toBe(4 + weights.length);
    expect(stdout).toMatch(/tensors: (tensorflow|wasm|cpu) \(/);
  });
});

describe("lectern", () => {
  it("prints its version and its help", () => {
    expect(command("--version").stdout).toMatch(/^lectern \d+\.\d+\.\d+ \(node v/);
    expect(command("--help").stdout).toContain("lectern run <notebook");
    const exporting = command("--help")
      .stdout.split(/\n {2}(?=lectern)/)
      .find(part => part.startsWith("lectern export course"));
    expect(exporting).toContain("--interactive ");
  });
});
