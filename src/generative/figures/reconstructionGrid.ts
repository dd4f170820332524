import type { Figure } from "./figure.ts";
import { assertColumnCount, imageGrid } from "./imageGrid.ts";
import { inWords } from "./numbers.ts";
import { type ImageShape, imagesOf, type Pixels } from "./pixels.ts";

export interface ReconstructionGrid extends ImageShape {
  originals: Pixels;
  /** As many, in the same order. */
  reconstructions: Pixels;
  /** Default: 10. */
  columns?: number;
  title?: string;
}

/** Pairs of rows: images, and under them what a model makes of them. */
export function reconstructionGrid(options: ReconstructionGrid): Figure {
  const { height, width, columns = 10, title = "Reconstructions" } = options;
  const originals = imagesOf("reconstructionGrid", "originals", options.originals, { height, width });
  const reconstructions = imagesOf("reconstructionGrid", "reconstructions", options.reconstructions, { height, width });
  if (originals.length !== reconstructions.length) {
    throw new RangeError(
      `reconstructionGrid: there must be a reconstruction for each of ${originals.length} originals, ` +
        `but got ${reconstructions.length}; reconstruct the images that are shown.`,
    );
  }
  assertColumnCount("reconstructionGrid", columns);
  const perRow = Math.min(columns, originals.length);
  const pairs = Math.ceil(originals.length / perRow);
  const blank = new Array<number>(height * width).fill(0.5);
  const row = (images: number[][], pair: number) =>
    Array.from({ length: perRow }, (_, column) => images[pair * perRow + column] ?? blank);
  const images = Array.from({ length: pairs }, (_, pair) => [...row(originals, pair), ...row(reconstructions, pair)]);
  return imageGrid("reconstructionGrid", {
    images: images.flat(),
    height,
    width,
    columns: perRow,
    title,
    rowLabels: Array.from({ length: pairs }, () => ["original", "reconstruction"]).flat(),
    alt:
      `${originals.length} images and their reconstructions; a pixel's intensity differs by ` +
      `${inWords(meanDifference(originals.flat(), reconstructions.flat()), 3)} on average, where 1 is black for white.`,
  });
}

function meanDifference(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
}
