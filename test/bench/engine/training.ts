import * as tf from "@tensorflow/tfjs";
import { compile, type Random } from "../../../src/engine/index.ts";
import type { Arrays } from "./arrays.ts";
import type { Workload } from "./workloads.ts";

/** A workload that steps, and says the loss before the update; the first entry, where it is a matrix. */
export interface Training {
  /** A step whose noise is drawn from a stream. */
  step(random: Random): number;
  /** A step with the noise that came with the arrays. */
  stepWithGivenNoise(): number;
}

/** The workload in tfjs, from these arrays: compiled, or eager on the present backend. */
export function train(workload: Workload, arrays: Arrays, compiled: boolean): Training {
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const p = arrays.parameters.map(values => tf.variable(values));
  const masks = (workload.masks?.() ?? []).map(mask => mask.cast("float32"));
  const given = (x: tf.Tensor, noise?: tf.Tensor): tf.Tensor => {
    const loss = () => workload.loss(p, x, { masks, ...(noise && { noise }) });
    return workload.trained ? (optimizer.minimize(loss as () => tf.Scalar, true, p) as tf.Tensor) : loss();
  };
  const drawn = (x: tf.Tensor, random: Random): tf.Tensor => given(x, workload.noise && random.normal(workload.noise));
  const options = { ...(workload.trained && { optimizer }), otherwise: "throw" } as const;
  const [runGiven, runDrawn] = compiled ? [compile(given, options), compile(drawn, options)] : [given, drawn];
  const { batch, noise } = arrays;
  return {
    step: random => numberOf(() => runDrawn(batch, random)),
    stepWithGivenNoise: () => numberOf(() => (noise ? runGiven(batch, noise) : runGiven(batch))),
  };
}

function numberOf(loss: () => tf.Tensor): number {
  const value = tf.tidy(loss);
  const [number] = value.dataSync();
  value.dispose();
  return number as number;
}
