import { describe, expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

describe("text", () => {
  it("brings 20,000 lines complete and in order, before idle, in few messages", async () => {
    const ran = await shared.kernel.run("for (let i = 0; i < 20000; i++) console.log(`line ${i}`);");
    expect(ran.text()).toBe(Array.from({ length: 20000 }, (_, i) => `line ${i}\n`).join(""));
    expect(ran.types.at(-1)).toBe("status");
    expect(ran.types.filter(type => type === "stream").length).toBeLessThan(500);
  });

  it("brings a line of 10 MB, twenty times", async () => {
    const ran = await shared.kernel.run('for (let i = 0; i < 20; i++) console.log("x".repeat(10_000_000));');
    expect(ran.text().length).toBe(20 * 10_000_001);
  });

  it("keeps stdout and stderr in the order of the calls", async () => {
    const ran = await shared.kernel.run(
      'for (let i = 0; i < 100; i++) { console.log("o", i); console.error("e", i); }',
    );
    const streams = ran.broadcast.filter(({ type }) => type === "stream");
    expect(streams.map(({ content }) => `${content.name} ${content.text}`)).toEqual(
      Array.from({ length: 200 }, (_, i) => `${i % 2 ? "stderr e" : "stdout o"} ${i >> 1}\n`),
    );
  });

  it("brings text that is not well-formed Unicode as something that every client can read", async () => {
    const ran = await shared.kernel.run('console.log("\\ud83d"); "\\udc00"');
    expect(ran.text()).toBe("\ufffd\n");
  });

  it("comes while the cell runs", async () => {
    const id = shared.kernel.start('console.log("early"); await new Promise(resolve => setTimeout(resolve, 1500));');
    const early = await shared.kernel.until(({ type, parent }) => type === "stream" && parent === id);
    expect((await shared.kernel.reply(id)).time - early.time).toBeGreaterThan(500);
  });
});

describe("displays", () => {
  it("shows an object as it says itself", async () => {
    const ran = await shared.kernel.run(
      '({ [Symbol.for("Jupyter.display")]: async () => ({ "text/html": "<b>x</b>", "text/plain": "x" }) })',
    );
    const result = ran.broadcast.find(({ type }) => type === "execute_result");
    expect(result?.content.data).toEqual({ "text/html": "<b>x</b>", "text/plain": "x" });
  });

  it("updates a display from a later cell", async () => {
    const first = await shared.kernel.run(
      'import * as tslab from "tslab"; const place = tslab.newDisplay(); place.text("1");',
    );
    const later = await shared.kernel.run('place.html("<i>2</i>");');
    const shown = first.broadcast.find(({ type }) => type === "display_data")?.content;
    const updated = later.broadcast.find(({ type }) => type === "update_display_data")?.content;
    expect(shown.transient.display_id).toMatch(/./);
    expect(updated).toEqual({ data: { "text/html": "<i>2</i>" }, metadata: {}, transient: shown.transient });
  });

  it("clears the output, at once or with the next", async () => {
    const ran = await shared.kernel.run(
      'const clear = (globalThis as any)[Symbol.for("lectern.clear")]; console.log(1); clear(); console.log(2); clear(true); console.log(3);',
    );
    expect(ran.broadcast.slice(2, -1).map(({ content }) => content.text ?? content.wait)).toEqual([
      "1\n",
      false,
      "2\n",
      true,
      "3\n",
    ]);
  });

  it("runs a notebook that was written for tslab", async () => {
    const ran = await shared.kernel.run(
      [
        'import * as tslab from "tslab";',
        'tslab.display.html("<b>b</b>"); tslab.display.markdown("*m*"); tslab.display.latex("$x$");',
        'tslab.display.svg("<svg/>"); tslab.display.png(new Uint8Array([1])); tslab.display.jpeg(new Uint8Array([2]));',
        'tslab.display.javascript("1"); tslab.display.text("t"); tslab.display.raw("application/x", "r");',
        "tslab.versions.tslab",
      ].join("\n"),
    );
    const displays = ran.broadcast.filter(({ type }) => type === "display_data");
    expect(displays.map(({ content }) => Object.keys(content.data)[0])).toEqual([
      "text/html",
      "text/markdown",
      "text/latex",
      "image/svg+xml",
      "image/png",
      "image/jpeg",
      "text/javascript",
      "text/plain",
      "application/x",
    ]);
    expect(ran.value).toMatch(/^'\d+\.\d+\.\d+'$/);
  });

  it("runs a cell of JavaScript with require", async () => {
    const ran = await shared.kernel.run(
      'const os = require("os");\nconst path = require("path");\n[typeof os.cpus, path.sep]',
    );
    expect(ran.value).toBe("[ 'function', '/' ]");
  });
});

describe("what comes late", () => {
  it("belongs to the cell that it came from", async () => {
    const first = shared.kernel.start('setTimeout(() => console.log("late"), 300); "first"');
    await shared.kernel.finished(first);
    const second = await shared.kernel.run('await new Promise(resolve => setTimeout(resolve, 600)); "second"');
    expect(second.text()).toBe("");
    const late = await shared.kernel.until(({ type, content }) => type === "stream" && content.text === "late\n");
    expect(late.parent).toBe(first);
    expect(late.metadata).toEqual({ late: true });
  });

  it.each([
    ["in promise", "void Promise.reject(new Error('nobody catches it'));"],
    ["in callback", "setTimeout(() => { throw new Error('nobody catches it'); }, 20);"],
  ])("shows an uncaught error %s in its cell", async (where, code) => {
    const { reply } = await shared.kernel.run("// a line\nconst before = 1;");
    const id = shared.kernel.start(code);
    await shared.kernel.finished(id);
    const { content } = await shared.kernel.until(({ parent, content }) => parent === id && content.name === "stderr");
    const number = reply.content.execution_count + 1;
    expect(content.text).toMatch(
      new RegExp(`^Uncaught \\(${where}\\) Error: nobody catches it\\n(.*\\n)* +at cell ${number}, line 1`),
    );
    expect((await shared.kernel.run("before")).value).toBe("1");
  });
});

it("clears what a cell showed by console.clear", async () => {
  const ran = await shared.kernel.run('console.log("before"); console.clear(); console.log("after");');
  const kinds = ran.broadcast.filter(({ type }) => type === "stream" || type === "clear_output");
  expect(kinds.map(({ type, content }) => [type, content.text ?? content.wait])).toEqual([
    ["stream", "before\n"],
    ["clear_output", false],
    ["stream", "after\n"],
  ]);
});
