import vm from "node:vm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describePlace, framesOf, installStackTraces } from "../../../src/kernel/errors/frames.ts";
import { thrownBy, userCode } from "./userCode.ts";

type Prepare = (error: Error, sites: NodeJS.CallSite[]) => unknown;

const before = { prepare: Error.prepareStackTrace as Prepare | undefined, limit: Error.stackTraceLimit };
beforeEach(() => {
  Reflect.deleteProperty(Error, "prepareStackTrace");
  Error.stackTraceLimit = 10;
});
afterEach(() => {
  if (before.prepare) Error.prepareStackTrace = before.prepare;
  else Reflect.deleteProperty(Error, "prepareStackTrace");
  Error.stackTraceLimit = before.limit;
});

/** The names of the functions of user code in the stack of what a call throws. */
const names = (run: () => unknown) => framesOf(thrownBy(run)).map(({ name }) => name);
const cell = { cell: 3 };

it("shows the user's frames alone, at their places, in the stack of an error that passed through them", () => {
  const undo = installStackTraces("/course/notebooks");
  const fail = userCode<() => never>({ file: "/course/src/a.ts" }, "function fail() {\n  throw new TypeError('x');\n}");
  const error = thrownBy(() => userCode<(f: () => void) => void>(cell, "call => [1].forEach(() => call())")(fail));
  expect((error as Error).stack).toBe(
    [
      "TypeError: x",
      "    at fail (../src/a.ts:2:9)",
      "    at cell 3, line 1, column 27",
      "    at cell 3, line 1, column 13",
    ].join("\n"),
  );
  expect(framesOf(error)[0]).toEqual({
    origin: { file: "/course/src/a.ts" },
    position: { line: 2, column: 9 },
    name: "fail",
  });
  expect("name" in (framesOf(error)[1] as object)).toBe(false);
  undo();
});

it("knows files by their addresses too", () => {
  const undo = installStackTraces("/course");
  userCode({ file: "/course/src/b.mjs" }, "0", "/course/src/b.mjs");
  const script = new vm.Script("() => { throw new Error('x'); }", { filename: "file:///course/src/b.mjs" });
  expect(framesOf(thrownBy(script.runInThisContext()))).toMatchObject([{ origin: { file: "/course/src/b.mjs" } }]);
  undo();
});

it("names functions, constructors and methods", () => {
  const undo = installStackTraces("/");
  const thrown = (body: string) => names(userCode<() => never>(cell, body));
  const fails = "throw new Error('x')";
  expect(thrown(`() => { ${fails} }`)).toEqual([undefined]);
  expect(thrown(`function f() { ${fails} }`)).toEqual(["f"]);
  expect(thrown(`() => new (class A { constructor() { ${fails} } })()`)).toEqual(["new A", undefined]);
  expect(thrown(`() => new (class A { m() { ${fails} } })().m()`)).toEqual(["A.m", undefined]);
  expect(thrown(`() => (class A { static s() { ${fails} } }).s()`)).toEqual([
    expect.stringMatching(/^(A\.)?s$/),
    undefined,
  ]);
  expect(thrown(`() => ({ o() { ${fails} } }).o()`)).toEqual(["o", undefined]);
  expect(thrown(`() => Object.assign(Object.create(null), { o() { ${fails} } }).o()`)).toEqual([
    expect.stringMatching(/^(Object\.)?o$/),
    undefined,
  ]);
  expect(thrown(`() => { function f() { "use strict"; ${fails} } f() }`)).toEqual(["f", undefined]);
  expect(thrown(`() => new (class A { p = () => { ${fails} } })().p()`)).toEqual([
    expect.stringMatching(/^(A\.)?p$/),
    undefined,
  ]);
  undo();
});

it("leaves all other stacks as they were", () => {
  const plain = () => new Error("plain").stack as string;
  const node = plain();
  const undo = installStackTraces("/");
  const [head, first] = plain().split("\n");
  expect([head, first]).toEqual(node.split("\n").slice(0, 2));
  const odd = new Error("x");
  odd.toString = () => "other";
  expect(odd.stack).toMatch(/^Error: x\n {4}at /);
  const unspoken = new Error("x");
  Object.defineProperty(unspoken, "message", {
    get: () => {
      throw new Error("no");
    },
  });
  expect(unspoken.stack).toMatch(/^Error\n {4}at /);
  expect([framesOf(odd), framesOf(undefined), framesOf(null), framesOf("text")]).toEqual([[], [], [], []]);
  undo();
});

it("asks who prepared stacks before, and gives that back", () => {
  const earlier: Prepare = (error, sites) => `${error.message}: ${sites.length > 0}`;
  Error.prepareStackTrace = earlier;
  const undo = installStackTraces("/");
  expect(new Error("plain").stack).toBe("plain: true");
  expect(names(userCode<() => never>(cell, "function f() { throw new Error('x'); }"))).toEqual(["f"]);
  undo();
  expect(Error.prepareStackTrace).toBe(earlier);
});

it("looks below many frames of a library, and keeps a limit that is higher", () => {
  const undo = installStackTraces("/");
  expect(Error.stackTraceLimit).toBe(50);
  undo();
  expect([Error.stackTraceLimit, "prepareStackTrace" in Error]).toEqual([10, false]);
  Error.stackTraceLimit = 70;
  const again = installStackTraces("/");
  expect(Error.stackTraceLimit).toBe(70);
  again();
  expect(Error.stackTraceLimit).toBe(70);
});

it("is undone by the last of its users, each of whom counts once", () => {
  const [first, second] = [installStackTraces("/"), installStackTraces("/")];
  first();
  first();
  expect("prepareStackTrace" in Error).toBe(true);
  const third = installStackTraces("/");
  second();
  expect("prepareStackTrace" in Error).toBe(true);
  third();
  expect("prepareStackTrace" in Error).toBe(false);
  third();
  const anew = installStackTraces("/");
  expect("prepareStackTrace" in Error).toBe(true);
  anew();
});

it("says places as a reader counts them", () => {
  const position = { line: 12, column: 5 };
  expect(describePlace(cell, position, "/course/notebooks")).toBe("cell 3, line 12, column 5");
  expect(describePlace({ file: "/course/src/a.ts" }, position, "/course/notebooks")).toBe("../src/a.ts:12:5");
});
