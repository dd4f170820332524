import { inWords } from "../../engine/index.ts";

/** Throws unless K is a positive integer: without it, draws have no axis, and an average would be over the data. */
export function assertSamples(what: string, samples: number): void {
  if (Number.isInteger(samples) && samples >= 1) return;
  throw new RangeError(
    `${what}: samples must be a positive integer, but got ${inWords(samples)}; as in { samples: 1 }.`,
  );
}
