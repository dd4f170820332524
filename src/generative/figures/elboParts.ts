import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, round, rounded } from "./numbers.ts";
import { assertPlace, sliderLayout } from "./sliders.ts";
import { axis, colour, GREY } from "./theme.ts";
import { level } from "./traces.ts";

export interface ElboPartsFigure {
  /** The widths of q, along the axis: [n]. */
  widths: ArrayLike<number>;
  /** For each mean of q, a position of the first slider: E_q[log p(x|z)] and the ELBO at each width, in nats. */
  means: readonly { mean: number; reconstruction: ArrayLike<number>; elbo: ArrayLike<number> }[];
  /** The positions of the second slider: places in `widths`. Default: all of them. */
  stops?: readonly number[];
  /** log p(x), in nats. */
  logEvidence: number;
  /** What is shown first: a place in `means`, and one in `stops`. */
  start?: { mean?: number; width?: number };
  title?: string;
}

/**
 * `log p(x) = E_q[log p(x|z)] − KL(q ‖ p(z)) + KL(q ‖ p(z|x))`, with a slider for the mean of q and one for its width.
 *
 * Left, the reconstruction and the ELBO against the width: the distance between them is the KL to the prior, and from
 * the ELBO up to log p(x) is the gap. Right, the three parts at the width that is chosen, each beginning where the one
 * before ends. The mean gives all traces their numbers, the width says which bars are visible: both sliders hold at
 * once.
 */
export function elboParts(options: ElboPartsFigure): Figure {
  const { widths, means, logEvidence, title = "What the bound is made of" } = options;
  means.forEach(({ mean, reconstruction, elbo }) => {
    assertColumns("elboParts", { widths, [`reconstruction at ${mean}`]: reconstruction, [`elbo at ${mean}`]: elbo });
  });
  assertColumns("elboParts", { logEvidence: [logEvidence] });
  const stops = options.stops ?? Array.from(widths, (_, place) => place);
  for (const stop of stops) assertPlace("elboParts", "each of stops", "widths", stop, widths.length);
  const start = { mean: 0, width: 0, ...options.start };
  assertPlace("elboParts", "start.mean", "means", start.mean, means.length);
  assertPlace("elboParts", "start.width", "stops", start.width, stops.length);

  const ends = [widths[0] as number, widths[widths.length - 1] as number] as const;
  const moved = means.map(at => [
    { y: rounded(at.reconstruction) },
    { y: rounded(at.elbo) },
    ...stops.map(stop => barsAt(at.reconstruction[stop] as number, at.elbo[stop] as number, logEvidence)),
  ]);
  const [reconstructions, elbos, ...bars] = moved[start.mean] as Moved[];
  const all = [0, 1, ...stops.map((_, i) => FIRST_BARS + i)];
  const sliders = [
    {
      prefix: "mean of q: ",
      active: start.mean,
      steps: means.map(({ mean }, place) => ({
        label: String(mean),
        update: together(moved[place] as Moved[]),
        traces: all,
      })),
    },
    {
      prefix: "width of q: ",
      active: start.width,
      steps: stops.map((stop, place) => ({
        label: inWords(widths[stop] as number, 3),
        update: { visible: stops.map((_, i) => i === place) },
        traces: all.slice(2),
        layout: { "shapes[0].x0": round(widths[stop] as number), "shapes[0].x1": round(widths[stop] as number) },
      })),
    },
  ];
  const lowest = Math.min(...means.flatMap(({ elbo }) => Array.from(elbo)));
  const range = [Math.max(lowest, logEvidence - DEPTH), 0.1 * DEPTH];
  const chosen = round(widths[stops[start.width] as number] as number);
  return figure({
    data: [
      curve("reconstruction", widths, reconstructions as Moved, RECONSTRUCTION),
      { ...curve("ELBO; above it, KL(q ‖ p(z))", widths, elbos as Moved, KL), fill: "tonexty", fillcolor: SHADES.kl },
      {
        ...level({ name: "log p(x); below it, the gap", value: logEvidence }, ...ends),
        fill: "tonexty",
        fillcolor: SHADES.gap,
      },
      { ...BARS, x: ["log p(x)"], y: rounded([logEvidence]), text: inWords(logEvidence, 3), marker: { color: GREY } },
      ...bars.map((bar, i) => ({ ...BARS, ...PARTS, ...bar, visible: i === start.width })),
    ],
    layout: sliderLayout(title, sliders, {
      height: 640,
      barmode: "overlay",
      xaxis: axis("width of q, standard deviations", { domain: [0, 0.52] }),
      xaxis2: axis("parts, and their sum", { domain: [0.6, 1], tickangle: 0, ...ORDER }),
      yaxis: axis("nats", { range }),
      shapes: [{ type: "line", x0: chosen, x1: chosen, yref: "paper", y0: 0, y1: 1, line: { color: GREY, width: 2 } }],
    }),
    alt: inSentence(options, means[start.mean] as Column, stops, stops[start.width] as number),
  });
}

