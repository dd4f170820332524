import { encode } from "fast-png";
import type { Figure } from "../../src/handout/index.ts";

const steps = Array.from({ length: 30 }, (_, index) => index + 1);
const field = steps.map(row => steps.map(column => Math.sin(row / 5) * Math.cos(column / 7)));

/** One figure of every kind that the lectures draw. */
export const exampleFigures: Record<string, Figure> = {
  "lines on logarithmic axes": {
    data: [
      { type: "scatter", mode: "lines+markers", x: steps, y: steps.map(step => 12 / step), name: "prior sampling" },
      {
        type: "scatter",
        mode: "lines",
        x: steps,
        y: steps.map(step => step ** -1.5),
        name: "importance sampling, K = 10<sup>3</sup>",
      },
    ],
    layout: {
      title: { text: "Variance against samples" },
      xaxis: { type: "log", title: { text: "samples K" } },
      yaxis: { type: "log", title: { text: "variance, nats²" } },
    },
    alt: 'Both "variances" fall as 1/K & stay < 12.',
  },
  heatmap: {
    data: [{ type: "heatmap", z: field, colorbar: { title: { text: "log p(z)" } } }],
    layout: { xaxis: { title: { text: "z<sub>1</sub>" } }, yaxis: { title: { text: "z<sub>2</sub>" } } },
  },
  "labelled contours": { data: [{ type: "contour", z: field, contours: { showlabels: true } }], layout: {} },
  "histogram, bars, annotation and shape": {
    data: [
      { type: "histogram", x: steps.map(step => Math.sin(step * 99)), name: "residuals" },
      { type: "bar", x: [0, 0.5], y: [3, 4], name: "expected" },
    ],
    layout: {
      legend: { orientation: "h" },
      annotations: [{ x: 0.5, y: 4, text: "the floor<br><b>bold</b>" }],
      shapes: [{ type: "line", x0: 0, x1: 0, y0: 0, y1: 5, line: { dash: "dash" } }],
    },
  },
  subplots: {
    data: [
      { x: steps, y: steps, name: "one" },
      { x: steps, y: steps.map(step => step ** 2), xaxis: "x2", yaxis: "y2", name: "two" },
    ],
    layout: { grid: { rows: 1, columns: 2, pattern: "independent" } },
  },
  "a grid of images": {
    data: [{ type: "scatter", mode: "markers", x: [0, 4], y: [0, 2], marker: { opacity: 0 } }],
    layout: {
      xaxis: { visible: false },
      yaxis: { visible: false },
      images: [1, 2, 3, 4].map(step => ({
        source: picture(step),
        x: step - 1,
        y: 1,
        sizex: 0.9,
        sizey: 0.9,
        xref: "x",
        yref: "y",
      })),
    },
  },
};

export function picture(step: number): string {
  const data = new Uint8Array(28 * 28).map((_, index) => (index * step) % 256);
  return `data:image/png;base64,${Buffer.from(encode({ width: 28, height: 28, data, channels: 1, depth: 8 })).toString("base64")}`;
}
