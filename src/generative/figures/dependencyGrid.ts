import type { Figure } from "./figure.ts";
import { imageGrid } from "./imageGrid.ts";
import { assertColumns } from "./numbers.ts";

export interface DependencyGrid {
  /** For each network a matrix [d][d]: how far input j (column) moves output i (row). Zero: not at all. */
  matrices: readonly { name: string; values: readonly ArrayLike<number>[] }[];
  title?: string;
}

/** Which output depends on which input: white where it does, black where it does not, a row an output. */
export function dependencyGrid({ matrices, title = "Which output sees which input" }: DependencyGrid): Figure {
  const d = matrices[0]?.values.length ?? 0;
  if (d === 0) {
    throw new RangeError("dependencyGrid: matrices must have a matrix, but got none; there is nothing to draw.");
  }
  for (const { name, values } of matrices) {
    values.forEach((row, i) => {
      assertColumns("dependencyGrid", { "the first row": matrices[0]?.values[0] ?? [], [`row ${i} of ${name}`]: row });
    });
  }
  return imageGrid("dependencyGrid", {
    images: matrices.map(({ values }) => enlarged(values)),
    height: d * CELL,
    width: d * CELL,
    columns: matrices.length,
    title,
    alt: `${title}: ${matrices.map(inWords).join("; ")}.`,
    columnLabels: matrices.map(({ name }) => name),
  });
}

function inWords({ name, values }: DependencyGrid["matrices"][number]): string {
  let [own, before] = [0, 0];
  let [later, all] = [0, 0];
  values.forEach((row, i) => {
    Array.from(row).forEach((value, j) => {
      if (value === 0) return;
      all++;
      if (j === i) own++;
      else if (j < i) before++;
      else later++;
    });
  });
  return `${name} has ${all} dependences, ${before} on earlier inputs, ${own} on an output's own and ${later} on later ones`;
}

/** Each entry as a square with a dark edge. */
function enlarged(values: readonly ArrayLike<number>[]): number[] {
  const side = values.length * CELL;
  return Array.from({ length: side * side }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / side), pixel % side];
    const edge = [x, y].some(at => at === 0 || at % CELL === CELL - 1);
    const value = values[Math.floor(y / CELL)]?.[Math.floor(x / CELL)];
    return edge ? 0.3 : value === 0 ? 0 : 1;
  });
}

/** Pixels a side of an entry. */
const CELL = 7;