type Column = ElboPartsFigure["means"][number];

/** What the mean of q changes in a trace. */
interface Moved {
  y: number[];
  base?: number[];
  text?: string[];
}

/** The changes of several traces as plotly's restyle has them: for each attribute, a value for each trace. */
function together(moved: readonly Moved[]) {
  return {
    y: moved.map(({ y }) => y),
    base: moved.map(({ base = null }) => base),
    text: moved.map(({ text = null }) => text),
  };
}

/** From 0 to the reconstruction, from there to the ELBO, and from there to log p(x). */
function barsAt(reconstruction: number, elbo: number, logEvidence: number): Moved {
  const heights = [reconstruction, elbo - reconstruction, logEvidence - elbo];
  return {
    y: rounded(heights),
    base: rounded([0, reconstruction, elbo]),
    text: heights.map(height => inWords(height, 3)),
  };
}

function curve(name: string, widths: ArrayLike<number>, { y }: Moved, index: number): Figure["data"][number] {
  return { type: "scatter", mode: "lines", name, x: rounded(widths), y, line: { color: colour(index), width: 2 } };
}

function inSentence(
  { widths, means, logEvidence }: ElboPartsFigure,
  { mean, reconstruction, elbo }: Column,
  stops: readonly number[],
  stop: number,
): string {
  const [level, bound] = [reconstruction[stop] as number, elbo[stop] as number];
  const highest = Math.max(...Array.from(elbo));
  const width = (place: number) => inWords(widths[place] as number);
  return (
    `With mean ${inWords(mean)} and width ${width(stop)}, log p(x), ${inWords(logEvidence)} nats, is the reconstruction, ` +
    `${inWords(level)}, minus KL(q ‖ p(z)), ${inWords(level - bound)}, plus the gap, ${inWords(logEvidence - bound, 3)}; at ` +
    `this mean the ELBO is highest, ${inWords(highest)}, at width ${width(Array.from(elbo).indexOf(highest))}; one slider ` +
    `moves the mean from ${inWords(means[0]?.mean ?? 0)} to ${inWords(means.at(-1)?.mean ?? 0)}, another the width from ` +
    `${width(stops[0] as number)} to ${width(stops.at(-1) as number)}.`
  );
}

/** The colours of the parts. */
const [KL, GAP, RECONSTRUCTION] = [0, 1, 2];
const SHADES = { kl: "rgba(0,114,178,0.15)", gap: "rgba(213,94,0,0.2)" };
const BARS = {
  type: "bar",
  textposition: "outside",
  cliponaxis: false,
  xaxis: "x2",
  showlegend: false,
  hoverinfo: "skip",
};
const NAMES = ["reconstr.", "− KL", "+ gap"];
const ORDER = { categoryorder: "array", categoryarray: [...NAMES, "log p(x)"] };
const PARTS = {
  x: NAMES,
  marker: { color: [colour(RECONSTRUCTION), colour(KL), colour(GAP)] },
};
/** The traces before the bars that move: two curves, a level, and the bar of log p(x). */
const FIRST_BARS = 4;
/** Nats below log p(x) that are shown. */
const DEPTH = 6;
