/**
 * Throws unless `ordering` contains each of 0 … d − 1 once: `ordering[k]` is the dimension that comes k-th.
 *
 * @param what the model that asks, the first word of the error
 */
export function assertOrdering(what: string, ordering: readonly number[]): void {
  const d = ordering.length;
  const found = new Set(ordering);
  if (d > 0 && found.size === d && ordering.every(i => Number.isInteger(i) && i >= 0 && i < d)) return;
  const odd = ordering.find((i, k) => !Number.isInteger(i) || i < 0 || i >= d || ordering.indexOf(i) < k);
  const got = d <= 12 ? `[${ordering}]` : `${odd} twice or out of range`;
  throw new RangeError(
    `${what}: ordering must contain each of 0..${d - 1} once, but got ${got}; use Array.from(random.permutation(${d || "d"})).`,
  );
}

/** 0, 1, … d − 1: for an image, its raster scan. */
export function naturalOrdering(d: number): number[] {
  return Array.from({ length: d }, (_, i) => i);
}

/** When each dimension comes: the inverse of the ordering, `placesOf(ordering)[ordering[k]] = k`. */
export function placesOf(ordering: readonly number[]): number[] {
  const places = new Array<number>(ordering.length);
  ordering.forEach((i, k) => {
    places[i] = k;
  });
  return places;
}
