/**
 * Throws unless every size is a positive integer: a layer without units has no output, and tfjs says so in its own words.
 *
 * @param what the layer that asks, the first word of the error
 */
export function assertSizes(what: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(
      `${what}: ${name} must be a positive integer, but got ${value}; leave out a layer that is to have no units.`,
    );
  }
}
