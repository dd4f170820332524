import vm from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeThrown, traceback } from "../../../src/kernel/errors/describe.ts";
import { installStackTraces } from "../../../src/kernel/errors/frames.ts";
import { sourceError } from "../../../src/kernel/errors/source.ts";
import { thrownBy, userCode } from "./userCode.ts";

const directory = "/course/notebooks";
const model = { file: "/course/src/model.ts" };
const awaited = { line: 7, column: 3 };

let undo: () => void;
beforeAll(() => {
  undo = installStackTraces(directory);
});
afterAll(() => undo());

/** An error that user code has nothing to do with: without frames of it. */
const bare = <T extends Error>(error: T): T => Object.assign(error, { stack: undefined });
const linesOf = (thrown: unknown) => traceback(thrown, directory);

describe("the place of an error", () => {
  const fail = userCode<() => never>(model, "function fail() {\n  throw new RangeError('deep');\n}");
  const cell = (body: string) => userCode<(call?: () => unknown) => unknown>({ cell: 2 }, body);

  it("is the line of the cell, and of the module where it was thrown", () => {
    const thrown = thrownBy(() => cell("call => {\n  call();\n}")(fail));
    expect(describeThrown(thrown, 2, directory)).toEqual({
      kind: "thrown",
      name: "RangeError",
      message: "deep",
      cell: 2,
      line: 2,
      column: 3,
      thrownAt: { ...model, line: 2, column: 9 },
      traceback: ["RangeError: deep", "    at fail (../src/model.ts:2:9)", "    at cell 2, line 2, column 3"],
    });
  });

  it("is the line of the cell alone where the error says all, and what it carries besides is not shown", () => {
    const make = userCode<(name: string) => never>(
      model,
      "name => {\n  throw Object.assign(new Error('line 2: 1 = 2 is false.'), { name, place: { line: 2 } });\n}",
    );
    for (const name of ["DerivationError", "ClaimError", "WrongAnswer", "Unanswered"]) {
      const thrown = thrownBy(() => cell("call => {\n  call();\n}")(() => make(name)));
      expect(describeThrown(thrown, 2, directory)).toMatchObject({
        thrownAt: { file: model.file, line: 2 },
        traceback: [`${name}: line 2: 1 = 2 is false.`, "    at cell 2, line 2, column 3"],
      });
    }
    expect(linesOf(thrownBy(() => cell("call => {\n  call();\n}")(() => make("MyError"))))).toEqual([
      "MyError: line 2: 1 = 2 is false.",
      expect.stringContaining("../src/model.ts:2:"),
      "    at cell 2, line 2, column 3",
      expect.stringContaining("place: { line: 2 }"),
    ]);
  });

  it("is in the cell alone where the cell threw", () => {
    const thrown = thrownBy(() => cell("() => { throw new Error('own'); }")());
    const described = describeThrown(thrown, 2, directory);
    expect(described).toMatchObject({ line: 1, column: 15, traceback: ["Error: own", expect.any(String)] });
    expect("thrownAt" in described).toBe(false);
    // Seen from another cell, it has no place.
    expect(Object.keys(describeThrown(thrown, 3, directory)).sort()).toEqual([
      "cell",
      "kind",
      "message",
      "name",
      "traceback",
    ]);
  });

  it("is the await that it came from, where its line is not among its own", () => {
    expect(describeThrown(bare(new Error("far")), 2, directory, awaited)).toMatchObject({
      line: 7,
      column: 3,
      traceback: ["Error: far", "    at cell 2, line 7, column 3"],
    });
    const inFunction = thrownBy(cell("function own() {\n  throw new Error('x');\n}"));
    expect(describeThrown(inFunction, 2, directory, awaited)).toMatchObject({
      line: 2,
      column: 9,
      traceback: ["Error: x", "    at own (cell 2, line 2, column 9)", "    at cell 2, line 7, column 3"],
    });
    const otherCell = thrownBy(() => userCode<() => void>({ cell: 1 }, "() => { throw new Error('x'); }")());
    expect(describeThrown(otherCell, 2, directory, awaited).traceback.at(-1)).toBe("    at cell 2, line 7, column 3");
    const unnamed = thrownBy(() => cell("() => { throw new Error('x'); }")());
    expect(describeThrown(unnamed, 2, directory, awaited)).toMatchObject({
      line: 1,
      traceback: ["Error: x", "    at cell 2, line 1, column 15", "    at cell 2, line 7, column 3"],
    });
    const atTop = { line: 1, column: 3 };
    expect(describeThrown(unnamed, 2, directory, atTop)).toMatchObject({
      line: 1,
      traceback: ["Error: x", "    at cell 2, line 1, column 15"],
    });
    const inModule = thrownBy(fail);
    expect(describeThrown(inModule, 2, directory, awaited)).toMatchObject({
      line: 7,
      thrownAt: { ...model, line: 2, column: 9 },
    });
  });

  it("is that of what caused it, where it has none", () => {
    const cause = thrownBy(() => cell("call => {\n  call();\n}")(fail));
    const thrown = bare(new Error("outer", { cause: bare(new Error("middle", { cause })) }));
    expect(describeThrown(thrown, 2, directory)).toMatchObject({
      message: "outer",
      line: 2,
      column: 3,
      thrownAt: { ...model, line: 2, column: 9 },
      traceback: [
        "Error: outer",
        "Caused by: Error: middle",
        "Caused by: RangeError: deep",
        "    at fail (../src/model.ts:2:9)",
        "    at cell 2, line 2, column 3",
      ],
    });
  });

  it("is the place in a module that does not parse", () => {
    const thrown = sourceError("';' expected. (TS1005)", "/course/src/broken.ts", { line: 4, column: 12 });
    expect(describeThrown(thrown, 2, directory)).toEqual({
      kind: "syntax",
      name: "SyntaxError",
      message: "../src/broken.ts:4:12: ';' expected. (TS1005)",
      cell: 2,
      line: 4,
      column: 12,
      file: "/course/src/broken.ts",
      traceback: ["SyntaxError: ../src/broken.ts:4:12: ';' expected. (TS1005)"],
    });
  });
});

