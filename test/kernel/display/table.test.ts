import { describe, expect, it } from "vitest";
import { tableBundle } from "../../../src/kernel/display/table.ts";

const html = (value: unknown) => tableBundle(value, () => "as text")?.data["text/html"];
const record = (columns: number) => Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, i]));
const fields = (...names: string[]) => ({ fields: names.map(name => ({ name })) });

describe("a table", () => {
  it("is its head, its rows with their numbers, and its text", () => {
    expect(tableBundle([{ a: 1, b: "x" }], () => "as text")).toEqual({
      data: {
        "text/html":
          "<table><thead><tr><th></th><th>a</th><th>b</th></tr></thead>" +
          "<tbody><tr><th>0</th><td>1</td><td>x</td></tr></tbody></table>",
        "text/plain": "as text",
      },
      metadata: {},
    });
    const bare = Object.assign(Object.create(null), { a: 2 });
    expect(html([{ a: 1 }, bare])).toContain("<td>1</td></tr><tr><th>1</th><td>2</td>");
  });

  it("is whole up to thirty rows, and then its ends with its size", () => {
    const rows = (count: number) => String(html(Array.from({ length: count }, (_, i) => ({ i, j: i }))));
    expect(rows(30).match(/<tr>/g)).toHaveLength(31);
    expect(rows(30)).not.toContain("…");
    expect(rows(30)).toMatch(/<\/table>$/);
    expect(rows(31)).toContain('<tr><th>9</th><td>9</td><td>9</td></tr><tr><th>…</th><td colspan="2">…</td></tr>');
    expect(rows(31)).toMatch(/<p>31 rows × 2 columns<\/p>$/);
  });

  it("of a library shows its first forty columns", () => {
    const wide = (columns: number, rows = 1) =>
      String(
        html({
          columnNames: () => Object.keys(record(columns)),
          numRows: () => rows,
          get: (name: string, row: number) => `${name}/${row}`,
        }),
      );
    expect(wide(40)).not.toContain("…");
    expect(wide(41)).toContain("<th>c39</th><th>…</th></tr>");
    expect(wide(41)).toContain("<td>c39/0</td><td>…</td></tr>");
    expect(wide(41)).not.toContain("c40");
    expect(wide(41, 31)).toContain('colspan="41"');
    expect(wide(41, 31)).toContain("<p>31 rows × 41 columns</p>");
  });

  it("of Arrow may have columns that are not there", () => {
    const arrow = { numRows: 1, schema: fields("a", "b"), getChildAt: (i: number) => (i ? null : { get: () => 5 }) };
    expect(html(arrow)).toContain("<td>5</td><td></td>");
  });
});

describe("a cell of a table", () => {
  const cell = (value: unknown) => /<td>(.*)<\/td>/s.exec(String(html([{ value }])))?.[1];

  it.each<[unknown, string]>([
    ["x".repeat(200), "x".repeat(200)],
    ["x".repeat(201), `${"x".repeat(200)}…`],
    [new Date(Number.NaN), "Invalid Date"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [undefined, ""],
    [null, "null"],
    [Symbol("a"), "Symbol(a)"],
    ['<a href="x">&', "&lt;a href=&quot;x&quot;&gt;&amp;"],
  ])("%#", (value, text) => expect(cell(value)).toBe(text));

  it("is short where a library has objects in it", () => {
    const of = (value: unknown) => {
      const arrow = { numRows: 1, schema: fields("a"), getChildAt: () => ({ get: () => value }) };
      return /<td>(.*)<\/td>/s.exec(String(html(arrow)))?.[1];
    };
    expect(of({ a: { b: { c: 1 } } })).toBe("{ a: { b: [Object] } }");
    expect(of(Array.from({ length: 12 }, () => 1))).toContain("... 2 more items");
    expect(of(["x".repeat(201)])).toContain("... 1 more character");
    expect(of(Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`k${i}`, "x".repeat(30)])))).not.toContain("\n");
  });
});

describe("no table", () => {
  it.each<[string, unknown]>([
    ["null", null],
    ["nothing", undefined],
    ["text", "text"],
    ["an object", { a: 1 }],
    ["an object that looks like an array", { 0: { a: 1 }, length: 1 }],
    ["an array that starts with nothing", [undefined]],
    ["an empty array", []],
    ["an array that starts with text", ["a"]],
    ["an array that starts with null", [null]],
    ["an array that starts with an array", [[1]]],
    ["rows of too many columns", [record(41)]],
    ["rows of which one is no record", [{ a: 1 }, null]],
    [
      "rows with other names",
      [
        { a: 1, b: 2 },
        { a: 1, c: 2 },
      ],
    ],
    [
      "instances of a class",
      [
        new (class A {
          a = 1;
        })(),
      ],
    ],
    ["records with functions", [{ a: 1, f: () => 1 }]],
    ["records with objects", [{ a: 1, o: {} }]],
    [
      "a function with arquero's methods",
      Object.assign(() => {}, { columnNames: () => [], numRows: () => 1, get: () => 1 }),
    ],
    ["what lacks columnNames", { numRows: () => 1, get: () => 1 }],
    ["what lacks numRows", { columnNames: () => ["a"], get: () => 1 }],
    ["what lacks get", { columnNames: () => ["a"], numRows: () => 1 }],
    ["what lacks Arrow's numRows", { schema: fields("a"), getChildAt: () => null }],
    ["what lacks getChildAt", { numRows: 1, schema: fields("a") }],
    ["what lacks a schema", { numRows: 1, getChildAt: () => null }],
    ["what lacks fields", { numRows: 1, schema: {}, getChildAt: () => null }],
  ])("%s", (_, value) => expect(html(value)).toBeUndefined());

  it("has forty columns at most, as an array of records", () => {
    expect(html([record(40)])).toContain("<th>c39</th></tr>");
  });
});
