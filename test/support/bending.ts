import * as tf from "@tensorflow/tfjs";
import { Random } from "../../src/engine/index.ts";
import { AdditiveCoupling } from "../../src/generative/flows/index.ts";

/** z₂ = y₂ + c z₁² over rows (c, z₁, z₂): the smallest conditional flow, with a context c of one number. */
export const bending = new AdditiveCoupling(new Random(1), {
  mask: [1, 1, 0],
  network: () => ({
    parameters: {},
    apply: h => {
      const [c, first] = tf.split(h, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return [c.mul(first.square()).mul([0, 0, -1])];
    },
  }),
});
