import type { Figure } from "./figure.ts";
import { imageGrid } from "./imageGrid.ts";
import { assertColumns, inWords } from "./numbers.ts";

export interface PlaneMaps {
  /** Functions of the plane on the same square grid: row 0 is the lowest x₂. [n][n] each */
  maps: readonly { name: string; values: readonly ArrayLike<number>[] }[];
  /** The square is [−side, side]². */
  side: number;
  title?: string;
}

/** Functions of the plane side by side, such as densities or log-determinants: each from black, its least, to white. */
export function planeMaps({ maps, side, title = "Densities over the plane" }: PlaneMaps): Figure {
  const n = maps[0]?.values.length ?? 0;
  if (n === 0) throw new RangeError("planeMaps: maps must have a map, but got none; there is nothing to draw.");
  for (const { name, values } of maps) {
    for (const [i, row] of values.entries()) {
      assertColumns("planeMaps", { "the first row": maps[0]?.values[0] ?? [], [`row ${i} of ${name}`]: row });
    }
  }
  const ranges = maps.map(({ values }) => {
    const all = values.flatMap(row => Array.from(row));
    return { least: Math.min(...all), most: Math.max(...all) };
  });
  return imageGrid("planeMaps", {
    images: maps.map(({ values }, k) => {
      const { least, most } = ranges[k] as (typeof ranges)[number];
      const grey = (value: number) => (most > least ? (value - least) / (most - least) : 0);
      return [...values].reverse().flatMap(row => Array.from(row, grey));
    }),
    height: n,
    width: maps[0]?.values[0]?.length ?? 0,
    columns: maps.length,
    title,
    alt:
      `${title}, over the square from −${inWords(side)} to ${inWords(side)}: ` +
      `${maps.map(({ name }, k) => `${name} from ${inWords(ranges[k]?.least as number)} to ${inWords(ranges[k]?.most as number)}`).join("; ")}.`,
    columnLabels: maps.map(({ name }) => name),
  });
}
