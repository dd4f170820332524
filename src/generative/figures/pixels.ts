/** Images as intensities in [0, 1]: one after another in one array, or one array each, row by row. */
export type Pixels = ArrayLike<number> | readonly ArrayLike<number>[];

export interface ImageShape {
  /** pixels */
  height: number;
  /** pixels */
  width: number;
}

/**
 * The images in `pixels`, one array each.
 *
 * @throws RangeError where there is none, a value is not finite, or the pixels do not make whole images.
 */
export function imagesOf(what: string, name: string, pixels: Pixels, { height, width }: ImageShape): number[][] {
  for (const [side, length] of Object.entries({ height, width })) {
    if (Number.isInteger(length) && length > 0) continue;
    throw new RangeError(`${what}: ${side} must be a positive integer, but got ${length}; MNIST has 28.`);
  }
  const size = height * width;
  const images = isList(pixels) ? pixels.map(image => Array.from(image)) : cut(Array.from(pixels), size);
  if (images.length === 0) {
    throw new RangeError(`${what}: ${name} must have an image, but got none; there is nothing to draw.`);
  }
  for (const [index, image] of images.entries()) {
    if (image.length !== size) {
      throw new RangeError(
        `${what}: image ${index} of ${name} must have ${height} × ${width} = ${size} pixels, but got ${image.length}; ` +
          "check height and width.",
      );
    }
    const odd = image.findIndex(value => !Number.isFinite(value));
    if (odd >= 0) {
      throw new RangeError(
        `${what}: image ${index} of ${name} must be finite, but got ${image[odd]} at pixel ${odd}; look at what computed it.`,
      );
    }
  }
  return images;
}

function isList(pixels: Pixels): pixels is readonly ArrayLike<number>[] {
  return Array.isArray(pixels) && typeof pixels[0] !== "number";
}

function cut(values: number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}
