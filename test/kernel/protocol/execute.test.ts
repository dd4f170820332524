import { describe, expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

/** The text of the cell's value; fails when the cell does. */
async function value(code: string): Promise<string | undefined> {
  const ran = await shared.kernel.run(code);
  expect(ran.error?.traceback.join("\n")).toBeUndefined();
  return ran.value;
}

describe("a client", () => {
  it.each(["shell", "control"] as const)("learns on %s what the kernel is", async channel => {
    const { content, channel: answered } = await shared.kernel.ask("kernel_info_request", {}, channel);
    expect(answered).toBe(channel);
    expect(content).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      implementation: "lectern",
      debugger: true,
    });
    expect(content.language_info).toMatchObject({
      name: "typescript",
      file_extension: ".ts",
      mimetype: "text/x-typescript",
    });
    expect(content.banner).toContain(process.version);
  });

  it("is greeted when it subscribes", () => {
    expect(shared.kernel.messages.find(({ type }) => type === "iopub_welcome")?.content).toEqual({ subscription: "" });
  });

  it("sees a cell as busy, input, outputs, reply, idle", async () => {
    const ran = await shared.kernel.run('console.log("hello"); console.error("oh"); 6 * 7');
    expect(ran.types).toEqual(["status", "execute_input", "stream", "stream", "execute_result", "status"]);
    expect(ran.text()).toBe("hello\n");
    expect(ran.text("stderr")).toBe("oh\n");
    expect(ran.value).toBe("42");
    expect(ran.reply.content).toMatchObject({ status: "ok", payload: [], user_expressions: {} });
  });
});

describe("counts and history", () => {
  it("counts cells, but not empty, silent or unstored ones", async () => {
    const count = async (code: string, options = {}) =>
      (await shared.kernel.run(code, options)).reply.content.execution_count as number;
    const first = await count('"counted"');
    expect(await count("", {})).toBe(first + 1);
    expect(await count('"silent"', { silent: true })).toBe(first + 1);
    expect(await count('"unstored"', { store_history: false })).toBe(first + 1);
    expect(await count('"counted too"')).toBe(first + 1);
    const { content } = await shared.kernel.ask("history_request", {
      hist_access_type: "tail",
      n: 2,
      raw: true,
      output: true,
    });
    expect(content.history).toEqual([
      [1, first, ['"counted"', "'counted'"]],
      [1, first + 1, ['"counted too"', "'counted too'"]],
    ]);
  });

  it("shows nothing of a silent cell, but runs it", async () => {
    const ran = await shared.kernel.run('var quiet = 5; console.log("x"); quiet', { silent: true });
    expect(ran.types).toEqual(["status", "status"]);
    expect(await value("quiet")).toBe("5");
  });

  it("searches and ranges over the history", async () => {
    const ran = await shared.kernel.run("[1, 2].length");
    await shared.kernel.run("[1, 2].length");
    const line = ran.reply.content.execution_count as number;
    const ask = async (content: object) => (await shared.kernel.ask("history_request", { ...content })).content.history;
    expect(await ask({ hist_access_type: "search", pattern: "[1, ?].len*", unique: true })).toEqual([
      [1, line + 1, "[1, 2].length"],
    ]);
    const range = { hist_access_type: "range", session: 0, start: line, stop: line + 1 };
    expect(await ask(range)).toEqual([[1, line, "[1, 2].length"]]);
    expect(await ask({ ...range, session: 99 })).toEqual([]);
  });

  it("evaluates user_expressions, each with its value or its error", async () => {
    const { reply } = await shared.kernel.run("const base = 20;", {
      user_expressions: { twice: "base * 2", wrong: "missing", none: "undefined" },
    });
    expect(reply.content.user_expressions).toMatchObject({
      twice: { status: "ok", data: { "text/plain": "40" } },
      wrong: { status: "error", ename: "TS2304" },
      none: { status: "ok", data: { "text/plain": "undefined" } },
    });
  });
});

