import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { MADE, naturalOrdering } from "../models/index.ts";
import { autoregressiveStudy } from "./autoregressive.ts";
import { logitsOf } from "./binaryDigits.ts";

const settings = {
  seed: 1,
  hidden: 1000,
  layers: 1,
  epochs: 100,
  batchSize: 100,
  learningRate: 1e-3,
  weightDecay: 0,
  redraw: 1,
};

/** MADE in raster scan, small enough to travel: 1.6 million weights, three megabytes in half precision. */
export const made = autoregressiveStudy({
  name: "made",
  title: "MADE in raster scan, 1,000 hidden units, one mask",
  settings,
  make: makeMade,
  prepare(model, { pixelMeans }, { layers }) {
    tf.tidy(() => model.parameters[`layer${layers + 1}.bias`]?.assign(tf.tensor1d(logitsOf(pixelMeans))));
  },
  target: { atMost: 91, why: "between the 94.5 of 500 units and the 88.4 of 8,000" },
  published: [
    { what: "MADE 1 × 500, one mask", nats: 94.5, source: "github.com/karpathy/pytorch-made, README" },
    { what: "MADE 1 × 8000, one mask", nats: 88.4, source: "Germain et al., 2015, table 6" },
  ],
});

/** The model of the study, before training. */
export function makeMade(random: Random, { hidden, layers }: Pick<typeof settings, "hidden" | "layers">): MADE {
  return new MADE(random, { ordering: naturalOrdering(784), hidden: new Array<number>(layers).fill(hidden) });
}
