import { cellGrid } from "./cellGrid.ts";
import type { Figure } from "./figure.ts";
import { assertColumns } from "./numbers.ts";

export interface DependencyGrid {
  /** For each network a matrix [d][d]: how far input j (column) moves output i (row). Zero: not at all. */
  matrices: readonly { name: string; values: readonly ArrayLike<number>[] }[];
  title?: string;
}

/** Which output depends on which input: white where it does, dark where it does not, a row an output. */
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
  return cellGrid("dependencyGrid", {
    pictures: matrices.map(({ name, values }) => ({
      name,
      cells: values.flatMap(row => Array.from(row, value => Number(value !== 0))),
    })),
    states: ["output (row) does not depend on input (column)", "output (row) depends on input (column)"],
    height: d,
    width: d,
    title,
    alt: `${title}: ${matrices.map(inWords).join("; ")}.`,
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
