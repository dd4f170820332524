import { describe, expect, it } from "vitest";
import {
  AffineFlow,
  eigenSymmetric,
  inverse,
  logAbsDet,
  luFactors,
  qrFactors,
  singularValues,
  solve,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { dot, dyadicCovariance, dyadicRows } from "../../support/dyadic.ts";
import { fixture } from "../../support/fixture.ts";

interface Reference {
  kind: "dyadic" | "dependent" | "hilbert";
  d: number;
  logAbs: number;
  sign: number;
  solution: number[];
  singularValues?: number[];
}

const column = (A: number[][], j: number) => A.map(row => row[j] as number);

function matrixOf({ kind, d }: Pick<Reference, "kind" | "d">): number[][] {
  if (kind === "hilbert")
    return Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => 1 / (i + j + 1)));
  const A = dyadicRows(79, d, d);
  if (kind === "dependent") A[d - 1] = (A[0] as number[]).map((a, j) => a + 2 ** -40 * (A[d - 1]?.[j] as number));
  return A;
}

describe("any square matrix, against mpmath with 80 digits", () => {
  it.each(fixture("covariances").matrices as Reference[])("$kind, d = $d", entry => {
    const A = matrixOf(entry);
    const { logAbs, sign } = logAbsDet(A);
    expectClose(logAbs, entry.logAbs, { relative: 1e-12 });
    expect(sign).toBe(entry.sign);
    const ones = A.map(() => 1);
    expectClose(solve(A, ones).slice(0, 12), entry.solution, { relative: 1e-12 });
    if (entry.singularValues) expectClose(singularValues(A), entry.singularValues, { relative: 1e-12 });
  });

  it("changes by powers of c in other units", () => {
    const A = matrixOf({ kind: "dyadic", d: 30 });
    for (const c of [1e-8, 1e-3, 1e8, 1e-200]) {
      const scaled = A.map(row => row.map(v => c * v));
      expectClose(logAbsDet(scaled).logAbs, logAbsDet(A).logAbs + 30 * Math.log(c), { relative: 1e-12 });
      expectClose(
        singularValues(scaled),
        singularValues(A).map(v => c * v),
        { relative: 1e-12 },
      );
      expectClose(
        solve(
          scaled,
          A.map(() => c),
        ),
        solve(
          A,
          A.map(() => 1),
        ),
        { relative: 1e-9 },
      );
    }
  });

  it("is singular exactly where its rows are dependent, not where it is small or nearly singular", () => {
    expect(
      logAbsDet([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ).toEqual({ logAbs: -Infinity, sign: 0 }); // prettier-ignore
    expect(
      logAbsDet([
        [0.1, 0.2],
        [0.2, 0.4],
      ]).sign,
    ).toBe(0); // prettier-ignore
    expectClose(
      logAbsDet([
        [1e-20, 0],
        [1, 1],
      ]).logAbs,
      Math.log(1e-20),
      { relative: 4e-16 },
    ); // prettier-ignore
    expect(
      logAbsDet([
        [1, 0],
        [1e30, 1],
      ]).sign,
    ).toBe(1); // prettier-ignore
    expect(
      logAbsDet([
        [1e-160, 0],
        [0, 1e-160],
      ]).logAbs,
    ).toBeCloseTo(-320 * Math.LN10, 9); // prettier-ignore
    expect(() =>
      solve(
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        [1, 2, 3],
      ),
    ).toThrow("det A = 0: pivot 2 of 3 vanishes"); // prettier-ignore
  });
});

describe("a matrix whose rows and columns have units of their own", () => {
  const S = [
    [4, 1, 0.5, 2],
    [1, 3, -1, 0],
    [0.25, 1, 5, 1],
    [-1, 2, 1, 6],
  ];
  // mpmath, 900 digits: log |S|, and x of S x = (1, 2, 3, 4)
  const logAbs = 5.948687517751924;
  const x = [-0.15655577299412915, 0.8454011741682974, 0.3796477495107632, 0.29549902152641877];
  const everyUnits = [
    [0, 0, 0, 0],
    [-27, 27, 0, -27],
    [500, -500, 0, -27],
    [-490, -490, 480, 480],
  ];

  it.each(everyUnits.flatMap(rows => everyUnits.map(columns => ({ rows, columns }))))(
    "of 2^$rows and 2^$columns has its determinant and its solutions to 1e-13",
    ({ rows, columns }) => {
      const A = S.map((row, i) => row.map((a, j) => a * 2 ** (rows[i] as number) * 2 ** (columns[j] as number)));
      const units = [...rows, ...columns].reduce((sum, exponent) => sum + exponent, 0);
      const found = logAbsDet(A);
      expectClose(found.logAbs, logAbs + units * Math.LN2, { absolute: 1e-13, relative: 1e-13 });
      expect(found.sign).toBe(1);
      const b = [1, 2, 3, 4].map((value, i) => value * 2 ** (rows[i] as number));
      const wanted = x.map((value, j) => value * 2 ** -(columns[j] as number));
      expectClose(solve(A, b), wanted, { relative: 1e-13 });
      const inverted = inverse(A).map((row, j) =>
        row.reduce(
          (sum, value, i) => sum + value * 2 ** (rows[i] as number) * 2 ** (columns[j] as number) * (i + 1),
          0,
        ),
      );
      expectClose(inverted, x, { relative: 1e-12 });
      const flow = new AffineFlow(A, [0, 0, 0, 0]).forward(b);
      expectClose(flow.z, wanted, { relative: 1e-13 });
      expectClose(flow.logDet, -found.logAbs, {});
    },
  );

  it("is singular where a row or a column is 0, in any units", () => {
    for (const c of [2 ** -400, 1, 2 ** 400]) {
      expect(
        logAbsDet([
          [c, 1],
          [0, 0],
        ]),
      ).toEqual({ logAbs: -Infinity, sign: 0 }); // prettier-ignore
      expect(() =>
        solve(
          [
            [c, 0],
            [1, 0],
          ],
          [1, 1],
        ),
      ).toThrow("solve: A must be invertible, but got det A = 0"); // prettier-ignore
      expect(
        logAbsDet([
          [c, 2],
          [2 * c, 4],
        ]).sign,
      ).toBe(0); // prettier-ignore
    }
  });
});

describe("factors", () => {
  const A = matrixOf({ kind: "dyadic", d: 7 });

  it("P L (U + diag s) is A, in any units", () => {
    for (const c of [1, 1e-8, 1e8]) {
      const scaled = A.map(row => row.map(v => c * v));
      const { places, L, U, s } = luFactors(scaled);
      const upper = U.map((row, i) => row.map((u, j) => (i === j ? (s[i] as number) : u)));
      scaled.forEach((row, i) => {
        const lower = L[places[i] as number] as number[];
        expectClose(
          row.map((_, j) => dot(lower, column(upper, j))),
          row,
          { absolute: 1e-14 * c },
        );
      });
    }
  });

  it("Q R is A, with orthonormal columns in Q and no negative number on the diagonal of R", () => {
    const tall = dyadicRows(83, 9, 4);
    const { Q, R } = qrFactors(tall);
    tall.forEach((row, i) => {
      expectClose(
        row.map((_, j) => dot(Q[i] as number[], column(R, j))),
        row,
        { absolute: 1e-15 },
      );
    });
    R.forEach((row, i) => {
      expect(row[i]).toBeGreaterThan(0);
      expectClose(
        R.map((_, j) => dot(column(Q, i), column(Q, j))),
        R.map((_, j) => (i === j ? 1 : 0)),
        { absolute: 1e-14 },
      );
    });
    expect(() => qrFactors([[1, 2]])).toThrow(/at least as many rows as columns, but got 1 and 2/);
  });

  it("Σ λ v vᵀ is A, largest λ first, repeated ones too", () => {
    for (const symmetric of [
      dyadicCovariance(3, 8, 0.5),
      [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 2],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]) {
      // prettier-ignore
      const { values, vectors } = eigenSymmetric(symmetric);
      expect([...values].sort((a, b) => b - a)).toEqual(values);
      symmetric.forEach((row, i) => {
        const back = row.map((_, j) =>
          values.reduce((sum, value, k) => sum + value * (vectors[k]?.[i] as number) * (vectors[k]?.[j] as number), 0),
        );
        expectClose(back, row, { absolute: 1e-13 });
      });
    }
    expect(() =>
      eigenSymmetric([
        [1, 2],
        [1, 1],
      ]),
    ).toThrow("symmetric, but got 2 in row 0, column 1 and 1 across"); // prettier-ignore
  });

  it("A⁻¹ times A is I, and solves many at once", () => {
    const inverted = inverse(A);
    inverted.forEach((row, i) => {
      expectClose(
        A.map((_, j) => dot(row, column(A, j))),
        A.map((_, j) => (i === j ? 1 : 0)),
        { absolute: 1e-13 },
      );
    });
    const X = solve(
      A,
      A.map((row, i) => [1, row[0] as number, i]),
    );
    expectClose(
      column(X, 0),
      solve(
        A,
        A.map(() => 1),
      ),
      { absolute: 0 },
    );
    expectClose(
      column(X, 1),
      A.map((_, i) => (i === 0 ? 1 : 0)),
      { absolute: 1e-15 },
    );
  });

  it("singular values of a wide matrix end in zeros, and those of zeros are 0", () => {
    expectClose(singularValues([[3, 0, 4]]), [5, 0, 0], { absolute: 0 });
    expect(
      singularValues([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0, 0]); // prettier-ignore
    expectClose(singularValues([[1], [1], [1e-9]]), [Math.sqrt(2)], { relative: 1e-15 });
  });

  it("says what does not fit, and is symmetric to 1e-8 of the largest", () => {
    expect(() => solve(A, [[1], [2]])).toThrow("B must have a row for each of 7 of A, but got 2");
    expect(() => solve([[2]], [[Number.NaN]])).toThrow(/solve: every number must be finite/);
    expect(() => inverse([[0]])).toThrow(/inverse: A must be invertible.*pivot 0 of 1 vanishes/);
    for (const f of [logAbsDet, luFactors, inverse, eigenSymmetric]) {
      expect(() => f([[1, 2]]), f.name).toThrow(`${f.name}: a matrix must be square, but got 1 rows and 2 columns`);
    }
    expect(() => solve([[1, 2]], [[1]])).toThrow(/solve: a matrix must be square/);
    expect(() => qrFactors([[1], [Number.NaN]])).toThrow(/^qrFactors: every number must be finite/);
    expect(() => solve([[1, 2]], [1])).toThrow(/solve: a matrix must be square/);
    const nearly = (gap: number) =>
      eigenSymmetric([
        [-100, 3],
        [3 + gap, 1],
      ]);
    // ½ (−99 ± √(101² + 4 · 9))
    expectClose(nearly(9e-7).values, [(-99 + Math.sqrt(10237)) / 2, (-99 - Math.sqrt(10237)) / 2], { absolute: 1e-6 });
    expect(() => nearly(1.1e-6)).toThrow(/eigenSymmetric: A must be symmetric, but got 3 in row 0, column 1/);
    expect(() => nearly(-1.1e-6)).toThrow(/must be symmetric/);
    const { values, vectors } = nearly(8e-7);
    const average = 3 + 4e-7;
    expectClose(
      ((vectors[0] as number[])[0] as number) * -100 + average * ((vectors[0] as number[])[1] as number),
      (values[0] as number) * ((vectors[0] as number[])[0] as number),
      { absolute: 1e-13 },
    );
  });

  it("puts row i of A in row places[i], with 1s on the diagonal of L and nothing where nothing belongs", () => {
    const { places, L, U, s } = luFactors([
      [0, 2, 1],
      [4, 1, 0],
      [2, 0, 3],
    ]);
    expect(places).toEqual([1, 0, 2]);
    expect(L).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0.5, -0.25, 1],
    ]);
    expect(U).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
    expect(s).toEqual([4, 2, 3.25]);
  });

  it("turns the columns of Q so that R has no negative number on its diagonal", () => {
    const { Q, R } = qrFactors([
      [3, 1],
      [4, -2],
    ]);
    expectClose(R.flat(), [5, -1, 0, 2], { absolute: 1e-15 });
    expectClose(Q.flat(), [0.6, 0.8, 0.8, -0.6], { absolute: 1e-15 });
    expectClose(qrFactors([[-2]]).Q.flat(), [-1], { absolute: 0 });
    expectClose(qrFactors([[-2]]).R.flat(), [2], { absolute: 0 });
    expectClose(qrFactors([[5]]).Q.flat(), [1], { absolute: 0 });
  });

  it.each([
    ["ragged rows", [[1, 2], [3]]],
    ["NaN", [[Number.NaN]]],
    ["∞", [[Number.POSITIVE_INFINITY]]],
    ["nothing", []],
  ] as [string, number[][]][])("none of them takes %s", (_, bad) => {
    for (const f of [logAbsDet, luFactors, inverse, qrFactors, eigenSymmetric, singularValues]) {
      expect(() => f(bad), f.name).toThrow(RangeError);
    }
    expect(() =>
      solve(
        bad,
        bad.map(() => 1),
      ),
    ).toThrow(RangeError);
    expect(() => solve([[1]], [1, 2])).toThrow("solve: b must have 1 entries, but got 2");
  });
});
