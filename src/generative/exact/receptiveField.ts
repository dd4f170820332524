import { assertCount, assertFields, assertIndex, assertList, told } from "./check.ts";

/**
 * Which pixels a place sees through stacked layers, by paths: `seen ← ∪_l seen + offsets_l`, in an image of that size.
 *
 * `layers` are the offsets [dy, dx] that each layer looks at, from the last layer to the first; paths that leave the
 * image end there. The exact twin of the support of a Jacobian, in which terms may cancel.
 *
 * @throws RangeError where the image has no size, the place is outside of it, or an offset is not two integers
 * @example
 * reachedPixels({ height: 1, width: 4, place: [0, 3], layers: [[[0, 0], [0, -1]], [[0, -1]]] }) // => [false, true, true, false]
 */
export function reachedPixels(options: {
  height: number;
  width: number;
  place: readonly [row: number, column: number];
  layers: readonly (readonly (readonly [dy: number, dx: number])[])[];
}): boolean[] {
  assertFields("reachedPixels", "options", options, ["height", "width", "place", "layers"]);
  const { height, width, place, layers } = options;
  assertCount("reachedPixels", "height", height, "it counts rows");
  assertCount("reachedPixels", "width", width, "it counts columns");
  assertList("reachedPixels", "place", place);
  assertList("reachedPixels", "layers", layers);
  for (const offsets of layers) assertOffsets(offsets);
  const [row, column] = place;
  const inside = (r: number, c: number) => r >= 0 && r < height && c >= 0 && c < width;
  if (![row, column].every(Number.isInteger) || !inside(row, column)) {
    throw new RangeError(
      `reachedPixels: place must lie in ${height} × ${width}, but got (${told(row)}, ${told(column)}); rows and columns count from 0.`,
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

function assertOffsets(offsets: readonly (readonly [dy: number, dx: number])[]): void {
  assertList("reachedPixels", "a layer", offsets);
  for (const offset of offsets) {
    if (offset?.length === 2 && Number.isInteger(offset[0]) && Number.isInteger(offset[1])) continue;
    assertList("reachedPixels", "an offset", offset);
    throw new RangeError(
      `reachedPixels: an offset must be two integers, but got [${Array.from(offset, told).slice(0, 3).join(", ")}]; it is [dy, dx].`,
    );
  }
}

/**
 * The pixels before a place in raster scan that are not seen: the blind spot.
 *
 * @throws RangeError where the place is not one of the pixels
 */
export function blindSpot(seen: readonly boolean[], place: number): number[] {
  assertList("blindSpot", "seen", seen);
  assertIndex("blindSpot", "place", place, seen.length);
  return seen.flatMap((sees, at) => (at < place && !sees ? [at] : []));
}
