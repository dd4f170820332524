/** A number with so many places after the point, as stored results have them; 4 unless told. */
export function decimals(value: number, places = 4): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}
