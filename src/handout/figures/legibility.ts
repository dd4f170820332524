import { boxOnPage, fontSizeOf } from "./layout.ts";
import type { Box } from "./matrix.ts";
import { parseDrawing } from "./tree.ts";

/** How the words of a drawing stand in it, in its own pixels. */
export interface Legibility {
  width: number;
  height: number;
  /** The size of the smallest letters; infinite where there are none. */
  smallest: number;
  /** How many words end outside of the drawing. */
  outside: number;
  /** How many pairs of words lie over each other. */
  overlapping: number;
}

export function legibility(svg: string): Legibility {
  return legibilityOf(parseDrawing(svg));
}

export function legibilityOf(drawing: Element | undefined): Legibility {
  const [width, height] = sizeOf(drawing);
  const texts = [...(drawing?.querySelectorAll("text") ?? [])].filter(text => /\S/.test(text.textContent ?? ""));
  const boxes = texts.map(boxOnPage);
  return {
    width,
    height,
    smallest: Math.min(...texts.map(fontSizeOf)),
    outside: boxes.filter(box => box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1)
      .length,
    overlapping: boxes.reduce(
      (count, box, i) => count + boxes.slice(0, i).filter(other => overlap(box, other)).length,
      0,
    ),
  };
}

/** Whether a drawing of the same figure has no fault that the first one has not. */
export function looksRight(drawn: Legibility, first: Legibility): boolean {
  return drawn.outside <= first.outside && drawn.overlapping <= first.overlapping;
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  // The boxes of letters have room above and below.
  return across > 1 && down > 3;
}

function sizeOf(drawing: Element | undefined): [number, number] {
  const box = (drawing?.getAttribute("viewBox") ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = ["width", "height"].map(name => Number.parseFloat(drawing?.getAttribute(name) ?? ""));
  return [width || box[2] || 0, height || box[3] || 0];
}
