import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, sameToRounding } from "./numbers.ts";
import { axis, layout } from "./theme.ts";
import { type Level, level, line } from "./traces.ts";

export interface TrainingCurve {
  steps: ArrayLike<number>;
  /** One value a step, in `unit`. */
  loss: ArrayLike<number>;
  /** The same loss on data that is not trained on, at steps of its own. */
  validation?: { steps: ArrayLike<number>; loss: ArrayLike<number> };
  /** What no model can go below: the entropy of the data, or the loss of the exact solution. */
  floor?: Level;
  /** What a trivial model reaches. */
  baseline?: Level;
  /** "nats", "bits per dimension". */
  unit: string;
  title?: string;
}

/**
 * The loss against the training step, between its floor and a trivial baseline.
 *
 * Of more than 300 steps, each point is the mean of some consecutive ones, at the last of them.
 */
export function trainingCurve({ steps, loss, validation, floor, baseline, unit, title }: TrainingCurve): Figure {
  assertColumns("trainingCurve", { steps, loss });
  if (validation) {
    assertColumns("trainingCurve", { "validation.steps": validation.steps, "validation.loss": validation.loss });
  }
  for (const [name, given] of Object.entries({ floor, baseline })) {
    if (given) assertColumns("trainingCurve", { [name]: [given.value] });
  }
  const [first, last] = [at(steps, 0), at(steps, -1)];
  return figure({
    data: [
      line("training", ...thinned(steps, loss), 0),
      ...(validation ? [line("validation", validation.steps, validation.loss, 1)] : []),
      ...(baseline ? [level(baseline, first, last, "dot")] : []),
      ...(floor ? [level(floor, first, last)] : []),
    ],
    layout: layout(title ?? "Training", {
      xaxis: axis("training step"),
      yaxis: axis(`loss, ${unit}`),
    }),
    alt: [
      `The training loss goes from ${inWords(at(loss, 0))} at step ${first} to ${inWords(at(loss, -1))} ${unit} at step ${last}`,
      ...(validation ? [`the validation loss ends at ${inWords(at(validation.loss, -1))}`] : []),
      ...(baseline ? [`the baseline, ${baseline.name}, is ${inWords(baseline.value)}`] : []),
      ...(floor ? [aboveFloor(floor, at((validation ?? { loss }).loss, -1))] : []),
    ]
      .join("; ")
      .concat("."),
  });
}

function thinned(steps: ArrayLike<number>, loss: ArrayLike<number>): [number[], number[]] {
  const block = Math.ceil(steps.length / MOST_POINTS);
  const ends = Array.from({ length: Math.ceil(steps.length / block) }, (_, i) =>
    Math.min((i + 1) * block, steps.length),
  );
  const all = Array.from(loss);
  const means = ends.map((end, i) => {
    const values = all.slice(i * block, end);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  return [ends.map(end => at(steps, end - 1)), means];
}

function aboveFloor({ name, value }: Level, loss: number): string {
  if (sameToRounding(loss, value)) {
    return `the curve ends at the floor, within rounding: ${name}, ${inWords(value)}`;
  }
  const gap = loss - value;
  const words = gap >= 0 ? "above" : "below, which only noise or a mistake explains,";
  return `the curve ends ${inWords(Math.abs(gap))} ${words} the floor, ${name}, ${inWords(value)}`;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index < 0 ? values.length + index : index] as number;
}

/** A curve on the screen is not much finer, and a notebook keeps every number. */
const MOST_POINTS = 300;
