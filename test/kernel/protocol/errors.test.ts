import { describe, expect, it } from "vitest";
import { oneKernel } from "./oneKernel.ts";

const shared = oneKernel();

describe("what a cell throws, however it defends itself, ends the cell and nothing else", () => {
  const hostile: Record<string, string> = {
    "a Proxy that answers nothing": "new Proxy(class {}, new Proxy({}, { get() { throw new Error('trap'); } }))",
    "an error whose stack is a getter that loops through others":
      "Object.defineProperties(new Error('x'), { stack: { get() { return this.message; } }, message: { get() { throw this; } } })",
    "an error of a class whose name throws":
      "new (class extends Error { override get name(): string { throw 1; } })('x')",
    "a thenable that throws when it is asked": "({ get then() { throw new Error('then'); } })",
    "an error of many, each hostile":
      "new AggregateError([1, 2].map(() => new Proxy(new Error('in'), { get() { throw 2; }, ownKeys() { throw 3; } })))",
    "a frozen error with a symbol for a name": "Object.freeze(Object.assign(new Error('x'), { name: Symbol('n') }))",
  };

  it.each(Object.keys(hostile))("%s", async name => {
    const thrown = `(${hostile[name]}) as never`;
    for (const code of [
      `throw ${thrown};`,
      `await (async () => { await null; throw ${thrown}; })();`,
      `[1].map(() => { throw ${thrown}; });`,
    ]) {
      const ran = await shared.kernel.run(`// @ts-nocheck\n${code}`);
      expect(ran.reply.content.status).toBe("error");
      expect(ran.traceback).not.toBe("");
    }
    expect((await shared.kernel.run("1 + 1")).value).toBe("2");
  });
});

describe("an asynchronous error keeps the line of the cell", () => {
  it.each<[string, string, string[]]>([
    [
      "through two functions",
      "const inner = async () => {\n  await null;\n  throw new Error('deep');\n};\nasync function outer() {\n  await inner();\n}\n\nawait outer();",
      ["line 3, column 9", "line 6, column", "line 9, column 1"],
    ],
    [
      "through Promise.all",
      "async function one(n: number) {\n  await null;\n  if (n === 2) throw new RangeError('two');\n}\nconst all = await Promise.all([1, 2].map(one));",
      ["line 3, column 22", "line 5, column 13"],
    ],
    [
      "from a timer that rejects",
      "const wait = () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5));\n\n\nawait wait();",
      ["line 1, column 71", "line 4, column 1"],
    ],
    [
      "in a for await",
      "async function* many() {\n  yield 1;\n  throw new Error('after one');\n}\nfor await (const each of many()) void each;",
      ["line 3, column 9", "line 5, column 1"],
    ],
  ])("%s", async (_, code, places) => {
    const text = (await shared.kernel.run(code)).traceback;
    for (const place of places) expect(text).toContain(place);
  });
});

describe("an error shows what it carries", () => {
  it.each<[string, string, string[]]>([
    [
      "fields of a class",
      "class Refused extends Error { status = 429; wait = { seconds: 3 }; }\nthrow new Refused('slow down');",
      ["status: 429", "wait: { seconds: 3 }"],
    ],
    [
      "what its cause carries",
      "throw new Error('outer', { cause: Object.assign(new Error('inner'), { path: '/x', attempts: [1, 2] }) });",
      ["Caused by: Error: inner", "path: '/x'", "attempts: [ 1, 2 ]"],
    ],
    ["what node says", "process.chdir('/nowhere/at/all');", ["code: 'ENOENT'", "syscall: 'chdir'"]],
    [
      "of a rejection",
      "await Promise.reject(Object.assign(new TypeError('t'), { [Symbol.for('why')]: 'so' }));",
      ["Symbol(why)", "'so'"],
    ],
  ])("%s", async (_, code, parts) => {
    const text = (await shared.kernel.run(code)).traceback;
    for (const part of parts) expect(text).toContain(part);
  });
});

describe("type errors of imported files", () => {
  const warned = "export const n = 1;\nexport const wrong: boolean = 'text';\n";

  it("are shown with their places when the cell that imports them runs, at any depth", async () => {
    shared.workspace.write("src/deep.ts", warned);
    shared.workspace.write("src/above.ts", 'export { n as deep } from "./deep.ts";\n');
    const ran = await shared.kernel.run('import { deep } from "../src/above.ts"; deep');
    const said = ran.traceback + ran.text("stderr");
    expect(said).toMatch(/\.\.\/src\/deep\.ts:2:14.*'string' is not assignable to type 'boolean'/s);
  });

  it("are gone when the file is right", async () => {
    shared.workspace.write("src/mended.ts", warned);
    const first = await shared.kernel.run('import * as mended from "../src/mended.ts"; mended.n');
    expect(first.traceback + first.text("stderr")).toContain("../src/mended.ts:2:14");
    shared.workspace.write("src/mended.ts", "export const n = 2;\n");
    const again = await shared.kernel.run('import * as mended from "../src/mended.ts"; mended.n');
    expect([again.value, again.text("stderr")]).toEqual(["2", ""]);
  });
});
