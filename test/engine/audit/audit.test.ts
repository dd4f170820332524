import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cases } from "./cases.ts";
import { functions } from "./functions.ts";
import { type Column, columns, measure, notRight, present } from "./measure.ts";
import { table } from "./table.ts";

const measured = await measure();

it("has a case for every function, and a function for every case", () => {
  expect([...new Set(cases.map(({ kernel }) => kernel))].sort()).toEqual(Object.keys(functions).sort());
});

describe.each(present)("on %s", column => {
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
  const stored = guide.slice(guide.indexOf("<!-- audit -->"), guide.indexOf("<!-- /audit -->"));
  expect(rowsOf(stored, columns)).toEqual(rowsOf(table(measured), present));
});

/** A table's cells by kernel, of the columns that are present, and what stands below it. */
function rowsOf(markdown: string, inOrder: readonly Column[]): string[][] {
  const isPresent = (place: number) => place < 2 || present.includes(inOrder[place - 2] as Column);
  return markdown
    .split("\n")
    .filter(line => /^\| \w|^Not compared/.test(line))
    .map(line => line.split("|").map(cell => cell.trim()))
    .map(cells => (cells.length === 1 ? cells : cells.slice(1, -1).filter((_, place) => isPresent(place))));
}

/** LowerBound and UpperBound are kinds of SearchSorted. */
const mentions = (words: string, kernel: string): boolean =>
  words.includes(kernel) || (kernel.endsWith("Bound") && words.includes("SearchSorted"));
