import { told } from "../exact/check.ts";

/**
 * Throws unless every size is a positive integer: a layer without units has no output, and tfjs says so in its own words.
 *
 * @param what the layer that asks, the first word of the error
 */
export function assertSizes(what: string, sizes: Readonly<Record<string, number>>): void {
  for (const name in sizes) {
    const value = sizes[name];
    if (isCount(value, 1)) continue;
    throw new RangeError(
      `${what}: ${name} must be a positive integer, but got ${told(value)}; leave out a layer that is to have no units.`,
    );
  }
}

/** Throws unless every value is an integer of at least `least`: what may be left out, or has a smallest number. */
export function assertAtLeast(what: string, least: number, values: Readonly<Record<string, number>>): void {
  for (const name in values) {
    const value = values[name];
    if (isCount(value, least)) continue;
    throw new RangeError(
      `${what}: ${name} must be an integer of at least ${least}, but got ${told(value)}; it counts what there is.`,
    );
  }
}

/** Throws unless every number is finite and from `least` to `most`; `remedy` ends the message. */
export function assertBetween(
  what: string,
  name: string,
  values: ArrayLike<number>,
  { least = -Infinity, most = Infinity, remedy }: { least?: number; most?: number; remedy: string },
): void {
  let odd = 0;
  while (odd < values.length && isWithin(values[odd] as number, least, most)) odd++;
  if (odd === values.length) return;
  const rule = least === -Infinity ? "finite" : most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${what}: ${name} must be ${rule}, but got ${told(values[odd])}; ${remedy}.`);
}

const isCount = (value: number | undefined, least: number) => Number.isInteger(value) && (value as number) >= least;

const isWithin = (value: number, least: number, most: number) =>
  Number.isFinite(value) && value >= least && value <= most;
