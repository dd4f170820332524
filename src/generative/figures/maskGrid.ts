import { cellGrid } from "./cellGrid.ts";
import type { Figure } from "./figure.ts";
import { assertColumns } from "./numbers.ts";
import type { ImageShape } from "./pixels.ts";

export interface MaskGrid extends ImageShape {
  /** For each mask the state of each cell, row by row: a place in `states`. [height · width] each */
  masks: readonly { name: string; values: ArrayLike<number> }[];
  /** What the states are called, at most four; default "hidden" and "seen". */
  states?: readonly string[];
  title: string;
}

/** Masks side by side: a cell for each place, in the colour of its state. */
export function maskGrid({ masks, height, width, states = ["hidden", "seen"], title }: MaskGrid): Figure {
  if (masks.length === 0) {
    throw new RangeError("maskGrid: masks must have a mask, but got none; there is nothing to draw.");
  }
  for (const { name, values } of masks) {
    assertColumns("maskGrid", { "the cells": new Uint8Array(height * width), [`mask ${name}`]: values });
    const odd = Array.from(values).find(state => states[state] === undefined);
    if (odd === undefined) continue;
    throw new RangeError(`maskGrid: a cell of mask ${name} must be a place in states, but got ${odd}; name its state.`);
  }
  const counted = (values: ArrayLike<number>) =>
    states.map((state, place) => `${state} (${Array.from(values).filter(value => value === place).length})`).join(", ");
  return cellGrid("maskGrid", {
    pictures: masks.map(({ name, values }) => ({ name, cells: Array.from(values) })),
    states,
    height,
    width,
    title,
    alt: `${title}: ${height} × ${width} cells. ${masks.map(({ name, values }) => `${name}: ${counted(values)}`).join("; ")}.`,
  });
}
