import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Rows } from "../../../src/kernel/debugger/rows.ts";
import { describeValue } from "../../../src/kernel/debugger/values.ts";

/** Every way in which a value may run code when it is looked at; none may. */
const touched: string[] = [];
const trap = (name: string) => () => {
  touched.push(name);
  throw new Error(name);
};
const hostileHandler = new Proxy({}, { get: (_, name) => trap(`trap ${String(name)}`) });
class Hostile {
  static get name() {
    return trap("static name")();
  }
  static [Symbol.hasInstance]() {
    return trap("hasInstance")();
  }
  own = 1;
  get computed() {
    return trap("getter")();
  }
  get [Symbol.toStringTag]() {
    return trap("tag")();
  }
  toString = trap("toString");
  toJSON = trap("toJSON");
  [inspect.custom] = trap("inspect");
}
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const withGetters = (value: object, ...names: PropertyKey[]) => {
  for (const name of names) Object.defineProperty(value, name, { get: trap(String(name)), enumerable: true });
  return value;
};

const hostile: Record<string, unknown> = {
  "a class": new Hostile(),
  "the class itself": Hostile,
  "a Proxy": new Proxy({}, hostileHandler),
  "a Proxy of a function": new Proxy(() => 1, hostileHandler),
  "a Proxy of an array": new Proxy([1], hostileHandler),
  "a revoked Proxy": revoked.proxy,
  "something below a Proxy": Object.create(new Proxy({}, hostileHandler)),
  "an error": withGetters(new Error("x"), "stack", "message", "name"),
  "a map": withGetters(new Map([[1, 2]]), "size", "forEach", "entries", Symbol.iterator),
  "a set": withGetters(new Set([1]), "size", "forEach", "values", Symbol.iterator),
  "an array": withGetters([1, 2], "0", "constructor", Symbol.iterator),
  "a typed array": withGetters(new Float32Array(2), "length", "constructor", Symbol.toStringTag),
  "a date": withGetters(new Date(0), "getTime", "toISOString", Symbol.toPrimitive),
  "a regular expression": withGetters(/a/g, "flags", "global", "source", "toString"),
  "a function": withGetters(() => 1, "name", "toString"),
  "what looks like a tensor": withGetters({ dtype: "float32", dataId: {} }, "shape", "isDisposed"),
  "nested ones": { a: new Hostile(), b: [new Proxy({}, hostileHandler)], c: new Map([[new Hostile(), revoked.proxy]]) },
};

describe("a value is described without running anything of it", () => {
  it.each(Object.keys(hostile))("%s", name => {
    touched.length = 0;
    const rows = new Rows();
    const visit = (reference: number, depth: number): void => {
      for (const row of rows.below(reference) ?? []) {
        if (row.variablesReference > 0 && depth > 0) visit(row.variablesReference, depth - 1);
      }
    };
    visit(rows.row({ name: "x", value: hostile[name] }).variablesReference, 3);
    expect(touched).toEqual([]);
  });
});

describe("a description", () => {
  const cases: [unknown, string, string, number | undefined][] = [
    [undefined, "undefined", "undefined", undefined],
    [null, "null", "null", undefined],
    [-0, "number", "-0", undefined],
    [10n, "bigint", "10n", undefined],
    ["it's", "string", '"it\'s"', 4],
    [Symbol("s"), "symbol", "Symbol(s)", undefined],
    [[1, "a", null], "Array(3)", '[1, "a", null]', 3],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tried.
    [[1, , 3], "Array(3)", "[1, empty, 3]", 3],
    [new Float32Array([1, 2]), "Float32Array(2)", "Float32Array(2) [1, 2]", 2],
    [new Map([["a", 1]]), "Map(1)", 'Map(1) { "a" => 1 }', 1],
    [new Set([1, 2]), "Set(2)", "Set(2) [1, 2]", 2],
    [{ a: 1, b: { c: 2 }, d: [1] }, "Object", "{ a: 1, b: {…}, d: Array(1) }", 3],
    [Object.create(null), "Object", "{}", 0],
    [new Date(0), "Date", "1970-01-01T00:00:00.000Z", 0],
    [/a\/b/gi, "RegExp", "/a\\/b/gi", 0],
    [new TypeError("no"), "TypeError", "TypeError: no", 0],
    [new ArrayBuffer(8), "ArrayBuffer(8)", "ArrayBuffer(8) {}", 8],
    [function f() {}, "function", "ƒ f", undefined],
    [class A {}, "class", "class A", undefined],
    [new Proxy({}, {}), "Proxy", "Proxy", undefined],
    [{ shape: [2, 3], dtype: "float32", dataId: {} }, "Object float32 [2, 3]", "Object float32 [2, 3]", 6],
  ];
  it.each(cases.map(([value, type, text, size]) => ({ value, type, text, size })))(
    "has type, text and size: $type $text",
    ({ value, type, text, size }) =>
      expect(describeValue(value)).toEqual({ type, value: text, ...(size === undefined ? {} : { size }) }),
  );

  it("is short for long values", () => {
    expect(describeValue("x".repeat(1e7)).value.length).toBeLessThan(300);
    expect(describeValue(new Array(1e6).fill("y".repeat(1000))).value.length).toBeLessThan(1000);
    expect(describeValue(Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`k${i}`, i]))).value).toMatch(/…/);
  });
});

describe("rows", () => {
  const rows = new Rows();
  const below = (value: unknown) => rows.below(rows.row({ name: "x", value }).variablesReference) ?? [];

  it("go down to what is inside, of objects that are in use", () => {
    const data = { list: [1, { deep: "yes" }] };
    const [list] = below(data);
    expect(list).toMatchObject({ name: "list", type: "Array(2)", size: 2 });
    const [, second] = rows.below(list?.variablesReference ?? 0) ?? [];
    expect(rows.below(second?.variablesReference ?? 0)).toMatchObject([{ name: "deep", value: '"yes"' }]);
    expect(data.list.length).toBe(2);
  });

  it("show the keys and values of a map", () => {
    const map = new Map([[{ k: 1 }, "v"]]);
    const [first] = below(map);
    expect(first?.value).toBe('{ k: 1 } => "v"');
    expect(rows.below(first?.variablesReference ?? 0)?.map(each => each.value)).toEqual(["{ k: 1 }", '"v"']);
    expect(map.size).toBe(1);
  });

  it("show a long list in pieces, or the part that is asked for", () => {
    const long = Float32Array.from({ length: 25_000 }, (_, index) => index);
    const { variablesReference } = rows.row({ name: "x", value: long });
    const pieces = rows.below(variablesReference) ?? [];
    expect(pieces.map(each => each.name)).toEqual(["[0 … 9999]", "[10000 … 19999]", "[20000 … 24999]"]);
    const inner = rows.below(pieces[2]?.variablesReference ?? 0) ?? [];
    expect(inner).toHaveLength(50);
    expect(rows.below(inner[1]?.variablesReference ?? 0)?.[3]).toMatchObject({ name: "20103", value: "20103" });
    const part = rows.below(variablesReference, { start: 500, count: 2 });
    expect(part?.map(each => each.name)).toEqual(["500", "501"]);
    expect(long.length).toBe(25_000);
  });

  it("are gone after a reset", () => {
    const { variablesReference } = rows.row({ name: "x", value: { a: 1 } });
    rows.reset();
    expect(rows.below(variablesReference)).toBeUndefined();
  });
});
