import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CellEngine } from "../../src/kernel/index.ts";
import { makeWorkspace, Notebook, slowness, type Workspace } from "./support.ts";

let workspace: Workspace;
let notebook: Notebook;

beforeAll(() => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

describe("names across cells", () => {
  it("sees later assignments and keeps types", async () => {
    await notebook.run("let rate = 0.1; function scaled() { return rate * 10; }");
    expect(await notebook.value("rate = 0.5; scaled()")).toBe("5");
    expect((await notebook.error('rate = "fast"')).kind).toBe("type");
    expect(await notebook.value("scaled()")).toBe("5");
  });

  it("replaces types, interfaces and enums", async () => {
    await notebook.run("interface Row { a: number } type Id = string; enum Mode { A }");
    await notebook.run("interface Row { b: string } type Id = number; enum Mode { B = 7 }");
    expect(await notebook.value('const row: Row = { b: "x" }; const id: Id = 3; Mode.B')).toBe("7");
  });

  it("keeps what was declared before a throw, with its type, and nothing after it", async () => {
    await notebook.error('const early = "kept"; if (early) throw new Error("x"); const late = "lost";');
    expect(await notebook.value("early.toUpperCase()")).toBe("'KEPT'");
    expect((await notebook.error("late")).diagnostics?.[0]?.code).toBe(2304);
  });

  it("keeps the earlier value and type when a declaration throws", async () => {
    await notebook.run("const answer = 42;");
    await notebook.error('const answer: string = (() => { throw new Error("no"); })();');
    expect(await notebook.value("answer.toFixed(1)")).toBe("'42.0'");
  });

  it("lets a variable be declared first and filled later", async () => {
    await notebook.run("let filled: number | undefined;");
    await notebook.run("filled = 3;");
    expect(await notebook.value("filled")).toBe("3");
    await notebook.run("const losses = []; let chosen;");
    expect(await notebook.value("losses.push(0.5); chosen = 1; losses.length + chosen")).toBe("2");
  });

  it("imports types only without loading them", async () => {
    expect(await notebook.value('import { Feature } from "geojson"; const f: Feature | undefined = undefined; 1')).toBe(
      "1",
    );
    expect(await notebook.value('import type { Feature as Again } from "geojson"; let g: Again | undefined; 2')).toBe(
      "2",
    );
  });
});

describe("values", () => {
  it("shows the last expression, awaited, with or without a semicolon", async () => {
    expect(await notebook.value("1 + 1;")).toBe("2");
    expect(await notebook.value("Promise.resolve(3)")).toBe("3");
    expect(await notebook.value("undefined")).toBeUndefined();
    expect(await notebook.value("const silent = 1;")).toBeUndefined();
    expect(await notebook.value("null")).toBe("null");
  });

  it("numbers the result as the cell", async () => {
    const { outputs } = await notebook.run("5");
    expect(outputs).toHaveLength(1);
    expect(outputs[0]).toMatchObject({ output_type: "execute_result", data: { "text/plain": "5" }, metadata: {} });
  });
});

describe("output", () => {
  it("captures the console and the streams, in order", async () => {
    const { outputs } = await notebook.run(
      'console.log("a", { b: 1 }); process.stdout.write("c\\n"); console.error("d"); console.table([[1]])',
    );
    expect(outputs.map(each => each.output_type === "stream" && each.name)).toEqual(["stdout", "stderr", "stdout"]);
    expect(outputs[0]).toMatchObject({ text: "a { b: 1 }\nc\n" });
    expect(outputs[1]).toMatchObject({ text: "d\n" });
  });

  it("gives late output to the cell it came from", async () => {
    const { status } = await notebook.run('setTimeout(() => console.log("late"), 30);');
    expect(status).toBe("ok");
    const cell = notebook.messages.length;
    await notebook.run("await new Promise(resolve => setTimeout(resolve, 80));");
    const late = notebook.messages
      .slice(cell)
      .find(each => each.kind === "output" && each.output.output_type === "stream");
    const now = notebook.messages.length;
    await notebook.run("0");
    expect(late?.cell).toBe((notebook.messages[now]?.cell ?? 0) - 2);
  });

  it("does not hear a host that prints what it hears", async () => {
    let heard = 0;
    const engine = new CellEngine({
      directory: workspace.notebooks,
      onOutput: () => {
        heard++;
        process.stderr.write("");
        console.debug("");
      },
    });
    await engine.run('console.log("once")', { number: 1 });
    engine.dispose();
    expect(heard).toBe(1);
  });

  it("leaves output of other code alone", () => {
    const seen = notebook.messages.length;
    console.info("");
    expect(notebook.messages).toHaveLength(seen);
  });
});

describe("surroundings", () => {
  it("resolves relative paths from the notebook's folder and restores the host's", async () => {
    const before = process.cwd();
    fs.writeFileSync(path.join(workspace.notebooks, "data.txt"), "here");
    expect(await notebook.value('import fs from "node:fs"; fs.readFileSync("data.txt", "utf8")')).toBe("'here'");
    expect(process.cwd()).toBe(before);
  });

  it("has import.meta and require", async () => {
    expect(await notebook.value("import.meta.dirname")).toBe(`'${workspace.notebooks}'`);
    expect(await notebook.value('require("node:path").sep')).toBe("'/'");
    expect(await notebook.value('(await import("node:path")).sep')).toBe("'/'");
  });

  it("hands progress and the abort signal to code that does not know the kernel", async () => {
    const hooks = "(globalThis as any)[Symbol.for";
    expect(
      await notebook.value(`${hooks}("lectern.progress")]({ step: 1 }); ${hooks}("lectern.abortSignal")].aborted`),
    ).toBe("false");
    expect(notebook.progress).toEqual([{ step: 1 }]);
    expect((globalThis as { [key: symbol]: unknown })[Symbol.for("lectern.abortSignal")]).toBeUndefined();
  });
});

describe("interrupt", () => {
  it("ends an await at once and keeps state", async () => {
    await notebook.run("let reached = 0;");
    const controller = new AbortController();
    const waits =
      "reached = 1; console.log('waits'); await new Promise(resolve => setTimeout(resolve, 60_000)); reached = 2;";
    const before = notebook.messages.length;
    const running = notebook.run(waits, controller.signal);
    await vi.waitUntil(() => notebook.messages.length > before, { timeout: 30_000 });
    const start = performance.now();
    controller.abort();
    const result = await running;
    expect(result).toMatchObject({ status: "error", error: { kind: "interrupted" } });
    expect(performance.now() - start).toBeLessThan(1000 * slowness);
    expect(await notebook.value("reached")).toBe("1");
  });

  it("gives code that watches the signal time to finish, and keeps what it returns", async () => {
    const controller = new AbortController();
    // Not before it watches: it says so.
    const watching = setInterval(() => {
      if (JSON.stringify(notebook.messages).includes("it watches")) controller.abort();
    }, 5);
    const source = `const signal = (globalThis as any)[Symbol.for("lectern.abortSignal")] as AbortSignal;
console.log("it watches");
const saved = await new Promise<string>(resolve => signal.addEventListener("abort", () => setTimeout(() => resolve("checkpoint"), 50)));`;
    expect(await notebook.run(source, controller.signal)).toMatchObject({ error: { kind: "interrupted" } });
    clearInterval(watching);
    expect(await notebook.value("saved")).toBe("'checkpoint'");
  });

  it("does not start a cell that is interrupted already", async () => {
    await notebook.run("let started = false;");
    expect(await notebook.run("started = true;", AbortSignal.abort())).toMatchObject({
      error: { kind: "interrupted" },
    });
    expect(await notebook.value("started")).toBe("false");
  });

  it("ends an endless for await and microtask loop", async () => {
    for (const source of [
      "async function* ticks() { for (;;) { await new Promise(r => setTimeout(r, 1)); yield 1; } }\nfor await (const t of ticks()) { void t; }",
      "for (;;) await new Promise(r => setImmediate(r));",
    ]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 30);
      expect(await notebook.run(source, controller.signal)).toMatchObject({ error: { kind: "interrupted" } });
    }
  });
});
