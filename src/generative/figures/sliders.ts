import type { Plain } from "./figure.ts";
import { round } from "./numbers.ts";
import { layout } from "./theme.ts";

export interface Slider {
  /** What is moved, before its value: "mean of q: ". */
  prefix?: string;
  /** The step shown first: a place in `steps`. */
  active: number;
  steps: readonly Step[];
}

/** A position: its label, what it gives to the traces, one value an attribute and trace, and what to the layout. */
interface Step {
  label: string;
  update: { readonly [attribute: string]: Plain };
  traces: readonly number[];
  layout?: { readonly [attribute: string]: Plain };
}

/**
 * `layout` with sliders below the legend, one under the other.
 *
 * A position of one slider knows nothing of the others, so two of them go together only where they change different
 * attributes: one the numbers of all traces, the other which of them are visible.
 */
export function sliderLayout(
  title: string,
  sliders: readonly Slider[],
  { height, right = 20, ...more }: { readonly [key: string]: Plain } & { height: number; right?: number },
): { readonly [key: string]: Plain } {
  const margin = { l: 70, r: right, t: 50, b: LEGEND + ROW * sliders.length };
  const plot = height - margin.t - margin.b; // plotly measures in heights of the plot
  return layout(title, {
    height,
    margin,
    legend: { orientation: "h", x: 0, y: round(-AXIS / plot, 3), yanchor: "top" },
    sliders: sliders.map(({ prefix, active, steps }, row) => ({
      active,
      ...(prefix === undefined ? {} : { currentvalue: { prefix } }),
      y: round(-(LEGEND + ROW * row) / plot, 3),
      steps: steps.map(({ label, update, layout: change, traces }) => ({
        label,
        ...(change === undefined
          ? { method: "restyle", args: [update, traces] }
          : { method: "update", args: [update, change, traces] }),
      })),
    })),
    ...more,
  });
}

/** Throws unless the step shown first is a place among those there are. */
export function assertPlace(what: string, name: string, of: string, place: number, count: number): void {
  if (Number.isInteger(place) && place >= 0 && place < count) return;
  throw new RangeError(
    `${what}: ${name} must be a place in ${of}, of which there are ${count}, but got ${place}; count from 0.`,
  );
}

/** Pixels for the ticks and the title of the axis, for these and the legend, and for a slider. */
const AXIS = 55;
const LEGEND = 100;
const ROW = 90;
