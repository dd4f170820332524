import { encode } from "fast-png";
import { channels } from "./colours.ts";
import type { ImageShape } from "./pixels.ts";

export interface GridImage {
  /** An 8-bit PNG as a data URI, grey or with a palette. */
  source: string;
  /** pixels of the grid before it is enlarged */
  width: number;
  height: number;
}

/** Pixels between neighbouring images, and their grey. */
export const GAP = 1;
const GAP_GREY = 128;

/** Sixteen shades, 0, 17, … 255: all that is seen of a digit, and half the bytes of 256 in a compressed picture. */
const SHADE = 17;

/** Screen pixels a side of an image's pixel: enlarged here, where nothing smooths it. */
export const SCALE = 2;

/**
 * Images in rows of `columns`, as one picture: 0 black, 1 white, values outside clamped, a thin grey gap between.
 *
 * Image i stands in row ⌊i / columns⌋; what is left of the last row stays grey. With a palette of "#RRGGBB" a value
 * is a place in it, and the gap has its last colour.
 */
export function gridImage(
  images: readonly number[][],
  { height, width }: ImageShape,
  columns: number,
  palette?: readonly string[],
): GridImage {
  const rows = Math.ceil(images.length / columns);
  const size = { width: columns * (width + GAP) - GAP, height: rows * (height + GAP) - GAP };
  const bytes = new Uint8Array(size.width * size.height).fill(palette ? palette.length - 1 : GAP_GREY);
  const byte = palette ? (place: number) => place : shade;
  for (const [i, image] of images.entries()) {
    const top = Math.floor(i / columns) * (height + GAP);
    const left = (i % columns) * (width + GAP);
    for (const [pixel, value] of image.entries()) {
      const at = (top + Math.floor(pixel / width)) * size.width + left + (pixel % width);
      bytes[at] = byte(value);
    }
  }
  const colours = palette ? { palette: palette.map(channels) } : {};
  const png = encode({ ...enlarged(bytes, size), depth: 8, channels: 1, ...colours }, { zlib: { level: 9 } });
  return { source: `data:image/png;base64,${Buffer.from(png).toString("base64")}`, ...size };
}

function shade(value: number): number {
  return SHADE * Math.round((255 / SHADE) * Math.min(1, Math.max(0, value)));
}

/** Each pixel of small images as a block of equal ones, so that all of them together are large enough to be seen. */
export function visible(
  images: readonly number[][],
  { height, width }: ImageShape,
  columns: number,
): ImageShape & { images: readonly number[][] } {
  const side = Math.max(SMALLEST, Math.floor(TOGETHER / Math.max(columns, Math.ceil(images.length / columns))));
  const block = Math.max(1, Math.floor(side / Math.max(height, width)));
  if (block === 1) return { images, height, width };
  const across = width * block;
  const source = (i: number) => Math.floor(i / across / block) * width + Math.floor((i % across) / block);
  const blocks = images.map(image =>
    Array.from({ length: height * across * block }, (_, i) => image[source(i)] as number),
  );
  return { images: blocks, height: height * block, width: across };
}

/** Pixels a side of one image, and of the grid, that small images are brought up to. */
const SMALLEST = 24;
const TOGETHER = 210;

/** Every pixel as SCALE × SCALE of itself. */
function enlarged(bytes: Uint8Array, { width, height }: ImageShape): ImageShape & { data: Uint8Array } {
  const data = new Uint8Array(width * height * SCALE ** 2);
  const stride = width * SCALE;
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / stride / SCALE);
    data[i] = bytes[row * width + Math.floor((i % stride) / SCALE)] as number;
  }
  return { data, width: stride, height: height * SCALE };
}
