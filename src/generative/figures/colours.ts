/** From little to much, for quantities with a least value: white by way of blue to nearly black. */
export const SEQUENTIAL = ["#FFFFFF", "#56B4E9", "#0072B2", "#002538"] as const;

/** For quantities of either sign: blue below zero, white at it, vermillion above. */
export const DIVERGING = ["#003A5C", "#0072B2", "#FFFFFF", "#D55E00", "#6E3000"] as const;

/** So many colours, "#RRGGBB", evenly along a scale of at least two. */
export function shades(scale: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const place = (i * (scale.length - 1)) / (count - 1);
    const below = Math.min(Math.floor(place), scale.length - 2);
    const [from, to] = [channels(scale[below] as string), channels(scale[below + 1] as string)];
    return hexadecimal(from.map((value, k) => Math.round(value + (place - below) * ((to[k] as number) - value))));
  });
}

/** A scale as plotly wants it: the share of the range at which each colour stands. */
export function colourScale(scale: readonly string[]): [number, string][] {
  return scale.map((colour, i) => [i / (scale.length - 1), colour]);
}

/** Red, green and blue of "#RRGGBB", 0 to 255. */
export function channels(colour: string): number[] {
  return [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hexadecimal(values: readonly number[]): string {
  return `#${values.map(value => value.toString(16).padStart(2, "0")).join("")}`.toUpperCase();
}
