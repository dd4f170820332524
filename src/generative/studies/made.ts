import * as tf from "@tensorflow/tfjs";
import { Random } from "../../engine/index.ts";
import { MADE, naturalOrdering } from "../models/index.ts";
import { binaryDigits, DIGITS, logitsOf } from "./binaryDigits.ts";
import { type NllResult, nllTable } from "./nll.ts";
import type { Study } from "./study.ts";
import { train } from "./train.ts";

const defaults = {
  seed: 1,
  hidden: 500,
  /** 1: drawn from the seed, with degrees drawn for the hidden units; 0: raster scan, with degrees spread evenly. */
  ordering: 1,
  epochs: 60,
  batchSize: 100,
  learningRate: 1e-3,
  weightDecay: 1e-4,
};

/**
 * MADE with one hidden layer of 500 units and one mask, the smallest model with a published number.
 *
 * The ordering is drawn, as it was for that number. In raster scan (`ordering=0`) a pixel is seen by its successor
 * only through units of exactly its degree, of which 500 units for 784 pixels have not one each.
 */
export const made: Study<NllResult> = {
  name: "made",
  title: "MADE, 500 hidden units, one mask",
  settings: defaults,
  table: result => nllTable([result]),
  async run(options) {
    const settings = { ...defaults, ...options.overrides };
    const random = new Random(settings.seed);
    const digits = await binaryDigits(random);
    const ordering = settings.ordering === 1 ? Array.from(random.permutation(784)) : naturalOrdering(784);
    const model = new MADE(random.split(), {
      ordering,
      hidden: [settings.hidden],
      hiddenDegrees: settings.ordering === 1 ? "random" : "even",
    });
    tf.tidy(() => model.parameters["layer2.bias"]?.assign(tf.tensor1d(logitsOf(digits.pixelMeans))));
    const outcome = await train("made", model, digits, settings, random, options);
    const atMost = 96;
    return {
      name: "made",
      title: made.title,
      ...outcome,
      target: {
        atMost,
        reached: outcome.testNll.mean <= atMost,
        why: "94.5 published, and 1.5 for another draw of the bits",
      },
      published: [
        { what: "MADE 1 × 500, one mask", nats: 94.5, source: "github.com/karpathy/pytorch-made, README" },
        { what: "MADE 1 × 8000, one mask", nats: 88.4, source: "Germain et al., 2015, table 6" },
      ],
      settings,
      data: DIGITS,
    };
  },
};
