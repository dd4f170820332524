import * as tf from "@tensorflow/tfjs";
import { assertRandom, type Random } from "../../engine/index.ts";
import { assertMethods, told } from "../exact/check.ts";
import type { ToyDensity } from "../exact/index.ts";

/**
 * `x_1 … x_n ~ p`, independent: points of a toy density. [n, 2]
 *
 * @example
 * sampleToy(twoMoons, new Random(1), 500).shape // => [500, 2]
 */
export function sampleToy(density: ToyDensity, random: Random, n: number): tf.Tensor2D {
  assertMethods("sampleToy", "density", density, ["draw"]);
  assertRandom("sampleToy", random);
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`sampleToy: n must be a positive integer, but got ${told(n)}; a few hundred fill a figure.`);
  }
  const uniform = random.split();
  const normal = random.split();
  const values = Float32Array.from(
    Array.from({ length: n }, () =>
      density.draw(
        () => uniform.uniformArray(1)[0] as number,
        () => normal.normalArray(1)[0] as number,
      ),
    ).flat(),
  );
  return tf.tensor2d(values, [n, 2]);
}
