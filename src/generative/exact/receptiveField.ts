/**
 * Which pixels a place sees through stacked layers, by paths: `seen ← ∪_l seen + offsets_l`, in an image of that size.
 *
 * `layers` are the offsets [dy, dx] that each layer looks at, from the last layer to the first; paths that leave the
 * image end there. The exact twin of the support of a Jacobian, in which terms may cancel.
 *
 * @throws RangeError where the place is outside the image
 * @example
 * reachedPixels({ height: 1, width: 4, place: [0, 3], layers: [[[0, 0], [0, -1]], [[0, -1]]] }) // => [false, true, true, false]
 */
export function reachedPixels({
  height,
  width,
  place: [row, column],
  layers,
}: {
  height: number;
  width: number;
  place: readonly [row: number, column: number];
  layers: readonly (readonly (readonly [dy: number, dx: number])[])[];
}): boolean[] {
  const inside = (r: number, c: number) => r >= 0 && r < height && c >= 0 && c < width;
  if (![row, column, height, width].every(Number.isInteger) || !inside(row, column)) {
    throw new RangeError(
      `reachedPixels: place must lie in ${height} × ${width}, but got (${row}, ${column}); rows and columns count from 0.`,
    );
  }
  let seen = new Set([row * width + column]);
  for (const offsets of layers) {
    const next = new Set<number>();
    for (const at of seen) {
      for (const [dy, dx] of offsets) {
        const [r, c] = [Math.floor(at / width) + dy, (at % width) + dx];
        if (inside(r, c)) next.add(r * width + c);
      }
    }
    seen = next;
  }
  return Array.from({ length: height * width }, (_, at) => seen.has(at));
}

/** The pixels before a place in raster scan that are not seen: the blind spot. */
export function blindSpot(seen: readonly boolean[], place: number): number[] {
  return seen.flatMap((sees, at) => (at < place && !sees ? [at] : []));
}
