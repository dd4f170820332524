import { assertRandom } from "../../engine/check.ts";
import type { Random } from "../../engine/random.ts";
import { told } from "../exact/check.ts";
import { ImageSet, intensity } from "./imageSet.ts";

/**
 * `x_i ~ Bernoulli(v_i / 255)`: how grey images become the binary data of a Bernoulli likelihood.
 *
 * - `fixed`: every pixel is drawn once, and the data set stays what was drawn.
 * - `dynamic`: every pixel is drawn anew each time its image comes up in a batch.
 * - `threshold`: x_i = 1 where v_i / 255 ≥ 1/2; nothing is drawn.
 * - `none`: the intensities v_i / 255 themselves.
 *
 * A log-likelihood belongs to one of these and is compared only within it: drawing anew works as more data,
 * and test values come out 1 to 2 nats better than with fixed binarisation (Burda et al., 2016).
 */
export type Binarisation = (typeof BINARISATIONS)[number];

export const BINARISATIONS = ["fixed", "dynamic", "threshold", "none"] as const;

/**
 * `x_i ~ Bernoulli(v_i / 255)`, drawn once: the same images with every pixel 0 or 255.
 *
 * Deterministic in `random`. This is not the draw of Larochelle & Murray (2011) that much of the literature
 * calls static MNIST: npm does not carry their .amat files. The two differ as two draws of the same distribution.
 */
export function binarise(set: ImageSet, random: Random): ImageSet {
  assertSet("binarise", set);
  assertRandom("binarise", random);
  const pixels = new Uint8Array(set.pixels.length);
  for (let from = 0; from < pixels.length; from += CHUNK) drawInto(pixels, set.pixels, from, random);
  return new ImageSet(set.height, set.width, pixels, set.labels);
}

/** `x_i = 1 where v_i / 255 ≥ level`: the same images with every pixel 0 or 255. Throws for a level outside [0, 1]. */
export function threshold(set: ImageSet, level = 0.5): ImageSet {
  assertSet("threshold", set);
  if (typeof level !== "number" || !(level >= 0 && level <= 1)) {
    throw new RangeError(`threshold: level must lie in [0, 1], but got ${told(level)}; 0.5 is usual.`);
  }
  const pixels = set.pixels.map(byte => (intensity(byte) >= level ? 255 : 0));
  return new ImageSet(set.height, set.width, pixels, set.labels);
}

/** Throws unless these are images. */
export function assertSet(what: string, set: ImageSet): void {
  if (set instanceof ImageSet) return;
  throw new TypeError(`${what}: set must be an ImageSet, but got ${told(set)}; loadMnist has two.`);
}

/** Black and white pixels are certain; only those between cost a draw, about a fifth of MNIST. */
function drawInto(target: Uint8Array, source: Uint8Array, from: number, random: Random): void {
  const to = Math.min(from + CHUNK, source.length);
  let grey = 0;
  for (let i = from; i < to; i++) if (source[i] !== 0 && source[i] !== 255) grey++;
  const uniform = random.uniformArray(grey);
  for (let i = to - 1; i >= from; i--) {
    const byte = source[i] as number;
    const white = byte === 255 || (byte !== 0 && (uniform[--grey] as number) < intensity(byte));
    target[i] = white ? 255 : 0;
  }
}

/** Pixels drawn at a time, so that 47 million of them need no 376 MB of uniform numbers. */
const CHUNK = 784_000;
