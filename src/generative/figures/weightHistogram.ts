import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, round, rounded } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";

export interface WeightHistogram {
  /** log w_k = log p(x, z_k) − log q(z_k|x), nats. */
  logWeights: ArrayLike<number>;
  /** Default: 40. */
  bins?: number;
  title?: string;
}

/**
 * How many importance weights there are of each size: a histogram of `log w_k − log (1/K) Σ_j w_j`.
 *
 * Zero is the mean weight. The alt text has the effective sample size (Σ w)² / Σ w² and the largest weight's share.
 */
export function weightHistogram({ logWeights, bins = 40, title = "Importance weights" }: WeightHistogram): Figure {
  assertColumns("weightHistogram", { logWeights });
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`weightHistogram: bins must be a positive integer, but got ${bins}; 40 is usual.`);
  }
  const count = logWeights.length;
  const largest = Array.from(logWeights).reduce((a, b) => Math.max(a, b));
  const weights = Array.from(logWeights, value => Math.exp(value - largest)); // the largest is 1: nothing overflows
  const sum = weights.reduce((a, b) => a + b);
  const effective = sum ** 2 / weights.reduce((a, b) => a + b * b, 0);
  const all = Array.from(logWeights, value => value - largest - Math.log(sum / count));
  // A few weights may be as good as zero; the percent that is smallest shares the first bar.
  const lowest = [...all].sort((a, b) => a - b)[Math.floor(count / 100)] as number;
  const relative = all.map(value => Math.max(value, lowest));
  const clipped = all.filter(value => value < lowest).length;
  const { centres, counts, width } = histogram(relative, bins);
  return figure({
    data: [
      {
        type: "bar",
        name: "weights",
        x: rounded(centres),
        y: counts,
        width: round(width),
        marker: { color: colour(0) },
        showlegend: false,
      },
    ],
    layout: layout(title, {
      bargap: 0,
      xaxis: axis("log weight above the log of the mean weight, nats"),
      yaxis: axis("number of weights"),
    }),
    alt:
      `${count} importance weights; the effective sample size is ${inWords(effective)}, ` +
      `and the largest weight has ${inWords(100 / sum, 3)} % of the sum` +
      `${clipped > 0 ? `; the ${clipped} smallest share the first bar` : ""}.`,
  });
}

function histogram(values: number[], bins: number): { centres: number[]; counts: number[]; width: number } {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const width = (high - low) / bins || 1; // equal weights have no range: they fill one bin of width 1
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value - low) / width));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { centres: counts.map((_, bin) => low + (bin + 0.5) * width), counts, width };
}
