import * as tf from "@tensorflow/tfjs";
import { compile, inLoop, type Random } from "../../engine/index.ts";
import type { LatentVariableModel } from "./latentVariableModel.ts";

export interface SamplingOptions {
  /** Samples drawn at once: bounds the memory. */
  batchSize?: number;
  /** Whether batches run as a compiled graph, by default yes: the same samples, sooner. */
  compiled?: boolean;
}

/**
 * `z ~ p(z), x ~ p(x|z)`: independent draws from p(x), in batches. [count, d]
 *
 * Each variable is drawn once those it depends on are known, its ancestors.
 */
export function ancestralSampling(
  model: LatentVariableModel,
  random: Random,
  count: number,
  { batchSize = 500, compiled = true }: SamplingOptions = {},
): tf.Tensor {
  for (const [name, value] of Object.entries({ count, batchSize })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(`ancestralSampling: ${name} must be a positive integer, but got ${value}; it counts samples.`);
  }
  const draw = (random: Random, batch: number) => {
    const z = model.prior.sample(random, batch); //     [batch, latent]
    return model.likelihood.given(z).sample(random); // [batch, d]
  };
  const step = compile(draw, { ...inLoop(compiled), name: "ancestralSampling" });
  try {
    return tf.tidy(() => {
      const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, i) =>
        step(random, Math.min(batchSize, count - i * batchSize)),
      );
      return tf.concat(batches);
    });
  } finally {
    step.dispose();
  }
}
