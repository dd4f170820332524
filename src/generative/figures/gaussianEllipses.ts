import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, GREY, layout } from "./theme.ts";
import { line } from "./traces.ts";

export interface GaussianEllipses {
  /** Gaussians over two variables. */
  gaussians: readonly {
    name: string;
    mean: readonly number[];
    covariance: readonly (readonly number[])[];
  }[];
  /** Points in order, such as the means on their way. */
  path?: { name: string; points: readonly (readonly number[])[] };
  title: string;
}

/** Gaussians over a plane as their ellipses of two standard deviations. */
export function gaussianEllipses({ gaussians, path, title }: GaussianEllipses): Figure {
  if (gaussians.length === 0) {
    throw new RangeError("gaussianEllipses: gaussians must have one, but got none; there is nothing to draw.");
  }
  for (const { name, mean, covariance } of gaussians) assertPlane(name, mean, covariance);
  if (path) assertColumns("gaussianEllipses", { "path.points": path.points.flat() });
  return figure({
    data: [
      ...gaussians.map(({ name, mean, covariance }, index) => line(name, ...ellipse(mean, covariance), index)),
      ...(path
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: path.name,
              x: rounded(path.points.map(([x]) => x as number)),
              y: rounded(path.points.map(([, y]) => y as number)),
              line: { color: GREY, width: 1.5 },
            },
          ]
        : []),
    ],
    layout: layout(title, {
      height: 560,
      xaxis: axis("z<sub>1</sub>, dimensionless", { nticks: 7 }),
      // One unit has the same length along both axes: a circle is to look like one.
      yaxis: axis("z<sub>2</sub>, dimensionless", { scaleanchor: "x", nticks: 7 }),
    }),
    alt: `Ellipses of two standard deviations: ${gaussians.map(inSentence).join("; ")}${path ? `; ${path.name}, ${path.points.length} points` : ""}.`,
  });
}

function inSentence({ name, mean, covariance }: GaussianEllipses["gaussians"][number]): string {
  const [[a, b], [, c]] = covariance as [[number, number], [number, number]];
  const deviations = `standard deviations ${inWords(Math.sqrt(a))} and ${inWords(Math.sqrt(c))}`;
  return `${name} is centred on (${mean.map(m => inWords(m)).join(", ")}) with ${deviations} and correlation ${inWords(b / Math.sqrt(a * c))}`;
}

/** μ + 2 L (cos t, sin t) with L the Cholesky factor of Σ. */
function ellipse(mean: readonly number[], covariance: readonly (readonly number[])[]): [number[], number[]] {
  const [[a, b], [, c]] = covariance as [[number, number], [number, number]];
  const [l11, l21] = [Math.sqrt(a), b / Math.sqrt(a)];
  const l22 = Math.sqrt(c - l21 ** 2);
  const angles = Array.from({ length: CORNERS + 1 }, (_, i) => (2 * Math.PI * i) / CORNERS);
  return [
    angles.map(t => (mean[0] as number) + RADIUS * l11 * Math.cos(t)),
    angles.map(t => (mean[1] as number) + RADIUS * (l21 * Math.cos(t) + l22 * Math.sin(t))),
  ];
}

function assertPlane(name: string, mean: readonly number[], covariance: readonly (readonly number[])[]): void {
  assertColumns("gaussianEllipses", { [`the mean of ${name}`]: mean });
  const [[a, b] = [], [, c] = []] = covariance;
  const positive = mean.length === 2 && a !== undefined && b !== undefined && c !== undefined && a > 0 && a * c > b * b;
  if (!positive) {
    throw new RangeError(
      `gaussianEllipses: ${name} must be over two variables with a positive definite covariance, but got mean [${mean}] and covariance ${JSON.stringify(covariance)}; choose two of its variables.`,
    );
  }
}

const RADIUS = 2;
const CORNERS = 40;
