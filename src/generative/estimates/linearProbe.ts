import { assertCount, assertFields, assertList, told } from "../exact/check.ts";
import { solve } from "../exact/index.ts";
import { assertMatrix, type Rows } from "../exact/matrices.ts";

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
  options: { classes: number; penalty?: number },
): LinearProbe {
  assertFields("linearProbe", "options", options, ["classes"]);
  const { classes, penalty = 1e-2 } = options;
  assertCount("linearProbe", "classes", classes, "labels are 0 … classes − 1");
  if (!(Number.isFinite(penalty) && penalty >= 0)) {
    throw new RangeError(`linearProbe: penalty must be 0 or more, but got ${told(penalty)}; 0.01 is the default.`);
  }
  assertList("linearProbe", "features", features);
  assertList("linearProbe", "labels", labels);
  if (features.length === 0 || features.length !== labels.length) {
    throw new RangeError(
      `linearProbe: there must be a label for each row of features, but got ${features.length} rows and ${labels.length} labels; leave out the rows that have none.`,
    );
  }
  const wrong = Array.from(labels).findIndex(label => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (wrong >= 0) {
    throw new RangeError(
      `linearProbe: labels must be integers from 0 to ${classes - 1}, but got ${told(labels[wrong])}; count the classes.`,
    );
  }
  assertMatrix("linearProbe", features as unknown as Rows);
  const rows = features.map(withOne);
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
  const columns = Array.from({ length: classes }, (_, c) => weights.map(row => row[c] as number));
  const predict = (given: readonly ArrayLike<number>[]) => {
    assertLike("linearProbe.predict", given, d - 1);
    return given.map(row => likeliest(row, columns));
  };
  return {
    predict,
    accuracy: (given, truth) => {
      assertLike("linearProbe.accuracy", given, d - 1);
      assertList("linearProbe.accuracy", "labels", truth);
      if (given.length === truth.length && given.length > 0) {
        return predict(given).filter((label, i) => label === truth[i]).length / given.length;
      }
      throw new RangeError(
        `linearProbe.accuracy: there must be a label for each row of features, but got ${given.length} rows and ${truth.length} labels; leave out the rows that have none.`,
      );
    },
  };
}

/** Throws unless these are rows, or none, of the features that the probe was fitted to. */
function assertLike(what: string, features: readonly ArrayLike<number>[], d: number): void {
  assertList(what, "features", features);
  if (features.length === 0) return;
  assertMatrix(what, features as unknown as Rows);
  if (features[0]?.length === d) return;
  throw new RangeError(
    `${what}: features must have ${d} columns, but got ${features[0]?.length}; take those that the probe was fitted to.`,
  );
}

/** The first class of the largest score, h · w_c with a last h of 1. */
function likeliest(h: ArrayLike<number>, columns: readonly (readonly number[])[]): number {
  let [label, largest] = [0, -Infinity];
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c] as readonly number[];
    let score = 0;
    for (let i = 0; i < h.length; i++) score += (h[i] as number) * (column[i] as number);
    score += column[h.length] as number;
    if (!(score > largest)) continue;
    label = c;
    largest = score;
  }
  return label;
}

const withOne = (row: ArrayLike<number>): number[] => [...Array.from(row), 1];

function products(rows: readonly number[][], i: number, j: number): number {
  return rows.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0);
}
