import { Console } from "node:console";
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { leadingTable } from "../../../src/kernel/output/table.ts";

/** What node's own console writes of a table. */
function written(data: unknown, columns?: unknown): string {
  let text = "";
  const sink = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  new Console(sink).table(data, columns as string[]);
  return text;
}

it.each<[string, unknown, unknown?]>([
  ["rows", [{ a: 1, b: "x" }, { c: 2 }]],
  ["rows with chosen columns", [{ a: 1, b: 2 }], ["b"]],
  ["lists", [[1, 2], [3]]],
  ["numbers", [1, 2, 3]],
  ["a typed array", new Float64Array([1, 2])],
  ["a map", new Map([["key", { a: 1 }]])],
  ["a set", new Set([1, { a: 2 }])],
  ["an object of rows", { first: { a: 1 }, second: { b: 2 } }],
  ["a number", 7],
  ["nothing", undefined],
  ["a proxy", new Proxy([{ a: 1 }], {})],
])("of few rows is what node writes: %s", (_, data, columns) => {
  const leading = leadingTable(data, columns);
  expect(leading.rest).toBeUndefined();
  expect(written(leading.data, leading.columns)).toBe(written(data, columns));
});

const many = Array.from({ length: 1e6 }, (_, i) => i);

it.each<[string, unknown, string]>([
  ["a list", many, "999,000 more rows"],
  ["a typed array", Float64Array.from(many), "999,000 more rows"],
  ["a set", new Set(many), "999,000 more rows"],
  ["a map", new Map(many.map(i => [i, { i }])), "999,000 more rows"],
  ["an object", Object.fromEntries(many.slice(0, 1e5).map(i => [`row${i}`, i])), "99,000 more rows"],
])("of a million rows is its first thousand: %s", (_, data, rest) => {
  const leading = leadingTable(data);
  expect(leading.rest).toBe(`… ${rest}`);
  const lines = written(leading.data, leading.columns).trim().split("\n");
  expect(lines).toHaveLength(1000 + 4);
  expect(lines[3]).toMatch(/\b0\b/);
  expect(lines.at(-2)).toMatch(/999/);
});

it("of many columns is its first hundred, however many rows have them", () => {
  const wide = Object.fromEntries(many.slice(0, 1e5).map(i => [`k${i}`, i]));
  const { data, columns, rest } = leadingTable(Array.from({ length: 1000 }, () => wide));
  expect(rest).toBe("… no more than 100 columns");
  expect(columns).toHaveLength(100);
  const head = written(data, columns).split("\n")[1] as string;
  expect(head.split("│")).toHaveLength(100 + 1 + 2);
});
