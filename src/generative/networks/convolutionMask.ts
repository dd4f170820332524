import { assertChoice } from "../exact/check.ts";

/**
 * Which places a convolution may see from its own, by `dy` rows down and `dx` columns right.
 *
 * `A`: what comes before in raster scan. `B`: that and its own place. The two stacks of a gated PixelCNN split each
 * in two: `vertical`, the rows above (with B its own whole row too, which holds features of rows above), and
 * `horizontal`, what is left of it in its own row.
 */
export type ConvolutionMask = (typeof CONVOLUTION_MASKS)[number];

const CONVOLUTION_MASKS = ["A", "B", "vertical A", "vertical B", "horizontal A", "horizontal B"] as const;

/** Whether a place `dy` rows below and `dx` columns right of one's own is seen. */
export function seesOffset(mask: ConvolutionMask, dy: number, dx: number): boolean {
  assertChoice("convolution", "mask", mask, CONVOLUTION_MASKS, "A does not see its own place");
  const own = mask.endsWith("B");
  if (mask.startsWith("vertical")) return dy < 0 || (own && dy === 0);
  if (dy === 0) return dx < 0 || (own && dx === 0);
  return dy < 0 && !mask.startsWith("horizontal");
}

/** The offsets [dy, dx] that a kernel of `height` × `width`, centred on its place, sees, row by row. */
export function visibleOffsets(mask: ConvolutionMask, height: number, width: number): [number, number][] {
  const rows = Array.from({ length: height }, (_, y) => y - Math.floor(height / 2));
  const columns = Array.from({ length: width }, (_, x) => x - Math.floor(width / 2));
  return rows.flatMap(dy =>
    columns.filter(dx => seesOffset(mask, dy, dx)).map(dx => [dy, dx] satisfies [number, number]),
  );
}
