import { type Figure, figure } from "./figure.ts";
import { assertColumns, assertPositive, inWords } from "./numbers.ts";
import { axis, layout, logAxis } from "./theme.ts";
import { markedLine } from "./traces.ts";

export interface VarianceAgainstSamples {
  samples: ArrayLike<number>;
  /** Var[estimate of log p(x)] by prior sampling, nats², one a number of samples. */
  prior: ArrayLike<number>;
  /** The same by importance sampling. */
  importance: ArrayLike<number>;
}

/** The variance of two estimates of log p(x) against the number of samples K; both axes are logarithmic. */
export function varianceAgainstSamples({ samples, prior, importance }: VarianceAgainstSamples): Figure {
  assertColumns("varianceAgainstSamples", { samples, prior, importance });
  assertPositive("varianceAgainstSamples", { samples, prior, importance });
  const last = samples.length - 1;
  return figure({
    data: [markedLine("prior sampling", samples, prior, 0), markedLine("importance sampling", samples, importance, 1)],
    layout: layout("Prior and importance sampling", {
      xaxis: logAxis("samples K", samples),
      yaxis: logAxis("variance of log p̂(x), nats²", [...Array.from(prior), ...Array.from(importance)]),
    }),
    alt:
      `From K = ${samples[0]} to ${samples[last]} samples the variance goes from ${range(prior)} nats² with prior sampling ` +
      `and from ${range(importance)} with importance sampling; ${compared(prior, importance, last)} at K = ${samples[last]}.`,
  });
}

export interface VarianceAgainstDimension {
  dimensions: ArrayLike<number>;
  /** Var[w] / E[w]² of one prior sample, one a dimension. */
  prior: ArrayLike<number>;
  /** The same with importance sampling. */
  importance: ArrayLike<number>;
  /** What theory says of prior sampling. */
  law?: { name: string; values: ArrayLike<number> };
}

/** The relative variance of two estimates of p(x) against the dimension of z; the variance is logarithmic. */
export function varianceAgainstDimension({ dimensions, prior, importance, law }: VarianceAgainstDimension): Figure {
  const columns = { dimensions, prior, importance, ...(law ? { law: law.values } : {}) };
  assertColumns("varianceAgainstDimension", columns);
  assertPositive("varianceAgainstDimension", columns);
  const last = dimensions.length - 1;
  return figure({
    data: [
      markedLine("prior sampling", dimensions, prior, 0),
      markedLine("importance sampling", dimensions, importance, 1),
      ...(law ? [{ ...markedLine(law.name, dimensions, law.values, 6), mode: "lines" }] : []),
    ],
    layout: layout("The curse of dimension", {
      xaxis: axis("dimension of z"),
      yaxis: logAxis("relative variance, Var[w] / E[w]²", [...Array.from(prior), ...Array.from(importance)]),
    }),
    alt:
      `From dimension ${dimensions[0]} to ${dimensions[last]} the relative variance goes from ${range(prior)} with prior ` +
      `sampling and from ${range(importance)} with importance sampling; ${compared(prior, importance, last)} at the end` +
      `${law ? `, where ${law.name} says ${inWords(law.values[last] as number)}` : ""}.`,
  });
}

function range(values: ArrayLike<number>): string {
  return `${inWords(values[0] as number)} to ${inWords(values[values.length - 1] as number)}`;
}

function compared(prior: ArrayLike<number>, importance: ArrayLike<number>, index: number): string {
  const ratio = (prior[index] as number) / (importance[index] as number);
  if (ratio >= 1) return `importance sampling is ${inWords(ratio, 3)} times smaller`;
  return `importance sampling is ${inWords(1 / ratio, 3)} times larger`;
}