describe("the lines of an error", () => {
  it.each([
    ["text", 'Uncaught "text"'],
    [3n, "Uncaught 3n"],
    [undefined, "Uncaught undefined"],
    [{ code: 3, deep: { a: { b: { c: 1 } } } }, "Uncaught { code: 3, deep: { a: { b: [Object] } } }"],
    [bare(new Error("")), "Error"],
    [bare(Object.assign(new Error("x"), { name: "" })), "Error: x"],
    [bare(new TypeError("one\ntwo")), "TypeError: one\ntwo"],
    [vm.runInNewContext("Object.assign(new TypeError('far'), { stack: undefined })"), "TypeError: far"],
  ])("%# say what it is", (thrown, text) => expect(linesOf(thrown).join("\n")).toBe(text));

  it("put what called it before what it carries", () => {
    const thrown = bare(Object.assign(new Error("x", { cause: bare(new Error("y")) }), { code: 1 }));
    expect(traceback(thrown, directory, ["    at outer"])).toEqual([
      "Error: x",
      "    at outer",
      "    { code: 1 }",
      "Caused by: Error: y",
    ]);
  });

  it("show what it carries as node does, but what is said already", () => {
    const said = { stack: undefined, message: "m", name: "N", cause: undefined, errors: [1] };
    expect(linesOf(Object.assign(new Error("x"), said))).toEqual(["N: m"]);
    const enumerable = { stack: { value: "", enumerable: true }, message: { value: "m", enumerable: true } };
    expect(linesOf(Object.defineProperties(new Error("x"), enumerable))).toEqual(["Error: m"]);
    const long = { text: "x".repeat(1001), deep: { a: { b: { c: 1 } } } };
    expect(linesOf(bare(Object.assign(new Error("x"), long)))).toEqual([
      "Error: x",
      "    {",
      `      text: '${"x".repeat(1000)}'... 1 more character,`,
      "      deep: { a: { b: [Object] } }",
      "    }",
    ]);
    const wide = (length: number) => ({ first: "x".repeat(length), second: "y".repeat(40) });
    expect(linesOf(bare(Object.assign(new Error("x"), wide(20))))).toHaveLength(2);
    expect(linesOf(bare(Object.assign(new Error("x"), wide(50))))).toHaveLength(5);
    const unreadable = Object.defineProperty(bare(new Error("x")), "a", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    expect(linesOf(unreadable)).toEqual(["Error: x", "    { a: '(cannot be read)' }"]);
  });

  it("name the errors that it gathers", () => {
    const all = bare(new AggregateError([new RangeError("one"), "two"], "both"));
    expect(linesOf(all)).toEqual(["AggregateError: both", "  RangeError: one", '  Uncaught "two"']);
    expect(linesOf(bare(Object.assign(new Error("x"), { errors: [1] })))).toEqual(["Error: x"]);
    expect(linesOf(bare(Object.assign(new AggregateError([]), { errors: "none" })))).toEqual(["AggregateError"]);
  });

  it("end where causes go in a circle, or are nothing", () => {
    const [a, b] = [bare(new Error("a")), bare(new Error("b"))];
    Object.assign(a, { cause: b });
    Object.assign(b, { cause: a });
    expect(linesOf(a)).toEqual(["Error: a", "Caused by: Error: b"]);
    expect(describeThrown(a, 1, directory)).toMatchObject({ message: "a" });
    expect(linesOf({ cause: 1 })).toEqual(["Uncaught { cause: 1 }"]);
    expect(linesOf(bare(new Error("a", { cause: null })))).toEqual(["Error: a", "Caused by: Uncaught null"]);
    expect(linesOf(bare(Object.assign(new Error("a"), { cause: undefined })))).toEqual(["Error: a"]);
  });

  it("say of what cannot be read that it cannot", () => {
    const throws = {
      get: () => {
        throw new Error("no");
      },
    };
    const message = Object.defineProperty(bare(new Error("x")), "message", throws);
    const name = Object.defineProperty(bare(new TypeError("x")), "name", throws);
    expect([linesOf(message), linesOf(name)]).toEqual([["Error: (its message cannot be read)"], ["Error: x"]]);
    expect(linesOf(Object.defineProperty(bare(new Error("x")), "cause", throws))).toEqual(["Error: x"]);
    const hidden = new Proxy(bare(new Error("x")), throws);
    expect(linesOf(hidden)[0]).toMatch(/^Uncaught /);
  });
});
