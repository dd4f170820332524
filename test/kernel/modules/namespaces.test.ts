import path from "node:path";
import { describe, expect, it } from "vitest";
import { exportsInto, namespaceOf, commonNamespace } from "../../../src/kernel/modules/namespaces.ts";
import { nativeImport, withNamedExports } from "../../../src/kernel/modules/native.ts";
import { Waits } from "../../../src/kernel/modules/waits.ts";

const namespace = (entries: Record<string, unknown>) =>
  Object.freeze(Object.assign(Object.create(null, { [Symbol.toStringTag]: { value: "Module" } }), entries)) as object;

describe("the namespace of a CommonJS module", () => {
  it("has all of its properties as names, besides its default", () => {
    const exports: Record<string, unknown> = { a: 1, b: 2 };
    const found = withNamedExports(namespace({ default: exports, a: 1 }), "own default") as Record<string, unknown>;
    expect({ ...found }).toEqual({ a: 1, b: 2, default: exports });
    exports.b = 5;
    expect([found.b, Object.prototype.toString.call(found), Object.keys(found).sort()]).toEqual([
      ...[5, "[object Module]"],
      ["a", "b", "default"],
    ]);
  });

  it("is one for each module", () => {
    const of = namespace({ default: { a: 1 } });
    expect(withNamedExports(of, "own default")).toBe(withNamedExports(of, "module.exports"));
  });

  it("of ES syntax has its own default for cells, and all of it for modules", () => {
    const exports = { __esModule: true, default: "own", a: 1 };
    const of = namespace({ default: exports, "module.exports": exports });
    const cell = withNamedExports(of, "own default") as Record<string, unknown>;
    const module = withNamedExports(of, "module.exports") as Record<string, unknown>;
    expect([cell.default, cell.a, module.default, module.a]).toEqual(["own", 1, exports, 1]);
    expect(Object.keys(cell)).toContain("default");
    expect("__esModule" in module).toBe(false);
    for (const other of [{ __esModule: true, a: 1 }, { __esModule: 1, default: "own" }, { default: "own" }]) {
      expect((withNamedExports(namespace({ default: other }), "own default") as { default: unknown }).default).toBe(
        other,
      );
    }
  });

  it("may be a function's", () => {
    const call = Object.assign(() => 1, { a: 1 });
    expect(withNamedExports(namespace({ default: call }), "own default")).toMatchObject({ a: 1, default: call });
  });

  it("stays as it is where it lacks no name, and is none of CommonJS", () => {
    for (const entries of [
      { default: { a: 1 }, a: 1 },
      { default: { __esModule: true, a: 1 }, a: 1 },
      { default: { __esModule: true }, a: 1 },
      { default: null },
      { default: "text" },
      { a: 1 },
      { default: { b: 1 }, a: 1 },
      { default: {} },
    ]) {
      const of = namespace(entries);
      expect(withNamedExports(of, "module.exports")).toBe(of);
    }
  });
});

describe("what a module exports", () => {
  it("is the default of a namespace, one for each", () => {
    const exports = { a: 1 };
    const found = namespaceOf(exports) as { default: unknown };
    expect([found.default, namespaceOf(exports)]).toEqual([exports, found]);
    expect(namespaceOf(exports)).toBe(found);
    expect(Object.keys(found)).toEqual(["default"]);
    const call = () => 1;
    expect(namespaceOf(call)).toBe(namespaceOf(call));
    for (const value of [null, undefined, 3, "text"]) expect(namespaceOf(value)).toMatchObject({ default: value });
    expect(commonNamespace({ exports }, "own default")).toMatchObject({ a: 1, default: exports });
  });

  it("may be a namespace already", () => {
    const of = namespace({ a: 1 });
    expect(namespaceOf(of)).toBe(of);
  });

  it("fills its namespace, its own names before those of others", () => {
    const filled: Record<string, unknown> = {};
    const { defineExports, exportAll } = exportsInto(filled);
    let n = 1;
    defineExports({ a: () => n });
    const other: Record<string, unknown> = { a: "other", b: 2, default: "other" };
    exportAll(other);
    n = 5;
    other.b = 6;
    expect(filled).toEqual({ a: 5, b: 6 });
    defineExports({ b: () => "own" });
    expect(filled.b).toBe("own");
  });
});

describe("node's own import", () => {
  it("is that of a file of the folder, with attributes, and without a warning", async () => {
    const warned: unknown[] = [];
    const warn = (...args: unknown[]) => void warned.push(args);
    const { emitWarning } = process;
    process.emitWarning = warn as never;
    expect(await nativeImport("/", "node:path")).toMatchObject({ default: path });
    const data = 'data:application/json,{"a":1}';
    expect(await nativeImport("/", data, { with: { type: "json" } })).toMatchObject({ default: { a: 1 } });
    expect(process.emitWarning).toBe(warn);
    process.emitWarning = emitWarning;
    expect(warned).toEqual([]);
    await expect(nativeImport("/", "./nowhere.mjs")).rejects.toThrow("/nowhere.mjs");
    await expect(nativeImport("/tmp", "./nowhere.mjs")).rejects.toThrow("/tmp/nowhere.mjs");
  });
});

describe("modules that wait", () => {
  it("reach what they wait for, by whatever way, as long as they do", async () => {
    const waits = new Waits();
    let finish: () => void = () => {};
    const evaluation = new Promise<void>(resolve => {
      finish = resolve;
    });
    const waiting = [
      waits.during("a", "b", evaluation),
      waits.during("b", "c", evaluation),
      waits.during("b", "d", evaluation),
    ];
    await waits.during(undefined, "a", Promise.resolve());
    const pairs = ["aa", "ab", "ac", "ad", "ba", "ca", "bd"];
    expect(pairs.filter(([from = "", to = ""]) => waits.reach(from, to))).toEqual(["aa", "ab", "ac", "ad", "bd"]);
    finish();
    await Promise.all(waiting);
    expect(waits.reach("a", "b")).toBe(false);
    await expect(waits.during("a", "e", Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    await expect(waits.during(undefined, "e", Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(waits.reach("a", "e")).toBe(false);
  });

  it("may go in a circle, and are forgotten", () => {
    const waits = new Waits();
    const never = new Promise<void>(() => {});
    for (const [from, to] of ["ab", "bc", "ca"].map(each => [...each] as [string, string]))
      void waits.during(from, to, never);
    expect([waits.reach("a", "c"), waits.reach("a", "x")]).toEqual([true, false]);
    waits.clear();
    expect(waits.reach("a", "b")).toBe(false);
  });
});
