import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";
import { level } from "./traces.ts";

export interface ElboPartsFigure {
  /** The widths of q, along the axis: [n]. */
  widths: ArrayLike<number>;
  /** For each mean of q, a position of the slider: E_q[log p(x|z)] and the ELBO at each width, in nats. */
  means: readonly { mean: number; reconstruction: ArrayLike<number>; elbo: ArrayLike<number> }[];
  /** log p(x), in nats. */
  logEvidence: number;
  /** The mean shown first: a place in `means`. */
  start?: number;
  title?: string;
}

/**
 * Reconstruction, KL and gap against the width of q, with a slider for its mean.
 *
 * The distance from the reconstruction down to the ELBO is KL(q ‖ p(z)), from there up to log p(x) the gap
 * KL(q ‖ p(z|x)).
 */
export function elboParts({
  widths,
  means,
  logEvidence,
  start = 0,
  title = "What the bound is made of",
}: ElboPartsFigure): Figure {
  means.forEach(({ mean, reconstruction, elbo }) => {
    assertColumns("elboParts", { widths, [`reconstruction at ${mean}`]: reconstruction, [`elbo at ${mean}`]: elbo });
  });
  assertColumns("elboParts", { logEvidence: [logEvidence] });
  const shown = means[start];
  if (shown === undefined) {
    throw new RangeError(
      `elboParts: start must be a place in means, of which there are ${means.length}, but got ${start}; count from 0.`,
    );
  }
  const curve = (name: string, values: ArrayLike<number>, index: number, fill?: string) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: rounded(widths),
    y: rounded(values, 5),
    line: { color: colour(index), width: 2 },
    ...(fill === undefined ? {} : { fill: "tonexty", fillcolor: fill }),
  });
  const ends = [widths[0] as number, widths[widths.length - 1] as number] as const;
  const best = Array.from(shown.elbo).reduce((top, value, i, all) => (value > (all[top] as number) ? i : top), 0);
  const lowest = Math.min(...means.flatMap(({ elbo }) => Array.from(elbo)));
  const highest = Math.max(logEvidence, ...means.flatMap(({ reconstruction }) => Array.from(reconstruction)));
  return figure({
    data: [
      curve("reconstruction E_q[log p(x|z)]", shown.reconstruction, 2),
      curve("ELBO; shaded above it, KL(q ‖ p(z))", shown.elbo, 0, "rgba(0,158,115,0.15)"),
      { ...level({ name: "log p(x)", value: logEvidence }, ...ends), fill: "tonexty", fillcolor: "rgba(213,94,0,0.2)" },
    ],
    layout: layout(title, {
      height: 520,
      xaxis: axis("width of q, standard deviations"),
      yaxis: axis("nats", { range: [Math.max(lowest, logEvidence - DEPTH), highest + 0.1 * DEPTH] }),
      sliders: [
        {
          active: start,
          currentvalue: { prefix: "mean of q: " },
          y: -0.35,
          steps: means.map(({ mean, reconstruction, elbo }) => ({
            label: String(mean),
            method: "restyle",
            args: [{ y: [rounded(reconstruction, 5), rounded(elbo, 5)] }, [0, 1]],
          })),
        },
      ],
    }),
    alt:
      `With the mean of q at ${inWords(shown.mean)}, the ELBO is highest, ${inWords(shown.elbo[best] as number)} nats, at width ` +
      `${inWords(widths[best] as number)}: ${inWords(logEvidence - (shown.elbo[best] as number), 3)} below log p(x), ${inWords(logEvidence)}; ` +
      `a slider moves the mean from ${inWords(means[0]?.mean ?? 0)} to ${inWords(means.at(-1)?.mean ?? 0)}.`,
  });
}

/** Nats below log p(x) that are shown. */
const DEPTH = 6;
