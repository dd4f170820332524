import { createHash } from "node:crypto";
import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Parameters } from "../networks/index.ts";

/**
 * A hash of everything a run starts from: parameters, optimizer and its settings, random state, steps and the
 * text of batch and loss. Two runs with the same hash take the same path, so one may go on where the other stopped.
 */
export async function identifyRun(start: {
  parameters: Parameters;
  optimizer: tf.Optimizer;
  batch: ((...inputs: never[]) => unknown) | undefined;
  loss: (...inputs: never[]) => unknown;
  steps: number;
  random: Random;
}): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([start.steps, start.random.state, String(start.batch), String(start.loss)]));
  hash.update(JSON.stringify([start.optimizer.constructor.name, start.optimizer.getConfig()]));
  for (const [name, variable] of Object.entries(start.parameters)) {
    hash.update(JSON.stringify([name, variable.shape]));
    hash.update(new Uint8Array(Float32Array.from(await variable.data()).buffer));
  }
  return hash.digest("hex");
}
