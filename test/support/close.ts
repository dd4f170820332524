import type { Tensor } from "@tensorflow/tfjs";
import { expect } from "vitest";

export type Numbers = number | ArrayLike<number> | Tensor;

export function numbersOf(value: Numbers): number[] {
  if (typeof value === "number") return [value];
  return Array.from("dataSync" in value ? value.dataSync() : value);
}

/** Every entry within `absolute + relative · |expected|`; an infinite one is that itself. */
export function expectClose(
  actual: Numbers,
  expected: Numbers,
  { absolute = 0, relative = 0 }: { absolute?: number; relative?: number },
): void {
  const [a, e] = [numbersOf(actual), numbersOf(expected)];
  expect(a.length).toBe(e.length);
  a.forEach((value, i) => {
    const wanted = e[i] as number;
    const place = `entry ${i}: ${value} against ${wanted}`;
    const allowed = absolute + relative * Math.abs(wanted);
    if (Math.abs(wanted) === Infinity) expect(value, place).toBe(wanted);
    else expect(Math.abs(value - wanted), place).toBeLessThanOrEqual(allowed);
  });
}

/** A Monte-Carlo mean within 4.5 of its standard errors, which are estimated here, of what it should be. */
export function expectMean(draws: ArrayLike<number>, expected: number): void {
  const n = draws.length;
  const values = Array.from(draws);
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  const standardError = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n * (n - 1)));
  expect(standardError, "the draws must vary").toBeGreaterThan(0);
  const distance = Math.abs(mean - expected) / standardError;
  expect(distance, `${mean} against ${expected}, standard error ${standardError}`).toBeLessThan(4.5);
}
