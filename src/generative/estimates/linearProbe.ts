import { solve } from "../exact/index.ts";
import { assertMatrix } from "../exact/matrices.ts";

export interface LinearProbe {
  /** The class of each row of features. */
  predict(features: readonly ArrayLike<number>[]): number[];
  /** The share of rows whose class is predicted. */
  accuracy(features: readonly ArrayLike<number>[], labels: ArrayLike<number>): number;
}

/**
 * `argmin_A Σ_n |A (h_n, 1) − onehot(y_n)|² + λ Σ_ci A_ci² Σ_n h_ni²`, and the class with the largest entry of A (h, 1).
 *
 * What features know about the classes, as far as planes can tell: ridge regression on the classes, in float64. Each
 * weight is penalised by how large its feature is, so that units do not matter; a feature that is 0 throughout has the
 * weight 0. Alain & Bengio, Understanding intermediate layers using linear classifier probes, 2017.
 *
 * @throws RangeError where features and labels are not as many, a label is no class, or features are ragged, not finite or
 * dependent without a penalty
 */
export function linearProbe(
  features: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  { classes, penalty = 1e-2 }: { classes: number; penalty?: number },
): LinearProbe {
  if (features.length === 0 || features.length !== labels.length) {
    throw new RangeError(
      `linearProbe: there must be a label for each row of features, but got ${features.length} rows and ${labels.length} labels; leave out the rows that have none.`,
    );
  }
  const wrong = Array.from(labels).find(label => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong !== undefined) {
    throw new RangeError(
      `linearProbe: labels must be integers from 0 to ${classes - 1}, but got ${wrong}; count the classes.`,
    );
  }
  const rows = features.map(withOne);
  assertMatrix("linearProbe", rows);
  const d = rows[0]?.length as number;
  const gram = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => products(rows, i, j)));
  // The weight of a feature that is 0 in every row is free, as of a pixel that is always dark: 1 here makes it 0.
  for (let i = 0; i < d; i++) (gram[i] as number[])[i] = (gram[i]?.[i] as number) * (1 + penalty) || 1;
  const targets = Array.from({ length: d }, (_, i) =>
    Array.from({ length: classes }, (_, c) =>
      rows.reduce((sum, row, n) => (labels[n] === c ? sum + (row[i] as number) : sum), 0),
    ),
  );
  const weights = solve(gram, targets); // [d][classes]
  const predict = (given: readonly ArrayLike<number>[]) =>
    given.map(withOne).map(row => {
      const scores = Array.from({ length: classes }, (_, c) =>
        row.reduce((sum, h, i) => sum + h * (weights[i]?.[c] as number), 0),
      );
      return scores.indexOf(Math.max(...scores));
    });
  return {
    predict,
    accuracy: (given, truth) => predict(given).filter((label, i) => label === truth[i]).length / given.length,
  };
}

const withOne = (row: ArrayLike<number>): number[] => [...Array.from(row), 1];

function products(rows: readonly number[][], i: number, j: number): number {
  return rows.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0);
}
