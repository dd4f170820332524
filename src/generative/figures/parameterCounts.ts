import { type Figure, figure } from "./figure.ts";
import { assertColumns, assertPositive, inWords } from "./numbers.ts";
import { axis, layout, logAxis } from "./theme.ts";
import { line } from "./traces.ts";

export interface ParameterCounts {
  dimensions: ArrayLike<number>;
  /** Parameters of each model, one count a dimension. */
  models: readonly { name: string; counts: ArrayLike<number> }[];
  title?: string;
}

/** How many parameters models need as the dimension of x grows; the counts are logarithmic. */
export function parameterCounts({ dimensions, models, title = "What a model costs" }: ParameterCounts): Figure {
  if (models.length === 0) {
    throw new RangeError("parameterCounts: models must have a model, but got none; there is nothing to draw.");
  }
  const columns = Object.fromEntries(models.map(({ name, counts }) => [`counts of ${name}`, counts]));
  assertColumns("parameterCounts", { dimensions, ...columns });
  assertPositive("parameterCounts", columns);
  const all = models.flatMap(({ counts }) => Array.from(counts));
  return figure({
    data: models.map(({ name, counts }, index) => line(name, dimensions, counts, index)),
    layout: layout(title, {
      xaxis: axis("dimension of x"),
      yaxis: logAxis("parameters, number of", all),
    }),
    alt:
      `From dimension ${dimensions[0]} to ${dimensions[dimensions.length - 1]}, the number of parameters goes ` +
      `${models.map(({ name, counts }) => `from ${inWords(counts[0] as number)} to ${inWords(counts[counts.length - 1] as number)} for ${name}`).join("; ")}.`,
  });
}
