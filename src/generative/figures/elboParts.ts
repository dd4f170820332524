import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, GREY, layout } from "./theme.ts";
import { line } from "./traces.ts";

export interface ElboPartsFigure {
  /** A grid over z. */
  z: ArrayLike<number>;
  /** p(z|x) on the grid. */
  posterior: ArrayLike<number>;
  /** q(z) on the grid. */
  q: ArrayLike<number>;
  /** What the bound of this q is made of, in nats: E_q[log p(x|z)], KL(q ‖ p(z)) and KL(q ‖ p(z|x)). */
  parts: { reconstruction: number; kl: number; gap: number };
  /** log p(x), in nats, from somewhere else than the parts. */
  logEvidence: number;
  /** What the grid is of, a comma, and its unit; default "z". */
  variable?: string;
  title?: string;
}

/**
 * `log p(x) = E_q[log p(x|z)] − KL(q ‖ p(z)) + KL(q ‖ p(z|x))`: q over the posterior, and beside them the three parts
 * as bars, each beginning where the one before ends, and what they should add up to.
 *
 * The second bar ends at the ELBO, the third at log p(x), whatever q is. Moved by `explore`, with the ends of the axes
 * fixed: x and y are those of the densities, x2 and y2 those of the bars.
 *
 * @throws RangeError where the densities are not as long as the grid, or a number is not finite
 */
export function elboParts(options: ElboPartsFigure): Figure {
  const { z, posterior, q, parts, logEvidence, variable = "z", title = "ELBO and gap" } = options;
  const { reconstruction, kl, gap } = parts;
  assertColumns("elboParts", { z, posterior, q });
  assertColumns("elboParts", {
    reconstruction: [reconstruction],
    kl: [kl],
    gap: [gap],
    logEvidence: [logEvidence],
  });
  const bound = reconstruction - kl;
  const heights = [reconstruction, -kl, gap, logEvidence];
  return figure({
    data: [
      line("posterior p(z|x)", z, posterior, POSTERIOR),
      line("q(z)", z, q, Q),
      {
        type: "bar",
        x: NAMES,
        y: rounded(heights),
        base: rounded([0, reconstruction, bound, 0]),
        text: heights.map(height => inWords(Number(height.toFixed(2)))),
        textposition: "outside",
        cliponaxis: false,
        marker: { color: [colour(RECONSTRUCTION), colour(KL), colour(GAP), GREY] },
        xaxis: "x2",
        yaxis: "y2",
        showlegend: false,
        hoverinfo: "skip",
      },
    ],
    layout: layout(title, {
      margin: { l: 60, r: 60, t: 50, b: 90 },
      xaxis: axis(variable, { domain: [0, 0.5] }),
      yaxis: axis(`density, per unit of ${variable.split(",")[0]}`),
      xaxis2: axis("", { domain: [0.56, 1], anchor: "y2" }),
      yaxis2: axis("nats", { anchor: "x2", side: "right" }),
    }),
    alt:
      `The reconstruction, ${inWords(reconstruction)}, minus KL(q ‖ p(z)), ${inWords(kl)}, is the ELBO, ${inWords(bound)}; ` +
      `with the gap, ${inWords(gap, 3)}, it is ${inWords(bound + gap)}, and log p(x) is ${inWords(logEvidence)} nats.`,
  });
}

const NAMES = ["reconstr.", "− KL", "+ gap", "log p(x)"];
const [POSTERIOR, Q] = [0, 1];
/** The colours of the parts: the gap has that of q, which makes it. */
const [KL, GAP, RECONSTRUCTION] = [0, 1, 2];
