import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded, sameToRounding } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";
import { type Level, level } from "./traces.ts";

export interface BoundComparison {
  /** In the order to be shown: ELBO, IWAE with 5 samples, … in nats. Exact ones have no standard error. */
  bounds: readonly { name: string; value: number; standardError?: number }[];
  /** What stands side by side, the title of that axis; default "bound". */
  compared?: string;
  /** What each value is, for the legend; default: what is compared. */
  quantity?: string;
  /** What the standard errors are of, where that is not the value itself: "the distance to log p(x)". */
  errorsOf?: string;
  /** log p(x) itself, where it is known. */
  exact?: Level;
  title?: string;
}

/** Bounds on log p(x) beside each other with two standard errors, under the exact value. */
export function boundComparison({
  bounds,
  compared = "bound",
  quantity = compared,
  errorsOf,
  exact,
  title = "Bounds on log p(x)",
}: BoundComparison): Figure {
  const values = bounds.map(({ value }) => value);
  const errors = bounds.map(({ standardError = 0 }) => 2 * standardError);
  assertColumns("boundComparison", { "bounds.value": values, "bounds.standardError": errors });
  if (exact) assertColumns("boundComparison", { exact: [exact.value] });
  const last = bounds.length - 1;
  const bars = errors.some(error => error > 0);
  return figure({
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: bars ? `${quantity} ± 2 standard errors${errorsOf ? ` of ${errorsOf}` : ""}` : quantity,
        x: bounds.map((_, index) => index),
        y: rounded(values, 6),
        error_y: { type: "data", array: rounded(errors), visible: bars },
        marker: { color: colour(0), size: 9 },
      },
      ...(exact ? [level(exact, -0.5, last + 0.5)] : []),
    ],
    layout: layout(title, {
      showlegend: true, // of one series plotly would show none
      // Numbers with names, not categories: the exact value is drawn from edge to edge.
      xaxis: axis(compared, {
        tickmode: "array",
        tickvals: bounds.map((_, index) => index),
        ticktext: bounds.map(({ name }) => name),
        range: [-0.5, last + 0.5],
      }),
      yaxis: axis("nats"),
    }),
    alt: `In nats, ${bounds.map(bound => `${bound.name} is ${inWords(bound.value)}${gap(bound.value, exact)}`).join("; ")}.`,
  });
}

function gap(value: number, exact: Level | undefined): string {
  if (!exact) return "";
  if (sameToRounding(value, exact.value)) return `, equal to ${exact.name} within rounding`;
  const difference = exact.value - value;
  return `, ${inWords(Math.abs(difference), 3)} ${difference >= 0 ? "below" : "above"} ${exact.name}`;
}
