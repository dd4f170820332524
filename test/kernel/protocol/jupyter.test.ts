import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPython, needsPython } from "../../support/python.ts";
import { makeWorkspace } from "../support.ts";
import { program } from "./client.ts";

const python = findPython(["jupyter_kernel_test", "nbclient", "nbconvert", "papermill"]);
if (python.lacks) console.log(`Jupyter's own clients are not tested: ${python.lacks}`);

const workspace = makeWorkspace();
// Spaces, because people's folders have them.
const prefix = path.join(workspace.root, "a prefix");
const data = path.join(prefix, "share", "jupyter");
// Looked at before what the Python environment may have of the same name.
const env = { ...process.env, JUPYTER_PATH: data, PYTHONWARNINGS: "ignore" };

beforeAll(() => {
  execFileSync(process.execPath, [program, "install", "--prefix", prefix]);
});
afterAll(() => workspace.remove());

/** Runs Python with these arguments; returns what it wrote. */
function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const options = { env, cwd: workspace.notebooks, timeout: 180_000, maxBuffer: 1 << 28 };
  return promisify(execFile)(python.path as string, args, options);
}

describe.skipIf(!python.path)(`Jupyter's own clients${needsPython(python)}`, { timeout: 200_000 }, () => {
  it("find the kernel", async () => {
    const { kernelspecs } = JSON.parse((await run("-m", "jupyter", "kernelspec", "list", "--json")).stdout);
    expect(kernelspecs.lectern.resource_dir).toBe(path.join(data, "kernels", "lectern"));
    expect(kernelspecs.lectern.spec).toMatchObject({ language: "typescript", interrupt_mode: "message" });
  });

  it("pass jupyter_kernel_test", async () => {
    const { stderr: text } = await run(path.join(import.meta.dirname, "jupyter_kernel_test_lectern.py"), "-v");
    expect(text).toMatch(/^Ran 13 tests/m);
    // There is no pager in TypeScript, so its test has no code to run.
    expect(text).toMatch(/^OK \(skipped=1\)$/m);
    expect(text).toMatch(/^test_pager .* skipped/m);
  });

  it("run a notebook by nbconvert, with all that it prints, and on after errors", async () => {
    const file = notebook("nbconvert", [
      "for (let i = 0; i < 20000; i++) console.log('line', i);",
      "throw new Error('no');",
      "const x: string = 1;",
      "({ a: [1, 2] })",
    ]);
    const options = ["--to", "notebook", "--execute", "--allow-errors", "--output", "nbconvert out"];
    await run("-m", "jupyter", "nbconvert", ...options, file);
    const [printed, thrown, mistyped, value] = outputsOf(path.join(workspace.root, "nbconvert out.ipynb"));
    expect(printed?.flatMap(({ text }) => text).join("")).toBe(
      Array.from({ length: 20000 }, (_, i) => `line ${i}\n`).join(""),
    );
    expect([thrown?.[0].ename, mistyped?.[0].ename]).toEqual(["Error", "TS2322"]);
    expect(plainText(value)).toBe("{ a: [ 1, 2 ] }");
  });

  it("run a notebook by papermill", async () => {
    const file = notebook("papermill", ["const n: number = 3;", "n * 2"]);
    const out = path.join(workspace.root, "papermill out.ipynb");
    await run("-m", "papermill", file, out, "--no-progress-bar");
    expect(plainText(outputsOf(out)[1])).toBe("6");
  });

  it("interrupt, kill and restart the kernel", async () => {
    const script = [
      "import os, signal, sys, threading, time",
      "from jupyter_client.manager import start_new_kernel",
      "manager, client = start_new_kernel(kernel_name='lectern')",
      "def status(code):",
      "    return client.execute_interactive(code, timeout=60, output_hook=lambda message: None)['content']['status']",
      "print(status('let kept = 1;'))",
      "threading.Timer(1, manager.interrupt_kernel).start()",
      "print(status('while (true) {}'), status('kept'))",
      "os.kill(manager.provisioner.pid, signal.SIGKILL)",
      "while manager.is_alive(): time.sleep(0.05)",
      "manager.restart_kernel()",
      "client.wait_for_ready(timeout=60)",
      "print(status('kept'), status('1'))",
      "client.stop_channels(); manager.shutdown_kernel()",
      "print(manager.is_alive())",
    ];
    const { stdout, stderr } = await run("-c", script.join("\n"));
    expect(stdout.trim().split(/\s+/), stderr).toEqual(["ok", "error", "ok", "error", "ok", "False"]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: an output of any type; what it should hold is what the tests say.
type Outputs = any[];

/** Writes a notebook; returns its path. */
function notebook(name: string, cells: string[]): string {
  const code = (source: string, index: number) => ({
    cell_type: "code",
    id: `cell-${index}`,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  });
  const kernelspec = { name: "lectern", display_name: "TypeScript", language: "typescript" };
  const document = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: cells.map(code) };
  return workspace.write(`${name}.ipynb`, JSON.stringify(document));
}

function outputsOf(file: string): Outputs[] {
  const { cells } = JSON.parse(fs.readFileSync(file, "utf8")) as { cells: { cell_type: string; outputs: Outputs }[] };
  return cells.flatMap(({ cell_type, outputs }) => (cell_type === "code" ? [outputs] : []));
}

/** The text of a cell's value. */
function plainText(outputs: Outputs | undefined): string {
  return [outputs?.[0].data["text/plain"]].flat().join("");
}
