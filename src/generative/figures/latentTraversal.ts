import type { Figure } from "./figure.ts";
import { imageGrid } from "./imageGrid.ts";
import { assertColumns, inWords } from "./numbers.ts";
import { type ImageShape, imagesOf, type Pixels } from "./pixels.ts";

export interface LatentTraversal extends ImageShape {
  /** For each latent dimension, the images of its values. */
  rows: readonly Pixels[];
  /** The values that one dimension takes while the others stay, in prior standard deviations. */
  values: ArrayLike<number>;
  /** What each row moves along; default z₁, z₂, … */
  labels?: readonly string[];
  title?: string;
}

/** One row a latent dimension: what the decoder draws as that dimension alone moves. */
export function latentTraversal(options: LatentTraversal): Figure {
  const { height, width, values, title = "Latent traversal" } = options;
  assertColumns("latentTraversal", { values });
  const labels = options.labels ?? options.rows.map((_, row) => `z<sub>${row + 1}</sub>`);
  const rows = options.rows.map((row, index) => {
    const images = imagesOf("latentTraversal", `row ${index}`, row, { height, width });
    if (images.length === values.length) return images;
    throw new RangeError(
      `latentTraversal: row ${index} must have an image for each of ${values.length} values, but got ${images.length}; ` +
        "decode every value.",
    );
  });
  if (rows.length === 0) {
    throw new RangeError("latentTraversal: rows must have a row, but got none; there is nothing to draw.");
  }
  const changes = rows.map(change);
  const most = changes.indexOf(Math.max(...changes));
  return imageGrid("latentTraversal", {
    images: rows.flat(),
    height,
    width,
    columns: values.length,
    title,
    rowLabels: labels,
    columnLabels: Array.from(values, value => inWords(value, 2)),
    alt:
      `${rows.length} latent dimensions, each moved from ${inWords(values[0] as number)} to ` +
      `${inWords(values[values.length - 1] as number)} in ${values.length} steps; ${labels[most]} changes the images ` +
      `most, by ${inWords(Math.max(...changes), 3)} a pixel from end to end, and ` +
      `${labels[changes.indexOf(Math.min(...changes))]} least, by ${inWords(Math.min(...changes), 3)}.`,
  });
}

/** The mean absolute difference between the first and the last image of a row. */
function change(images: number[][]): number {
  const [first = [], last = []] = [images[0], images.at(-1)];
  return first.reduce((sum, value, pixel) => sum + Math.abs(value - (last[pixel] as number)), 0) / first.length;
}
