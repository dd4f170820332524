import { describe, expect, it } from "vitest";
import { assertMatrix, assertSquare, assertVector } from "../../../src/generative/exact/matrices.ts";

describe("assertMatrix", () => {
  it("takes rows of finite numbers that are equally long", () => {
    expect(() => assertMatrix("it", [[1]])).not.toThrow();
    expect(() =>
      assertMatrix("it", [
        [1, -2, 0],
        [3, 4, 5],
      ]),
    ).not.toThrow();
  });

  it.each([
    [[], "it: a matrix must have a number, but got none"],
    [[[]], "it: a matrix must have a number, but got none"],
    [[[], [1]], "it: a matrix must have a number, but got none"],
    [[[1, 2], [3, 4], [5]], "it: rows must be equally long, but got 2 numbers in row 0 and 1 in row 2"],
    [
      [
        [1, 2],
        [3, 4, 5],
      ],
      "but got 2 numbers in row 0 and 3 in row 1",
    ],
    [
      [
        [1, 2],
        [3, Number.NaN],
      ],
      "it: every number must be finite, but got NaN in row 1, column 1",
    ],
    [[[-Infinity, 2]], "but got -Infinity in row 0, column 0"],
  ] as [number[][], string][])("refuses %j", (A, why) => expect(() => assertMatrix("it", A)).toThrow(why));
});

describe("assertSquare", () => {
  it("takes as many rows as columns, and what assertMatrix takes", () => {
    expect(() =>
      assertSquare("it", [
        [1, 2],
        [3, 4],
      ]),
    ).not.toThrow();
    expect(() => assertSquare("it", [[1, 2]])).toThrow("it: a matrix must be square, but got 1 rows and 2 columns");
    expect(() => assertSquare("it", [[1], [2]])).toThrow("but got 2 rows and 1 columns");
    expect(() => assertSquare("it", [[Number.NaN]])).toThrow("must be finite");
    expect(() => assertSquare("it", [])).toThrow("must have a number, but got none");
  });
});

describe("assertVector", () => {
  it("takes d finite entries", () => {
    expect(() => assertVector("it", "b", [1, -2], 2)).not.toThrow();
    expect(() => assertVector("it", "b", Float64Array.of(0), 1)).not.toThrow();
    expect(() => assertVector("it", "b", [1, 2], 3)).toThrow("it: b must have 3 entries, but got 2");
    expect(() => assertVector("it", "b", [1, 2], 1)).toThrow("it: b must have 1 entries, but got 2");
    expect(() => assertVector("it", "b", [1, Infinity], 2)).toThrow(
      "it: every entry of b must be finite, but got Infinity at 1",
    );
    expect(() => assertVector("it", "b", [Number.NaN, 1], 2)).toThrow("but got NaN at 0");
  });
});
