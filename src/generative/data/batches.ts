import type * as tf from "@tensorflow/tfjs";
import { assertRandom } from "../../engine/check.ts";
import type { Random } from "../../engine/random.ts";
import { assertChoice, assertFields, told } from "../exact/check.ts";
import { assertSet, BINARISATIONS, type Binarisation, binarise, threshold } from "./binarise.ts";
import type { ImageSet } from "./imageSet.ts";

/** Some images of one training step. */
export interface Batch {
  /** Intensities in [0, 1], or 0 and 1 where they are binarised. [batchSize, height · width]; the caller disposes it. */
  images: tf.Tensor2D;
  /** [batchSize] */
  labels: Uint8Array;
  /** [batchSize] where the images stand in the set. */
  indices: Int32Array;
}

export interface BatchOptions {
  batchSize: number;
  /** Split once, here: what comes later from `random` does not change the batches. */
  random: Random;
  /** Default: `"none"`. */
  binarisation?: Binarisation;
}

/**
 * `batch t = images π_e(t·B mod n) …`, with a new random order π_e for every epoch e.
 *
 * `at(step)` depends on nothing but the step, so a training run that is resumed sees the batches it would have
 * seen. All batches have the same shape; the n mod B images at the end of an epoch's order sit this epoch out.
 *
 * @throws RangeError where batchSize is not from 1 to the number of images, a step is no count, or binarisation is none
 * @example
 * const { train } = await loadMnist();
 * const batches = new Batches(train, { batchSize: 100, random: new Random(1), binarisation: "dynamic" });
 * batches.at(0).images.shape // => [100, 784]
 */
export class Batches {
  readonly batchSize: number;
  private readonly set: ImageSet;
  private readonly dynamic: boolean;
  private readonly random: Random;
  private order: { epoch: number; indices: Int32Array } | undefined;

  constructor(set: ImageSet, options: BatchOptions) {
    assertSet("Batches", set);
    assertFields("Batches", "options", options, ["batchSize", "random"]);
    const { batchSize, random, binarisation = "none" } = options;
    assertRandom("Batches", random);
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > set.count) {
      throw new RangeError(
        `Batches: batchSize must be an integer from 1 to the ${set.count} images, but got ${told(batchSize)}; use a smaller batch.`,
      );
    }
    assertChoice("Batches", "binarisation", binarisation, BINARISATIONS, "none keeps the greys");
    this.batchSize = batchSize;
    this.random = random.split();
    this.dynamic = binarisation === "dynamic";
    this.set = this.prepare(set, binarisation);
  }

  /** Steps in an epoch: ⌊n / B⌋. */
  get perEpoch(): number {
    return Math.floor(this.set.count / this.batchSize);
  }

  /** The batch of training step `step` = 0, 1, 2, … */
  at(step: number): Batch {
    if (!Number.isInteger(step) || step < 0) {
      throw new RangeError(`Batches: step must be a non-negative integer, but got ${told(step)}; count steps from 0.`);
    }
    const { batchSize, perEpoch } = this;
    const from = (step % perEpoch) * batchSize;
    const indices = this.orderOf(Math.floor(step / perEpoch)).slice(from, from + batchSize);
    const chosen = this.set.select(indices);
    const { labels } = chosen;
    const drawn = this.dynamic ? binarise(chosen, this.stream("pixels", step)) : chosen;
    return { images: drawn.images(), labels, indices };
  }

  /** The batches of one epoch, in order. */
  *epoch(epoch: number): Generator<Batch> {
    for (let i = 0; i < this.perEpoch; i++) yield this.at(epoch * this.perEpoch + i);
  }

  private prepare(set: ImageSet, binarisation: Binarisation): ImageSet {
    if (binarisation === "fixed") return binarise(set, this.stream("pixels", 0));
    if (binarisation === "threshold") return threshold(set);
    return set;
  }

  private orderOf(epoch: number): Int32Array {
    if (this.order?.epoch !== epoch) {
      this.order = { epoch, indices: this.stream("order", epoch).permutation(this.set.count) };
    }
    return this.order.indices;
  }

  /** A stream of its own for every purpose and index. */
  private stream(purpose: "order" | "pixels", index: number): Random {
    return this.random.child(purpose === "order" ? 0 : 1).child(index);
  }
}
