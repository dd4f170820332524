import { describe, expect, it } from "vitest";
import { doubled, transposed } from "../../../src/generative/exact/doubleDouble.ts";
import { singularValues } from "../../../src/generative/exact/index.ts";
import { singularVectors } from "../../../src/generative/exact/singularValues.ts";
import { expectClose } from "../../support/close.ts";
import { dot, dyadicRows } from "../../support/dyadic.ts";

const h = 2 ** -40;
/** Rows, and what mpmath 1.3.0 has with 80 digits. */
const known: { rows: number[][]; values: number[] }[] = [
  {
    rows: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    values: [9.525518091565107, 0.5143005806586443],
  },
  {
    rows: [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 10],
    ],
    values: [17.412505166808597, 0.8751613501104356, 0.19686652111743022],
  },
  {
    rows: [
      [1, 1],
      [1, 1 + 2 ** -52],
    ],
    values: [2, 1.1102230246251565e-16],
  },
  {
    rows: [
      [1, 1, 1],
      [1, 1 + h, 1],
      [1, 1, 1 + 3 * h],
      [2, 2 + h, 2 - h],
    ],
    values: [4.5825756949566339, 2.537789925562565e-12, 4.2079352910620971e-13],
  },
  {
    rows: [
      [1, 0, 0],
      [1, h, 0],
      [1, h, 2 ** -70],
    ],
    values: [1.7320508075688772, 7.425993143694778e-13, 5.98942740891943e-22],
  },
  {
    rows: [
      [4, 1, -2],
      [0, 3, 1],
    ],
    values: [4.5924035040215569, 3.147988255418137, 0],
  },
];

describe("singularValues", () => {
  it.each(known)("of $rows are mpmath's, each to 1e-14 of itself, in any units", ({ rows, values }) => {
    for (const c of [1, 2 ** -600, 2 ** 600]) {
      const scaled = singularValues(rows.map(row => row.map(v => c * v)));
      expectClose(
        scaled,
        values.map(v => c * v),
        { relative: 1e-14 },
      );
    }
  });

  it("are the diagonal's, largest first, and 0 exactly beyond the rank", () => {
    expect(
      singularValues([
        [2, 0, 0],
        [0, -8, 0],
        [0, 0, 4],
      ]),
    ).toEqual([8, 4, 2]);
    expect(
      singularValues([
        [1, 2, 3],
        [2, 4, 6],
      ]).slice(1),
    ).toEqual([0, 0]);
    expect(
      singularValues([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ])[2],
    ).toBe(0);
    expect(
      singularValues([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0, 0]);
    expect(singularValues([[3, 4]])).toEqual([5, 0]);
    expectClose(singularValues([[3], [4]]), [5], { relative: 1e-15 });
  });

  it("tell 2⁻⁸⁰ of the largest from 0, and not 2⁻⁹⁵", () => {
    const pair = (small: number) => [
      [1, 0],
      [0, small],
    ];
    expect(singularValues(pair(2 ** -80))).toEqual([1, 2 ** -80]);
    expect(singularValues(pair(2 ** -95))).toEqual([1, 0]);
  });

  it("refuse ragged rows, numbers that are not finite, and no number", () => {
    expect(() => singularValues([[1, 2], [1]])).toThrow("singularValues: rows must be equally long");
    expect(() => singularValues([[1, Infinity]])).toThrow("singularValues: every number must be finite");
    expect(() => singularValues([])).toThrow("singularValues: a matrix must have a number");
  });
});

describe("singularVectors", () => {
  it("take the low parts of numbers as well, in any units", () => {
    for (const c of [1, 2 ** -300, 2 ** 300]) {
      const columns = doubled([
        [c, c],
        [c, c],
      ]);
      columns.low[3] = c * 2 ** -60;
      // [[1, 1], [1, 1 + e]] has a determinant of e.
      expectClose(singularVectors(columns).values, [2 * c, c * 2 ** -61], { relative: 1e-14 });
    }
  });

  const graded = dyadicRows(5, 12, 6).map(row => row.map((v, j) => v * 2 ** (-9 * j)));
  const decayed = dyadicRows(5, 6, 6).map(row => row.map((v, j) => (row[0] as number) * (1 + 2 ** -20 * v) * 2 ** -j));
  const wide = dyadicRows(11, 3, 7);

  it.each([
    ["plain", dyadicRows(3, 9, 5)],
    ["graded", graded],
    ["nearly of rank one", decayed],
    ["wide", wide],
    ["of large numbers", dyadicRows(3, 4, 4).map(row => row.map(v => v * 2 ** 500))],
  ] as [string, number[][]][])("turn to right angles, and A v_i is the image: %s", (_, rows) => {
    const { values, right, images } = singularVectors(transposed(doubled(rows)));
    const largest = values[0] as number;
    expect([...values].sort((a, b) => b - a)).toEqual(values);
    right.forEach((v, i) => {
      right.forEach((w, j) => {
        expectClose(dot(v, w), i === j ? 1 : 0, { absolute: 1e-14 });
      });
      const image = Array.from(images[i] as Float64Array);
      expectClose(Math.hypot(...image), values[i] as number, { relative: 1e-14 });
      expectClose(
        rows.map(row => dot(row, v)),
        image,
        { absolute: 1e-14 * largest },
      );
      images.forEach((other, j) => {
        if (j === i || values[i] === 0 || values[j] === 0) return;
        const cosine = dot(image, Array.from(other)) / (values[i] as number) / (values[j] as number);
        expectClose(cosine, 0, { absolute: 1e-14 });
      });
    });
  });
});
