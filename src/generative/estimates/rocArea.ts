import { assertList, told } from "../exact/check.ts";

/** An area under the ROC curve with its standard error. */
export interface RocArea {
  area: number;
  /** Hanley & McNeil, 1982, eq. 1. */
  standardError: number;
}

/**
 * `AUC = P(s(anomaly) > s(normal)) + ½ P(s(anomaly) = s(normal))`: how well a score tells two sets apart.
 *
 * 1 where every anomaly scores above every normal datum, ½ where the score says nothing. As a score of a datum under a
 * model, −log p(x) is usual. Hanley & McNeil, The Meaning and Use of the Area under a ROC Curve, 1982.
 *
 * @throws RangeError where a set is empty or a score is NaN
 * @example
 * rocArea([1, 2], [2, 3]).area // => 0.875
 */
export function rocArea(normal: ArrayLike<number>, anomalous: ArrayLike<number>): RocArea {
  assertList("rocArea", "normal", normal);
  assertList("rocArea", "anomalous", anomalous);
  const [n, m] = [normal.length, anomalous.length];
  if (n === 0 || m === 0) {
    throw new RangeError(`rocArea: both sets must have a score, but got ${n} and ${m}; score some data of each kind.`);
  }
  assertScores(normal);
  assertScores(anomalous);
  const sorted = Float64Array.from(normal).sort();
  let wins = 0;
  for (const score of Array.from(anomalous)) {
    wins += (before(sorted, value => value < score) + before(sorted, value => value <= score)) / 2;
  }
  const area = wins / (n * m);
  const [q1, q2] = [area / (2 - area), (2 * area ** 2) / (1 + area)];
  const variance = area * (1 - area) + (m - 1) * (q1 - area ** 2) + (n - 1) * (q2 - area ** 2);
  return { area, standardError: Math.sqrt(Math.max(0, variance) / (n * m)) };
}

function assertScores(scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (typeof score === "number" && !Number.isNaN(score)) continue;
    throw new RangeError(
      `rocArea: a score must be a number or infinite, but got ${told(score)}; look at what computed it.`,
    );
  }
}

/** How many leading entries satisfy the condition, by halving: they all stand before those that do not. */
function before(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
