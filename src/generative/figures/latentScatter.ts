import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, layout, symbol } from "./theme.ts";

export interface LatentScatter {
  /** [n][2] points of a two-dimensional latent space, such as posterior means. */
  z: readonly ArrayLike<number>[];
  /** [n] the class of each. */
  labels: ArrayLike<number>;
  title?: string;
}

/** Points of a latent plane, one colour and symbol a class. */
export function latentScatter({ z, labels, title = "Latent space" }: LatentScatter): Figure {
  const odd = z.findIndex(point => point.length !== 2);
  if (odd >= 0) {
    throw new RangeError(
      `latentScatter: every z must have 2 coordinates, but got ${z[odd]?.length} at index ${odd}; choose two of them.`,
    );
  }
  const [first, second] = [0, 1].map(coordinate => z.map(point => point[coordinate] as number)) as [number[], number[]];
  assertColumns("latentScatter", { z1: first, z2: second, labels });
  const classes = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const members = classes.map(label => [...z.keys()].filter(index => labels[index] === label));
  return figure({
    data: classes.map((label, index) => ({
      type: "scatter",
      mode: "markers",
      name: String(label),
      x: rounded(pick(first, members[index])),
      y: rounded(pick(second, members[index])),
      marker: { color: colour(index), symbol: symbol(index), size: 6, opacity: 0.7 },
    })),
    layout: layout(title, {
      height: 560,
      xaxis: axis("z<sub>1</sub>, prior standard deviations"),
      yaxis: axis("z<sub>2</sub>, prior standard deviations", { scaleanchor: "x" }),
    }),
    alt:
      `${z.length} points of the latent plane in ${classes.length} classes; ` +
      `the class accounts for ${explained([first, second], members)} of their variance.`,
  });
}

/** The share of the variance that lies between the means of the classes. */
function explained(coordinates: number[][], members: number[][]): string {
  let total = 0;
  let within = 0;
  for (const values of coordinates) {
    total += squares(values);
    for (const indices of members) within += squares(pick(values, indices));
  }
  return total === 0 ? "none" : `${inWords(100 * (1 - within / total), 2)} %`;
}

function squares(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function pick(values: number[], indices: number[] = []): number[] {
  return indices.map(index => values[index] as number);
}
