import type { Figure } from "./figure.ts";
import { imageGrid } from "./imageGrid.ts";
import { inWords } from "./numbers.ts";
import { type ImageShape, imagesOf, type Pixels } from "./pixels.ts";

export interface SampleGrid extends ImageShape {
  /** Default: 10. */
  columns?: number;
  title?: string;
  rowLabels?: readonly string[];
  columnLabels?: readonly string[];
  /** What is seen, for those who cannot see it: "digits with ragged strokes". */
  shows?: string;
}

/** Images, drawn from a model or taken from data, in rows. Intensities outside [0, 1] are clamped. */
export function sampleGrid(
  pixels: Pixels,
  { height, width, columns = 10, title = "Samples", rowLabels, columnLabels, shows }: SampleGrid,
): Figure {
  const images = imagesOf("sampleGrid", "pixels", pixels, { height, width });
  const mean = images.flat().reduce((sum, value) => sum + value, 0) / (images.length * height * width);
  const alt = [
    `${title}: ${shows === undefined ? "" : `${shows}; `}${images.length} images of ${height} × ${width} pixels`,
    ...(rowLabels ? [`, in rows named ${rowLabels.join(", ")}`] : []),
    ...(columnLabels ? [`, in columns named ${columnLabels.join(", ")}`] : []),
    `, with a mean intensity of ${inWords(mean, 3)}.`,
  ].join("");
  const labels = { ...(rowLabels ? { rowLabels } : {}), ...(columnLabels ? { columnLabels } : {}) };
  return imageGrid("sampleGrid", { images, height, width, columns, title, alt, ...labels });
}
