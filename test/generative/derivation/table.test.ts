import { afterEach, describe, expect, it } from "vitest";
import { showTable } from "../../../src/generative/derivation/index.ts";
import { inWords, markdownTable } from "../../../src/generative/derivation/showTable.ts";

const DISPLAY = Symbol.for("lectern.display");
const shown = globalThis as Record<symbol, unknown>;
afterEach(() => delete shown[DISPLAY]);

describe("showTable", () => {
  it("shows words to the left and numbers to the right", () => {
    let bundle: { data: Record<string, unknown> } | undefined;
    shown[DISPLAY] = (given: { data: Record<string, unknown> }) => {
      bundle = given;
    };
    showTable({
      columns: ["model", "bits"],
      rows: [
        ["MADE", "0.5"],
        ["VAE", "0.75"],
      ],
    });
    expect(bundle?.data["text/markdown"]).toBe("| model | bits |\n| --- | --: |\n| MADE | 0.5 |\n| VAE | 0.75 |");
    expect(bundle?.data["text/plain"]).toBe("model  bits\nMADE  0.5\nVAE  0.75");
  });

  it("refuses a row with a hole, also where nothing can be shown", () => {
    expect(() => showTable({ columns: ["model", "bits"], rows: [["MADE"]] })).toThrow(
      "a row must have an entry for each of 2 columns, but got 1",
    );
    expect(() => showTable({ columns: ["model"], rows: [["MADE"]] })).not.toThrow();
  });
});

it("a table has words in as many columns as are said, and numbers in the others", () => {
  const rule = (words: number) => markdownTable(["a", "b", "c"], [["1", "2", "3"]], words).split("\n");
  expect(rule(2)).toEqual(["| a | b | c |", "| --- | --- | --: |", "| 1 | 2 | 3 |"]);
  expect(rule(0)[1]).toBe("| --: | --: | --: |");
  expect(rule(3)[1]).toBe("| --- | --- | --- |");
});

it.each([
  [0, "0.000000"],
  [-0, "0.000000"],
  [-4e-7, "0.000000"],
  [4e-7, "0.000000"],
  [-6e-7, "−0.000001"],
  [1.23456789, "1.234568"],
  [-1.5, "−1.500000"],
  [-Infinity, "−Infinity"],
  [Number.NaN, "?"],
])("the number %d is %s", (value, text) => expect(inWords(value)).toBe(text));
