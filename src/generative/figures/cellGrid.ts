import type { Figure } from "./figure.ts";
import { imageGrid } from "./imageGrid.ts";
import type { ImageShape } from "./pixels.ts";
import { GREY } from "./theme.ts";

export interface CellGrid extends ImageShape {
  /** For each picture the state of each cell, row by row: a place in `states`. */
  pictures: readonly { name: string; cells: readonly number[] }[];
  /** What the states are called; the first is dark, the second white, the others have colours. */
  states: readonly string[];
  title: string;
  alt: string;
}

/** Pictures of a few large cells with lines between them, and a legend that says what each colour means. */
export function cellGrid(what: string, { pictures, states, height, width, title, alt }: CellGrid): Figure {
  if (states.length > COLOURS.length) {
    throw new RangeError(
      `${what}: states must be at most ${COLOURS.length}, but got ${states.length}; there is no colour for more.`,
    );
  }
  const side = Math.min(LARGEST, Math.max(SMALLEST, Math.floor(TOGETHER / Math.max(height, width))));
  const shape = { height: height * side + 1, width: width * side + 1 };
  return imageGrid(what, {
    ...shape,
    images: pictures.map(({ cells }) => ruled(cells, shape, side, width)),
    columns: pictures.length,
    title,
    alt,
    columnLabels: pictures.map(({ name }) => name),
    palette: [...COLOURS, GREY],
    legend: states.map((name, state) => ({ name, colour: COLOURS[state] as string })),
  });
}

/** Each cell as a square, with a line around it. */
function ruled(cells: readonly number[], shape: ImageShape, side: number, columns: number): number[] {
  return Array.from({ length: shape.height * shape.width }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / shape.width), pixel % shape.width];
    if (x % side === 0 || y % side === 0) return COLOURS.length;
    return cells[Math.floor(y / side) * columns + Math.floor(x / side)] as number;
  });
}

const COLOURS = ["#333333", "#FFFFFF", "#E69F00", "#0072B2"] as const;

/** Pixels a side of a cell, and of a picture that its cells are to fill. */
const [SMALLEST, LARGEST, TOGETHER] = [4, 10, 84];
