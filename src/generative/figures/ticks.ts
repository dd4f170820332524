import { round } from "./numbers.ts";

/**
 * Round numbers in an interval of positive ones, for a logarithmic axis: 1, 2 and 5 times the powers of ten; where
 * fewer than three of them lie in it, about five multiples of a round step.
 */
export function roundNumbers(least: number, most: number): number[] {
  if (!(most > least)) return [round(least)];
  const inside = series(least, most).filter(value => value >= least * (1 - EDGE) && value <= most * (1 + EDGE));
  if (inside.length >= 3) return inside;
  const rough = (most - least) / 4;
  const step = series(rough / 10, rough).findLast(value => value <= rough) as number;
  const first = Math.ceil(least / step - EDGE);
  return Array.from({ length: Math.floor(most / step + EDGE) - first + 1 }, (_, k) => round((first + k) * step));
}

/** 1, 2 and 5 times the powers of ten, from below `least` to above `most`. */
function series(least: number, most: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  return Array.from({ length: to - from + 1 }, (_, k) =>
    [1, 2, 5].map(digit => round(digit * 10 ** (from + k))),
  ).flat();
}

/** A number beside its tick: in full where that is short, then in thousands, and in powers of ten. */
export function tickText(value: number): string {
  if (value >= 1e4 && value < 1e6) return `${round(value / 1000)}k`;
  if (value >= 1e-3 && value < 1e4) return String(round(value));
  const exponent = Math.floor(Math.log10(value) + EDGE);
  const digits = round(value / 10 ** exponent);
  return `${digits === 1 ? "" : `${digits} × `}10<sup>${String(exponent).replace("-", "−")}</sup>`;
}

/** A value on the end of an axis belongs to it, whatever its last digit. */
const EDGE = 1e-9;
