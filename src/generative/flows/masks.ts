import { assertSizes } from "../networks/sizes.ts";

/** Which coordinates a coupling passes on unchanged (1) and which it changes (0). */
export type Mask = readonly number[];

/** Height, width and channels of an image, whose rows of pixels are one vector: [h · w · c], channels last. */
export interface Volume {
  height: number;
  width: number;
  channels: number;
}

/** h · w · c */
export function sizeOf({ height, width, channels }: Volume): number {
  return height * width * channels;
}

/** The first ⌊d/2⌋ coordinates stay, the others change; for odd d the middle one is with the latter. */
export function halfMask(d: number): Mask {
  if (!(Number.isInteger(d) && d > 0)) assertSizes("halfMask", { d });
  return Array.from({ length: d }, (_, i) => (i < Math.floor(d / 2) ? 1 : 0));
}

/** Pixels in turns, as on a chess board, all channels alike. Dinh, Sohl-Dickstein & Bengio, RealNVP, 2017, figure 3. */
export function checkerboardMask({ height, width, channels }: Volume): Mask {
  assertSizes("checkerboardMask", { height, width, channels });
  return Array.from({ length: sizeOf({ height, width, channels }) }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return (Math.floor(pixel / width) + (pixel % width)) % 2;
  });
}

/** The first half of the channels of every pixel stays. */
export function channelMask({ height, width, channels }: Volume): Mask {
  assertSizes("channelMask", { height, width, channels });
  return Array.from({ length: sizeOf({ height, width, channels }) }, (_, i) => (i % channels < channels / 2 ? 1 : 0));
}

/** What stays changes, and the other way round. */
export function opposite(mask: Mask): Mask {
  assertBits("opposite", mask, mask.length);
  return mask.map(kept => 1 - kept);
}

/**
 * Which inputs each output of a stack of couplings can depend on: reach[i][j] for output i and input j.
 *
 * A changed coordinate depends on itself and on all that is passed on. Two couplings with opposite masks leave half
 * of the outputs blind to part of their own half; with three, every output sees every input.
 */
export function couplingReach(masks: readonly Mask[]): boolean[][] {
  const d = masks[0]?.length ?? 0;
  let reach = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => i === j));
  for (const mask of masks) {
    assertBits("couplingReach", mask, d);
    const before = reach;
    const passed = before.filter((_, i) => mask[i] === 1);
    reach = before.map((row, i) => (mask[i] === 1 ? row : row.map((own, j) => own || passed.some(other => other[j]))));
  }
  return reach;
}

function assertBits(what: string, mask: Mask, d: number): void {
  const odd = mask.find(entry => entry !== 0 && entry !== 1);
  if (odd === undefined && mask.length === d) return;
  throw new RangeError(
    `${what}: a mask must hold ${d} 0s and 1s, but got ${odd ?? `${mask.length} of them`}; halfMask(${d}) makes one.`,
  );
}

/** @throws RangeError unless some coordinates stay and some change */
export function assertMask(what: string, mask: Mask): void {
  const kept = mask.filter(entry => entry === 1).length;
  if (kept > 0 && kept < mask.length && mask.every(entry => entry === 0 || entry === 1)) return;
  const odd = mask.find(entry => entry !== 0 && entry !== 1);
  const got = mask.length <= 8 ? `[${mask}]` : odd === undefined ? `${kept} 1s of ${mask.length}` : `${odd}`;
  throw new RangeError(
    `${what}: the mask must hold 0s and 1s, some of each, but got ${got}; halfMask(d) makes one for d > 1.`,
  );
}
