import { point } from "../exact/check.ts";

/**
 * `bits = nats / ln 2`: a logarithm to the base e in units of one to the base 2.
 *
 * @example
 * bitsFromNats(Math.LN2) // => 1
 */
export function bitsFromNats(nats: number): number {
  return point("bitsFromNats", nats) / Math.LN2;
}

/** `nats = bits · ln 2`: the inverse of `bitsFromNats`. */
export function natsFromBits(bits: number): number {
  return point("natsFromBits", bits) * Math.LN2;
}