describe("names", () => {
  it("lets functions see what a later cell assigns", async () => {
    await shared.kernel.run("let rate = 0.1; function step() { return rate * 10; }");
    expect(await value("rate = 0.5; step()")).toBe("5");
  });

  it("takes a const, class, function or type again, as something else too", async () => {
    for (const [declaration, use, text] of [
      ["const again = 1;", "again + 1", "2"],
      ["function again() { return 'f'; }", "again()", "'f'"],
      ["class again { readonly c = 3; }", "new again().c", "3"],
      ["type again = 'only a type';", "const typed: again = 'only a type'; typed", "'only a type'"],
      ["const again = 'last';", "again", "'last'"],
    ] as const) {
      await value(declaration);
      expect(await value(use)).toBe(text);
    }
  });

  it("keeps what was declared before a throw", async () => {
    const ran = await shared.kernel.run(
      "const kept = 3; function alsoKept() { return kept; }\nthrow new Error('no');\nconst lost = 4;",
    );
    expect(ran.error?.evalue).toBe("no");
    expect(await value("kept + alsoKept()")).toBe("6");
    expect((await shared.kernel.run("lost")).error?.ename).toBe("TS2304");
  });

  it("awaits, iterates, destructures and disposes at the top level", async () => {
    expect(await value("const { a, b: [c] } = await Promise.resolve({ a: 1, b: [2] }); a + c")).toBe("3");
    expect(await value("let sum = 0; for await (const n of [1, Promise.resolve(2)]) sum += n; sum")).toBe("3");
    const disposed = await shared.kernel.run(
      'await using late = { async [Symbol.asyncDispose]() { console.log("async"); } };\nusing now = { [Symbol.dispose]() { console.log("sync"); } };\nconsole.log("body");',
    );
    expect(disposed.text()).toBe("body\nsync\nasync\n");
  });
});

describe("errors", () => {
  it("stops a cell with a type error, and says where", async () => {
    const ran = await shared.kernel.run('console.log("ran");\nconst wrong: number = "text";');
    expect(ran.text()).toBe("");
    expect(ran.error?.ename).toBe("TS2322");
    const number = ran.reply.content.execution_count;
    expect(ran.traceback).toMatch(new RegExp(`cell ${number}, line 2, column 7: Type 'string' is not`));
    expect(ran.error?.traceback[0]).toContain(`\u001b[1mcell ${number}, line 2, column 7\u001b[0m: Type`);
    expect(ran.reply.content).toMatchObject({ status: "error", ename: "TS2322", evalue: ran.error?.evalue });
  });

  it("shows the places in cells and modules, and nothing of the kernel", async () => {
    shared.workspace.write(
      "src/thrower.ts",
      "// one line\nexport function thrower(): never {\n  throw new RangeError('deep');\n}\n",
    );
    const ran = await shared.kernel.run('import { thrower } from "../src/thrower.ts";\n\n  thrower();');
    const number = ran.reply.content.execution_count;
    expect(ran.traceback.split("\n")).toEqual([
      "RangeError: deep",
      "    at thrower (../src/thrower.ts:3:9)",
      `    at cell ${number}, line 3, column 3`,
    ]);
  });

  it("shows what caused an error", async () => {
    const ran = await shared.kernel.run("throw new Error('outer', { cause: new TypeError('inner') });");
    expect(ran.traceback).toMatch(/^Error: outer\n {4}at .*\nCaused by: TypeError: inner\n {4}at .*$/);
  });

  it.each(["'a string'", "null", "undefined", "{ code: 7 }"])("shows a thrown %s", async thrown => {
    const ran = await shared.kernel.run(`throw ${thrown};`);
    expect(ran.reply.content.status).toBe("error");
    expect(ran.error?.ename).toBe("Uncaught");
    expect(ran.traceback).toContain(thrown.replaceAll("'", '"').replace("{ code: 7 }", "code: 7"));
  });

  it("drops the cells behind an error, and runs what comes later", async () => {
    const failing = shared.kernel.start("await new Promise(r => setTimeout(r, 1000)); throw new Error('first');");
    const behind = [shared.kernel.start("'behind'"), shared.kernel.start("'behind too'")];
    expect((await shared.kernel.finished(failing)).reply.content.status).toBe("error");
    // As ipykernel says it: with a count, a page would number a cell that did not run.
    for (const id of behind) expect((await shared.kernel.finished(id)).reply.content).toEqual({ status: "aborted" });
    expect(await value("'later'")).toBe("'later'");
  });

  it("runs the cells behind an error where the client says so", async () => {
    const failing = shared.kernel.start("await null; throw new Error('first');", { stop_on_error: false });
    const behind = shared.kernel.start("'behind'");
    expect((await shared.kernel.finished(failing)).reply.content.status).toBe("error");
    expect((await shared.kernel.finished(behind)).value).toBe("'behind'");
  });

  it("runs the cells behind what a front end asked silently, although that failed", async () => {
    const asked = shared.kernel.start("await null; throw new Error('first');", { silent: true });
    const behind = shared.kernel.start("'behind'");
    expect((await shared.kernel.finished(asked)).reply.content.status).toBe("error");
    expect((await shared.kernel.finished(behind)).value).toBe("'behind'");
  });
});
