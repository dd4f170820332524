import * as tf from "@tensorflow/tfjs";
import { PixelCNN } from "../models/index.ts";
import { autoregressiveStudy } from "./autoregressive.ts";

/** The smallest PixelCNN that does better than a MADE of fifty times as many parameters, on the same data. */
export const pixelCnn = autoregressiveStudy({
  name: "pixelcnn",
  title: "PixelCNN, a masked 7 × 7 layer and residual blocks",
  settings: {
    seed: 1,
    channels: 16,
    blocks: 4,
    epochs: 6,
    batchSize: 50,
    learningRate: 2e-3,
    weightDecay: 0,
    redraw: 0,
  },
  make: (random, { channels, blocks }) => new PixelCNN(random, { height: 28, width: 28, channels, blocks }),
  prepare(model) {
    tf.tidy(() => model.parameters["output.bias"]?.assign(tf.tensor1d([-1.9]))); // 13 % of the pixels are lit
  },
  target: {
    atMost: 94.5,
    why: "the published number of a MADE of 500 units, which has fifty times as many parameters",
  },
  published: [
    { what: "PixelCNN", nats: 81.3, source: "van den Oord et al., 2016" },
    {
      what: "PixelCNN, 15 blocks, binarised anew in each batch",
      nats: 81.45,
      source: "github.com/EugenHotaj/pytorch-generative, README",
    },
  ],
});
