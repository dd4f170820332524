import * as tf from "@tensorflow/tfjs";
import { PixelCNN } from "../models/index.ts";
import { autoregressiveStudy } from "./autoregressive.ts";

/** The smallest PixelCNN that does better than a MADE of ten times as many parameters, on the same data. */
export const pixelCnn = autoregressiveStudy({
  name: "pixelcnn",
  title: "PixelCNN, a masked 7 × 7 layer and residual blocks",
  settings: { seed: 1, channels: 16, blocks: 4, epochs: 6, batchSize: 50, learningRate: 2e-3, weightDecay: 0 },
  make(random, { channels, blocks }) {
    const model = new PixelCNN(random.split(), { height: 28, width: 28, channels, blocks });
    tf.tidy(() => model.parameters["output.bias"]?.assign(tf.tensor1d([-1.9]))); // 13 % of the pixels are lit
    return model;
  },
  target: { atMost: 93.46, why: "what `npm run study made` reached on the same data" },
  published: [
    { what: "PixelCNN", nats: 81.3, source: "van den Oord et al., 2016" },
    {
      what: "PixelCNN, 15 blocks, binarised anew in each batch",
      nats: 81.45,
      source: "github.com/EugenHotaj/pytorch-generative, README",
    },
  ],
});
