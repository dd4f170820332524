import { describe, expect, it } from "vitest";
import { expectClose, type Numbers, numbersOf } from "./close.ts";
import { fixture } from "./fixture.ts";

/** Where a value is compared: among ordinary numbers, and in tails, at 0 and 1, in large dimensions or odd units. */
export const PLACES = ["ordinary", "extreme"] as const;
export type Place = (typeof PLACES)[number];

/** The cases that `<room>References.py` made, by name and place; what is not finite stands there as a word. */
export function referencesOf(room: string): ReturnType<typeof fixture> {
  return finite(fixture(`${room}References`));
}

/** Compares a public name of a room with another implementation, in a test for each case. */
export function refersTo(room: string) {
  const { versions: _, ...references } = referencesOf(room);
  const compared: string[] = [];
  it("leaves out no name of its script", () => expect(compared.sort()).toEqual(Object.keys(references).sort()));
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the script
  return (name: string, compare: (given: any, place: Place) => void | Promise<void>): void => {
    compared.push(name);
    describe(name, () => {
      for (const place of PLACES) {
        const { length } = references[name][place];
        it.each([...Array(length).keys()])(`is what another implementation has, at ${place} place %i`, async i =>
          compare(references[name][place][i], place),
        );
      }
    });
  };
}

/** As `expectClose`, where what is infinite must be so with the same sign. */
export function expectSame(
  actual: Numbers,
  expected: Numbers,
  tolerance: { absolute?: number; relative?: number } = {},
): void {
  const [a, e] = [numbersOf(actual), numbersOf(expected)];
  expect(a.length).toBe(e.length);
  for (const [i, value] of e.entries()) {
    if (Number.isFinite(value)) expectClose(a[i] as number, value, tolerance);
    else expect(a[i], `entry ${i}`).toBe(value);
  }
}

/** Between −½ and ½, in an order that looks like none: the same float64 in Python. */
export function spread(i: number, step = 37, period = 101): number {
  return ((i * step) % period) / period - 0.5;
}

export function spreads(n: number, step = 37, scale = 1): number[] {
  return Array.from({ length: n }, (_, i) => scale * spread(i, step));
}

/** Between −½ and ½: entries of a matrix of full rank. */
export function scattered(i: number, j: number): number {
  return ((i * i * 317 + i * j * 571 + j * j * 433 + 13 * i + 29 * j + 5) % 1009) / 1009 - 0.5;
}

/** c² / (1 + |i − j|): a covariance for every d. */
export function decaying(d: number, scale = 1): number[][] {
  return Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (_, j) => (scale * scale) / (1 + Math.abs(i - j))),
  );
}

function finite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(finite);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, finite(entry)]));
  }
  return typeof value === "string" && words.has(value) ? words.get(value) : value;
}

const words = new Map([
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["NaN", Number.NaN],
]);
