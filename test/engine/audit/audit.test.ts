import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cases } from "./cases.ts";
import { functions } from "./functions.ts";
import { columns, measure, notRight } from "./measure.ts";
import { table } from "./table.ts";

const measured = await measure();

it("has a case for every function, and a function for every case", () => {
  expect([...new Set(cases.map(({ kernel }) => kernel))].sort()).toEqual(Object.keys(functions).sort());
});

describe.each(columns)("on %s", column => {
  it("no kernel is silently wrong, forward or backward", () => {
    const wrong = notRight(measured[column]).filter(({ verdict }) => verdict.is === "wrong");
    expect(wrong.map(({ kernel, case: name, of, verdict }) => `${kernel}, ${name}, ${of}: ${verdict.words}`)).toEqual(
      [],
    );
  });

  it("what is refused is refused by name", () => {
    const nameless = notRight(measured[column])
      .filter(({ kernel, verdict }) => verdict.is === "refused" && !mentions(verdict.words ?? "", kernel))
      .map(({ kernel, verdict }) => `${kernel}: ${verdict.words}`);
    expect(nameless).toEqual([]);
  });
});

it("the guide has the table as it is measured", () => {
  const guide = readFileSync(new URL("../../../src/guide/kernels.md", import.meta.url), "utf8");
  expect(plain(guide)).toContain(plain(`<!-- audit -->\n${table(measured)}\n<!-- /audit -->`));
});

/** Without what the formatter puts between a table's words. */
const plain = (markdown: string): string =>
  markdown
    .replace(/ *\| */g, "|")
    .replace(/-{3,}/g, "---")
    .replace(/\n+/g, "\n");

/** LowerBound and UpperBound are kinds of SearchSorted. */
const mentions = (words: string, kernel: string): boolean =>
  words.includes(kernel) || (kernel.endsWith("Bound") && words.includes("SearchSorted"));
